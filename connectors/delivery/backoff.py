"""When to try again."""

from __future__ import annotations

from datetime import timedelta
from random import Random

STEPS_S = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0, 120.0)
JITTER = 0.2
# A provider that is away for a night still gets the replies; later they would confuse more than help.
GIVE_UP_AFTER = timedelta(hours=24)
LOOK_UP_FOR = timedelta(minutes=30)  # how long an unreadable record is asked again
# A message that the record lacks is sent anew, with these pauses, at least so often and at least so long: a provider that
# fails for some minutes gets it afterwards, one message that it never takes does not hold up those behind it for long.
RESENT_AT_LEAST = 3
RESENT_FOR = timedelta(minutes=10)


def pause(attempts: int, at_least: float | None, random: Random) -> timedelta:
    """Pause after so many attempts (from 1): the table's, or what the provider wants, plus jitter so that waiters spread."""
    step = STEPS_S[min(max(attempts, 1), len(STEPS_S)) - 1] if at_least is None else at_least
    return timedelta(seconds=step * (1 + JITTER * random.random()))

"""Zalo's limit per minute, kept before Zalo has to refuse: its answers say how many calls the account has left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from connectors.channels.zalo.codes import seconds_to_next_minute
from connectors.core.sending import SendError
from contracts.clock import Clock

RESERVE = 10  # every tenth call of a minute is kept for persons' words and safety texts
BLIND = 8  # calls on their way before the first answer has told the limit


@dataclass
class _Minute:
    """One account's calendar minute; ``limit`` and ``left`` are None until an answer told them (``answered``)."""

    start: datetime
    answered: bool = False
    limit: int | None = None
    left: int | None = None
    flying: int = 0


class CallLimit:
    """Counts the calls of this process; what other gateways of the same account use shows in the next answer."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._minutes: dict[str, _Minute] = {}

    def take(self, account: str, urgent: bool) -> datetime:
        """Takes one call; returns the minute that it counts to.

        Raises:
            SendError: none is left in this minute.
        """
        minute = self._minute(account)
        kept = 0 if urgent or minute.limit is None else minute.limit // RESERVE
        if minute.left is not None and minute.left <= kept:
            raise SendError("limit per minute", retry_after=seconds_to_next_minute(self._clock.real_now()))
        if not minute.answered and minute.flying >= BLIND:
            raise SendError("limit per minute not known yet", retry_after=1.0)
        minute.flying += 1
        if minute.left is not None:
            minute.left -= 1
        return minute.start

    def give_back(self, account: str, start: datetime, headers: Mapping[str, str]) -> None:
        """The call of that minute has ended; its answer's headers tell limit and rest."""
        minute = self._minute(account)
        if minute.start != start:
            return
        minute.flying = max(0, minute.flying - 1)
        minute.answered = minute.answered or bool(headers)
        limit, left = _number(headers.get("X-RateLimit-Limit")), _number(headers.get("X-RateLimit-Remain"))
        if limit is not None:
            minute.limit = limit
        if left is not None:
            # Zalo may not have counted those that are on their way.
            minute.left = max(0, left - minute.flying)

    def close(self, account: str) -> None:
        """Zalo refused: nothing more in this minute."""
        self._minute(account).left = 0

    def _minute(self, account: str) -> _Minute:
        start = self._clock.real_now().replace(second=0, microsecond=0)
        minute = self._minutes.get(account)
        if minute is None or minute.start != start:
            known, limit = (False, None) if minute is None else (minute.answered, minute.limit)
            minute = self._minutes[account] = _Minute(start=start, answered=known, limit=limit, left=limit)
        return minute


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdecimal() else None

"""The limit per minute is kept before Zalo has to refuse."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from connectors.channels.zalo.call_limit import BLIND, CallLimit
from connectors.core.sending import SendError
from contracts.clock import VIETNAM, Clock


class Watch(Clock):
    """A clock that the test moves."""

    at = datetime(2026, 1, 5, 8, 0, 20, tzinfo=VIETNAM)

    def real_now(self) -> datetime:
        return self.at


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    monkeypatch.setattr(Watch, "at", Watch.at)
    return Watch()


def _headers(left: int, limit: int = 100) -> dict[str, str]:
    return {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remain": str(left)}


def _calls(limit: CallLimit, urgent: bool = False, account: str = "oa") -> int:
    """How many calls it allows at once, at most 200."""
    for number in range(200):
        try:
            limit.take(account, urgent)
        except SendError:
            return number
    return 200


def test_it_allows_few_until_the_first_answer(watch: Watch) -> None:
    assert _calls(CallLimit(watch)) == BLIND


def test_it_allows_everything_when_answers_tell_no_limit(watch: Watch) -> None:
    limit = CallLimit(watch)
    limit.give_back("oa", limit.take("oa", False), {"Content-Type": "application/json"})

    assert _calls(limit) == 200


def test_it_counts_what_is_on_its_way(watch: Watch) -> None:
    limit = CallLimit(watch)
    first, _, _ = (limit.take("oa", False) for _ in range(3))
    limit.give_back("oa", first, _headers(left=15))

    assert _calls(limit) == 3  # 15 minus two on their way minus the reserve of ten


def test_it_keeps_a_tenth_for_persons_and_safety_texts(watch: Watch) -> None:
    limit = CallLimit(watch)
    limit.give_back("oa", limit.take("oa", False), _headers(left=12))

    assert (_calls(limit), _calls(limit, urgent=True)) == (2, 10)


def test_it_waits_for_the_next_minute_and_then_knows_the_limit(watch: Watch) -> None:
    limit = CallLimit(watch)
    limit.give_back("oa", limit.take("oa", False), _headers(left=0))
    with pytest.raises(SendError) as refused:
        limit.take("oa", True)
    assert refused.value.retry_after == 41.0

    Watch.at += timedelta(seconds=41)

    assert _calls(limit) == 90


def test_an_answer_of_the_minute_before_changes_nothing(watch: Watch) -> None:
    limit = CallLimit(watch)
    late = limit.take("oa", False)
    Watch.at += timedelta(minutes=1)
    limit.give_back("oa", late, _headers(left=0))

    assert _calls(limit) == BLIND


def test_a_refusal_closes_the_minute_of_that_account_alone(watch: Watch) -> None:
    limit = CallLimit(watch)
    limit.close("oa")

    assert (_calls(limit, urgent=True), _calls(limit, account="other")) == (0, BLIND)


def test_headers_that_are_no_numbers_are_passed_over(watch: Watch) -> None:
    limit = CallLimit(watch)
    limit.give_back("oa", limit.take("oa", False), {"X-RateLimit-Limit": "many", "X-RateLimit-Remain": "-1"})

    assert _calls(limit) == 200

"""Who may send how fast, and whose address it is."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request

from connectors.channels.web.sessions import CROWD, NOW_AND_THEN, WebPace, address_of
from connectors.core.pace import Pace

ADDRESS = "203.0.113.7"


class _Time:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _pace(per_minute: int = 10) -> tuple[WebPace, _Time]:
    time = _Time()
    return WebPace(Pace(per_minute, time), time), time


def test_an_address_that_is_used_hard_slows_the_fast_and_locks_out_nobody() -> None:
    pace, _ = _pace()
    for flooder in range(CROWD):
        assert all(pace.may_send(f"flood{flooder}", ADDRESS) for _ in range(10))

    fast = [pace.may_send("fast", ADDRESS) for _ in range(10)]
    now_and_then = [pace.may_send(f"neighbour{number}", ADDRESS) for number in range(50)]

    assert fast == [True] * NOW_AND_THEN + [False] * (10 - NOW_AND_THEN)
    assert all(now_and_then)
    assert all(pace.may_send("elsewhere", "203.0.113.8") for _ in range(10))


def test_new_sessions_of_such_an_address_wait_for_seconds_only() -> None:
    pace, time = _pace()
    opened = [pace.may_open(ADDRESS) for _ in range(10 * CROWD + 5)]
    assert opened.count(False) == 5

    time.now = 1.0

    assert pace.may_open(ADDRESS)


def test_who_has_no_address_is_judged_by_session_alone() -> None:
    pace, _ = _pace()

    assert all(pace.may_open("") for _ in range(1000))
    assert [pace.may_send("s", "") for _ in range(11)] == [True] * 10 + [False]


@pytest.mark.parametrize(
    ("told", "behind_proxy", "address"),
    [
        ("203.0.113.7", True, "203.0.113.7"),
        ("198.51.100.9, 203.0.113.7", True, "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", True, "2001:db8:1:2::/64"),
        ("::1", True, ""),
        ("", True, ""),
        ("unknown", True, ""),
        ("203.0.113.7", False, ""),
    ],
)
def test_it_believes_the_proxy_only_where_there_is_one(told: str, behind_proxy: bool, address: str) -> None:
    class _Transport:
        def get_extra_info(self, name: str, default: object = None) -> object:
            return ("127.0.0.1", 5) if name == "peername" else default

    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": told}, transport=_Transport())

    assert address_of(request, behind_proxy) == address

"""Who may be written to, and what it costs (sheet §3)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sandbox.api.envelope import ApiError
from sandbox.platform import Platform
from sandbox.residents import Resident

HOUR_MS = 3_600_000
FREE_MS = 48 * HOUR_MS
WINDOW_MS = 7 * 24 * HOUR_MS
WELCOME_MESSAGES = 3
MONTHLY_QUOTA = 500  # charged-window messages of the "Growth" package

type Quota = dict[str, str]


def check_window(platform: Platform, resident: Resident) -> None:
    """Whether a consultation message may go to the resident now.

    Raises:
        ApiError: -244 refused by the resident, -213 left and not come back, -232 never met, -230 silent for 7 days.
    """
    if resident.blocking:
        raise ApiError(-244, "User has restricted this message type")
    if resident.unfollowed_ms and resident.unfollowed_ms >= resident.last_interaction_ms:
        raise ApiError(-213, "User has not followed OA")
    if not resident.last_interaction_ms:
        raise ApiError(-232, "User has not interacted with OA")
    if platform.clock.now_ms() - resident.last_interaction_ms > WINDOW_MS:
        raise ApiError(-230, "User has not interacted with OA in the last 7 days")


def take_quota(platform: Platform, resident: Resident) -> Quota | None:
    """The quota object of the answer; none for a message that is charged singly.

    Raises:
        ApiError: -218 for the fourth message to somebody who followed and never wrote.
    """
    if not resident.has_chatted:
        used = platform.transcript.sent_with("welcome_msg", resident.user_id)
        if used >= WELCOME_MESSAGES:
            raise ApiError(-218, "User's receive quota is used up")
        return _quota("welcome_msg", WELCOME_MESSAGES - used - 1, WELCOME_MESSAGES)
    if platform.clock.now_ms() - resident.last_interaction_ms <= FREE_MS:
        return _quota("reply", 8, 8)  # unlimited since 2026-01-01, yet shown as 8 of 8
    month = platform.clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    used = platform.transcript.sent_with("sub_quota", since_ms=round(month.timestamp() * 1000))
    if used >= MONTHLY_QUOTA:
        return None
    return _quota("sub_quota", MONTHLY_QUOTA - used - 1, MONTHLY_QUOTA) | {"expired_date": _month_end(month)}


def _quota(kind: str, remain: int, total: int) -> Quota:
    numbers = {"quota_type": kind, "remain": str(remain), "total": str(total)}
    return numbers | {"expired_date": "", "owner_type": "", "owner_id": ""}


def _month_end(month: datetime) -> str:
    return ((month + timedelta(days=32)).replace(day=1) - timedelta(days=1)).strftime("%d/%m/%Y")

"""The daily clock: the bulletin is due at 17:00, with a reminder at 16:30, all on the content clock."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from wagtail.models import TaskState

from contracts.bulletin import bulletin_as_of
from contracts.clock import VIETNAM
from contracts.release import Release as ReleaseShape
from newsroom.content.models import Bulletin
from newsroom.pack.loader import REMARK
from newsroom.releases.in_force import in_force_now
from newsroom.releases.models import Release

DUE = time(17, 0)  # the province updates the situation every day after 17:00 (he_thong/chua_co_ban_tin says so)
REMINDER = time(16, 30)


class DayState(StrEnum):
    """Where today's bulletin stands."""

    OUT = "out"
    NOT_DUE = "not_due"
    REMINDER = "reminder"
    LATE = "late"


class Timing(StrEnum):
    """How a bulletin kept its hour; the value is what staff read."""

    NOT_OUT = "Chưa phát hành"
    ON_TIME = "Phát hành đúng hạn"
    LATE = "Phát hành sau 17:00"
    SEEDED = "Nạp sẵn từ gói nội dung"


def state_of_day(now: datetime) -> tuple[DayState, ReleaseShape | None]:
    """Where the bulletin of the day stands, and the last one that is in force. Figures of a day make its bulletin."""
    last = _last_in_force(now)
    local = now.astimezone(VIETNAM)
    if last is not None and bulletin_as_of(last.payload).date() >= local.date():
        return DayState.OUT, last
    if local.time() >= DUE:
        return DayState.LATE, last
    return (DayState.REMINDER if local.time() >= REMINDER else DayState.NOT_DUE), last


def timing_of(bulletin: Bulletin) -> Timing:
    """Whether a bulletin came out by 17:00 of its day; of one that came with a content pack nobody can say that."""
    first = Release.objects.filter(revision__in=bulletin.revisions).order_by("sequence").first()
    if first is None:
        return Timing.NOT_OUT
    if TaskState.objects.filter(revision_id=first.revision_id, comment=REMARK).exists():
        return Timing.SEEDED
    due = datetime.combine(_day(bulletin.as_of), DUE, VIETNAM)
    return Timing.LATE if first.approved_at > due else Timing.ON_TIME


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def _last_in_force(now: datetime) -> ReleaseShape | None:
    bulletins = [release for release in in_force_now(now) if release.kind == Bulletin.kind]
    return max(bulletins, key=lambda release: bulletin_as_of(release.payload), default=None)

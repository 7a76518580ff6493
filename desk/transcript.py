"""A conversation's rows as the operator reads them: who said what and when, by which release, what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from contracts.clock import VIETNAM
from contracts.keys import is_sensitive
from contracts.reply import vietnamese_date, vietnamese_time
from desk.delivery_words import delivery_text
from desk.enclosures import Enclosure, enclosures_of, is_fetching, told
from desk.reasons import closing_reason, priority_name, reason_name
from ledger.models import Author, DeliveryState, Entry, EntryKind, State

UNSETTLED = frozenset(DeliveryState) - {DeliveryState.SEEN, DeliveryState.FAILED, DeliveryState.CANCELLED}
_FAILED = frozenset({DeliveryState.FAILED, DeliveryState.UNCERTAIN})


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row. ``kind`` is its author, or ``state``; ``facts`` stand small below an answer of the assistant."""

    id: int
    kind: str
    who: str
    at: datetime
    at_text: str
    text: str
    image: str = ""
    enclosures: list[Enclosure] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    delivery: str = ""
    failed: bool = False
    unsettled: bool = False
    erased: bool = False
    urgent: bool = False


def lines_of(entries: list[Entry], today: date) -> list[Line]:
    """Lines of a transcript; times of ``today`` are told without the date."""
    return [_line(entry, today) for entry in entries]


def time_text(moment: datetime, today: date) -> str:
    """``14:05``, on other days ``14:05 ngày 12/08/2021``."""
    local = moment.astimezone(VIETNAM)
    return f"{local:%H:%M}" if local.date() == today else vietnamese_time(moment)


def _line(entry: Entry, today: date) -> Line:
    if entry.kind == EntryKind.STATE:
        return Line(
            id=entry.pk,
            kind="state",
            who="",
            at=entry.at,
            at_text=time_text(entry.at, today),
            text=_change(entry),
        )
    delivery = getattr(entry, "delivery", None)
    state = DeliveryState(delivery.state) if delivery is not None else None
    answer = str(entry.meta.get("answer") or "")
    return Line(
        id=entry.pk,
        kind=entry.author,
        who=_who(entry),
        at=entry.at,
        at_text=time_text(entry.at, today),
        text=_words(entry),
        image=entry.image if entry.image.startswith("http") else "",
        enclosures=enclosures_of(entry),
        buttons=[str(button.get("title", "")) for button in entry.buttons],
        facts=_facts(entry),
        delivery="" if delivery is None else delivery_text(delivery),
        failed=state in _FAILED,
        unsettled=state in UNSETTLED or is_fetching(entry),
        erased=entry.erased_at is not None,
        urgent=is_sensitive(answer),
    )


def _who(entry: Entry) -> str:
    if entry.author == Author.OPERATOR and entry.actor:
        return entry.actor
    return str(Author(entry.author).label)


def _words(entry: Entry) -> str:
    if entry.erased_at is not None:
        return f"Đã xóa lúc {vietnamese_time(entry.erased_at)}."
    location = entry.meta.get("location") if entry.author == Author.RESIDENT else None
    if location:
        return f"Vị trí đã chia sẻ: {location['lat']:.5f}, {location['lng']:.5f}"
    return "\n".join(filter(None, (told(entry), entry.text)))


def _facts(entry: Entry) -> list[str]:
    """Release, source and certainty of an answer; what was erased keeps the release's id only."""
    if entry.author not in (Author.BOT, Author.SYSTEM):
        return []
    meta, facts = entry.meta, []
    if meta.get("answer"):
        facts.append(f"Câu trả lời: {meta['answer']}")
    release = meta.get("release") or {}
    if entry.release:
        facts.append(f"Bản phát hành: {entry.release[:12]}")
    if release.get("source"):
        facts.append(_source(release["source"]))
    if release.get("approved_at"):
        facts.append(f"Phê duyệt: {vietnamese_time(datetime.fromisoformat(release['approved_at']))}")
    if meta.get("asked_back"):
        facts.append("Trợ lý hỏi lại")
    if isinstance(meta.get("confidence"), int | float) and meta["confidence"] > 0:
        facts.append(f"Độ tin cậy: {round(meta['confidence'] * 100)} %")
    return facts


def _source(source: dict[str, Any]) -> str:
    day = vietnamese_date(date.fromisoformat(source["date"]))
    return f"Nguồn: {source['number'] or source['title']}, {source['issuer']}, ngày {day}"


def _change(entry: Entry) -> str:
    """A change of state as a sentence; an erased one says only that it was."""
    meta, actor = entry.meta, entry.actor
    before, after = meta.get("before"), meta.get("state")
    if after == State.HUMAN and before != State.HUMAN:
        return f"{actor} nhận cuộc này."
    if after == State.WAITING and before == State.HUMAN:
        return f"{actor} trả về hàng chờ." if actor else "Cán bộ trực im lặng quá lâu, cuộc này trở về hàng chờ."
    if after == State.BOT and meta.get("outcome") == "closed":
        because = meta.get("because")
        return f"{actor} đóng cuộc này." + (f" Chưa trả lời: {closing_reason(because)}." if because else "")
    if after == State.BOT:
        return f"{actor} trả lại cho trợ lý." if actor else "Người dân quay lại với trợ lý."
    if after in (State.WAITING, State.HUMAN):
        verb = "Mức khẩn tăng" if before == after else "Chuyển tới người trực"
        return f"{verb}: {reason_name(str(meta.get('reason', '')))}. Mức: {priority_name(meta.get('priority'))}."
    return "Đổi trạng thái (chi tiết đã xóa)."

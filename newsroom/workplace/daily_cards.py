"""Cards about the day: the bulletin of 17:00, conversations that wait, unanswered questions, the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import DatabaseError
from django.urls import reverse

from contracts.bulletin import bulletin_as_of
from contracts.reply import vietnamese_time
from ledger.models import Conversation, Effect, Entry, State
from newsroom.accounts.models import User
from newsroom.bulletins.day import DayState, state_of_day
from newsroom.clock import clock, content_now
from newsroom.content.models import FaqAnswer
from newsroom.training.jobs import running
from newsroom.training.models import ExampleChange, ModelActivation, TrainingJob
from newsroom.workplace.cards import MOST_LINES, Card, Line, Tone

DAY = {
    DayState.OUT: (Tone.QUIET, "Đã phát hành bản tin hôm nay."),
    DayState.NOT_DUE: (Tone.QUIET, "Chưa có bản tin hôm nay. Hạn 17:00."),
    DayState.REMINDER: (Tone.WAITS, "Chưa có bản tin hôm nay. Hạn 17:00, còn dưới 30 phút."),
    DayState.LATE: (Tone.LATE, "Đã trễ: chưa có bản tin hôm nay."),
}
UNANSWERED_WITHIN = timedelta(days=7)
SMALL_TALK = "tro_chuyen/"
UNREADABLE = "Chưa đọc được dữ liệu hội thoại. Hãy báo người quản trị máy chủ."


def bulletin(user: User) -> Card:
    """Whether today's bulletin is out, by the content clock."""
    state, last = state_of_day(content_now())
    tone, summary = DAY[state]
    lines = () if last is None else (_bulletin_line(last.payload),)
    return Card(
        name="ban-tin",
        title="Bản tin 17 giờ",
        summary=summary,
        tone=tone,
        lines=lines,
        url=reverse("bulletins:day"),
        link="Trang bản tin",
    )


def desk(user: User) -> Card:
    """How many residents wait for a person."""
    try:
        waiting = Conversation.objects.filter(state=State.WAITING).count()
    except DatabaseError:
        return Card(name="ban-truc", title="Bàn trực", summary=UNREADABLE, tone=Tone.LATE)
    return Card(
        name="ban-truc",
        title="Bàn trực",
        summary=f"{waiting} người dân đang chờ cán bộ" if waiting else "Không có ai đang chờ.",
        tone=Tone.WAITS if waiting else Tone.QUIET,
        url=reverse("desk:queue"),
        link="Mở bàn trực",
    )


def unanswered(user: User) -> Card:
    """Questions of the last week that no approved answer fits, by the nearest topic.

    Topics and counts only: what residents wrote may name people, and is read at the desk alone.
    """
    title = "Câu hỏi chưa trả lời được"
    try:
        topics = _unanswered_topics()
    except DatabaseError:
        return Card(name="chua-tra-loi", title=title, summary=UNREADABLE, tone=Tone.LATE)
    titles = dict(FaqAnswer.objects.filter(key__in=topics).values_list("key", "title"))
    lines = [
        Line(text=titles.get(key) or key or "Không rõ chủ đề", note=f"{count} lần")
        for key, count in topics.most_common(MOST_LINES)
    ]
    total = topics.total()
    return Card(
        name="chua-tra-loi",
        title=title,
        summary=f"{total} câu trong 7 ngày, theo chủ đề gần nhất" if total else "Không có câu nào trong 7 ngày.",
        tone=Tone.WAITS if total else Tone.QUIET,
        lines=tuple(lines),
    )


def training(user: User) -> Card:
    """Which model answers, how well it understands, and what becomes of the next one."""
    last = ModelActivation.objects.select_related("archive", "approved_by").order_by("-pk").first()
    job = running()
    queued = TrainingJob.objects.filter(state=TrainingJob.State.QUEUED).count()
    refused = ExampleChange.objects.filter(state=ExampleChange.State.REFUSED).count()
    lines = [] if last is None else [_model_line(last)]
    if queued:
        lines.append(Line(text=f"{queued} lần huấn luyện đang chờ"))
    if refused:
        lines.append(Line(text=f"{refused} thay đổi không qua cổng kiểm tra"))
    summary = (
        f"Đang huấn luyện: {job.get_purpose_display()}" if job is not None else "Không có lần huấn luyện nào đang chạy."
    )
    return Card(
        name="huan-luyen",
        title="Huấn luyện",
        summary="Chưa có mô hình nào." if last is None and job is None else summary,
        tone=Tone.LATE if last is None else Tone.WAITS if job or queued or refused else Tone.QUIET,
        lines=tuple(lines),
        url=reverse("training:overview"),
        link="Trang huấn luyện",
    )


def _bulletin_line(payload: Mapping[str, Any]) -> Line:
    figures = vietnamese_time(bulletin_as_of(payload))
    return Line(text=f"Bản gần nhất: {payload['number']}", note=f"số liệu đến {figures}")


def _unanswered_topics() -> Counter[str]:
    """Nearest key → how often, "" when none was near; the reply's metadata holds what the engine thought of."""
    since = clock().real_now() - UNANSWERED_WITHIN
    asked = list(Effect.objects.filter(kind="unanswered", at__gte=since).values_list("entry_id", flat=True))
    topics: dict[int | None, str] = dict.fromkeys(asked, "")
    for entry_id, meta in Entry.objects.filter(reply_to__in=asked).order_by("-pk").values_list("reply_to", "meta"):
        topics[entry_id] = _nearest(meta) or topics[entry_id]
    return Counter(topics.values())


def _nearest(meta: dict[str, Any]) -> str:
    keys = [candidate["answer"] for candidate in meta.get("candidates", ())]
    return next((key for key in keys if not key.startswith(SMALL_TALK)), "")


def _model_line(activation: ModelActivation) -> Line:
    total = activation.archive.report.get("total")
    known = f"Hiểu đúng {total:.0%} câu kiểm tra. " if isinstance(total, float) else ""
    since = vietnamese_time(activation.approved_at + clock().offset)
    return Line(text=f"Mô hình {activation.archive}", note=f"{known}{activation.approved_by}, từ {since}")

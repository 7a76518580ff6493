"""Remarks on the document that content cites; they forbid nothing."""

from __future__ import annotations

from contracts.release import Source
from contracts.reply import vietnamese_date
from newsroom.clock import content_now

NOT_YET = "Văn bản nguồn ghi ngày ban hành {date}, sau hôm nay ({today}). Hãy kiểm tra lại ngày của văn bản."


def source_notes(source: Source | None) -> list[str]:
    """Vietnamese sentences for the author and the approver: a document of tomorrow is a mistyped date, as a rule."""
    today = content_now().date()
    if source is None or source.date <= today:
        return []
    return [NOT_YET.format(date=vietnamese_date(source.date), today=vietnamese_date(today))]

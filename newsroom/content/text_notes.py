"""Remarks on an answer's text that forbid nothing: ideas that it lacks, what Zalo makes of it."""

from __future__ import annotations

from contracts.reply import answer_of
from contracts.split import LIMIT, split_text
from newsroom.content.faces import LONGEST_SHOWN, presentable, zalo_message
from newsroom.content.ideas import ideas_lacking
from newsroom.releases.issue import ReleaseDraft


def text_notes(draft: ReleaseDraft) -> list[str]:
    """Vietnamese sentences for the author and the approver."""
    text = str(draft.payload["text"])
    if not text:
        return []
    if len(text) > LONGEST_SHOWN:
        return [f"Văn bản quá dài. Phần xem trước chỉ dùng {LONGEST_SHOWN:,} ký tự đầu.".replace(",", ".")]
    return [*_idea_notes(draft.key, text), *_zalo_notes(draft)]


def _idea_notes(key: str, text: str) -> list[str]:
    found = []
    for words in ideas_lacking(key, text):
        either = " hoặc ".join(f"“{word}”" for word in words)
        found.append(f"Câu trả lời chưa có ý {either}, là ý bắt buộc của khóa {key}.")
    return found


def _zalo_notes(draft: ReleaseDraft) -> list[str]:
    shown = presentable(draft)
    answer, layout = answer_of(shown), zalo_message(shown)
    notes, pieces = [], len(split_text(answer.text))
    if pieces > 1:
        notes.append(f"Cùng dòng nguồn, tin dài hơn {LIMIT} ký tự: Zalo sẽ gửi thành {pieces} tin.")
    if layout.listed:
        notes.append("Trên Zalo, các nút này thành danh sách chữ vì quá nhiều nút hoặc chữ trên nút quá dài.")
    return notes

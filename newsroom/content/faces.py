"""A text as residents meet it: in Zalo, in the chat window, from the commune's loudspeaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from contracts.release import Source
from contracts.reply import release_buttons, vietnamese_date, vietnamese_time, with_source
from contracts.turn import Button
from contracts.zalo_layout import Layout, Shown, zalo_layout
from newsroom.bulletins.forms.announcement import announcement
from newsroom.content.wording import MAX_BUTTONS, button_problems
from newsroom.releases.issue import ReleaseDraft

LONGEST_SHOWN = 20_000  # characters; whatever is pasted, a look at it stays quick


class Face(StrEnum):
    """Where a text is met; the value names the preview's mode."""

    ZALO = "zalo"
    CHAT = "tro-chuyen"
    LOUDSPEAKER = "loa"


NAMES = {Face.ZALO: "Tin nhắn Zalo", Face.CHAT: "Khung trò chuyện", Face.LOUDSPEAKER: "Loa phát thanh"}
ALL = ("", "Tất cả các dạng")


@dataclass(frozen=True, kw_only=True)
class Card:
    """A message in the chat window. ``provenance``: what unfolds under it, (name, value)."""

    text: str
    buttons: tuple[Button, ...]
    provenance: tuple[tuple[str, str], ...]


def preview_modes(faces: Sequence[Face]) -> list[tuple[str, str]]:
    """Choices of the preview panel: all faces together, then each alone."""
    return [ALL, *((face.value, NAMES[face]) for face in faces)]


def faces_of(draft: ReleaseDraft, faces: Sequence[Face], mode: str) -> dict[str, Any]:
    """Face → what to draw, of the faces that a mode shows."""
    if not faces:
        return {}
    shown = presentable(draft)
    makers = {Face.ZALO: zalo_message, Face.CHAT: chat_card, Face.LOUDSPEAKER: loudspeaker_script}
    return {face.name.lower(): makers[face](shown) for face in faces if mode in {"", face.value}}


def zalo_message(draft: ReleaseDraft) -> Layout:
    """What Zalo would get, one text a message."""
    text = with_source(str(draft.payload["text"]), draft)
    return zalo_layout(text, [_as_sent(button) for button in release_buttons(draft)], max_buttons=MAX_BUTTONS)


def chat_card(draft: ReleaseDraft) -> Card:
    """The message of the chat window; the approval's time is not known yet."""
    rows = _document(draft.source)
    rows.append(("Đã duyệt lúc", "(khi được phê duyệt)"))
    if draft.valid_to is not None:
        rows.append(("Có giá trị đến trước", vietnamese_time(draft.valid_to)))
    return Card(
        text=with_source(str(draft.payload["text"]), draft),
        buttons=release_buttons(draft),
        provenance=tuple(row for row in rows if row[1]),
    )


def loudspeaker_script(draft: ReleaseDraft) -> str:
    """The question, the answer twice, whose word it is; buttons cannot be heard."""
    title, text = str(draft.payload["title"]), str(draft.payload["text"])
    source = draft.source
    cited = f"Theo {source.issuer}, ngày {vietnamese_date(source.date)}." if source else ""
    return announcement((title, text), (text,), cited)


def presentable(draft: ReleaseDraft) -> ReleaseDraft:
    """Without what makes no message yet: the tail of a monstrous paste, buttons that lead nowhere."""
    buttons = [button for button in draft.payload.get("buttons", ()) if not button_problems([button])]
    return replace(
        draft, payload={**draft.payload, "text": str(draft.payload["text"])[:LONGEST_SHOWN], "buttons": buttons}
    )


def _as_sent(button: Button) -> Shown:
    if button.payload is not None:
        return {"title": button.title, "payload": button.payload.answer}
    return {"title": button.title, **({"url": button.url} if button.url else {"phone": button.phone})}


def _document(source: Source | None) -> list[tuple[str, str]]:
    if source is None:
        return []
    document = " – ".join(part for part in (source.number, source.title) if part)
    return [("Văn bản", document), ("Cơ quan", source.issuer), ("Ngày ban hành", vietnamese_date(source.date))]

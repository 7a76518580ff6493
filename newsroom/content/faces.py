"""A text as residents meet it: in Zalo, in the chat window, from the commune's loudspeaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from contracts.release import Source
from contracts.reply import answer_of, vietnamese_date, vietnamese_time
from contracts.turn import Button
from contracts.zalo_layout import MOST_BUTTONS, Layout, Shown, zalo_layout
from newsroom.bulletins.forms.announcement import announcement
from newsroom.content.wording import button_problems
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
    """What Zalo would get, one text a message; a picture stands over the first."""
    answer = answer_of(draft)
    buttons = [_as_sent(button) for button in answer.buttons]
    return zalo_layout(answer.text, buttons, max_buttons=MOST_BUTTONS, picture=answer.picture is not None)


def chat_card(draft: ReleaseDraft) -> Card:
    """The message of the chat window; the approval's time is not known yet."""
    answer = answer_of(draft)
    rows = _document(draft.source)
    rows.append(("Đã duyệt lúc", "(khi được phê duyệt)"))
    if draft.valid_to is not None:
        rows.append(("Có giá trị đến trước", vietnamese_time(draft.valid_to)))
    return Card(
        text=answer.text,
        buttons=answer.buttons,
        provenance=tuple(row for row in rows if row[1]),
    )


def loudspeaker_script(draft: ReleaseDraft) -> str:
    """The question, the answer twice, whose word it is; buttons and pictures cannot be heard."""
    title, text = str(draft.payload["title"]), str(draft.payload["text"])
    source = draft.source
    cited = f"Theo {source.issuer}, ngày {vietnamese_date(source.date)}." if source else ""
    return announcement((title, text), (text,), cited)


def presentable(draft: ReleaseDraft) -> ReleaseDraft:
    """Without what makes no message yet: the tail of a monstrous paste, buttons, videos and files that lead nowhere."""
    payload = dict(draft.payload)
    payload["text"] = str(payload["text"])[:LONGEST_SHOWN]
    payload["buttons"] = [button for button in payload.get("buttons", ()) if not button_problems([button])]
    if not _leads_somewhere(payload.get("video", {})):
        payload.pop("video", None)
    payload["attachments"] = [
        file for file in payload.get("attachments", ()) if file["title"] and _leads_somewhere(file)
    ]
    return replace(draft, payload=payload)


def _leads_somewhere(link: Mapping[str, str]) -> bool:
    return link.get("url", "").startswith("https://")


def _as_sent(button: Button) -> Shown:
    if button.payload is not None:
        return {"title": button.title, "payload": button.payload.answer}
    return {"title": button.title, **({"url": button.url} if button.url else {"phone": button.phone})}


def _document(source: Source | None) -> list[tuple[str, str]]:
    if source is None:
        return []
    document = " – ".join(part for part in (source.number, source.title) if part)
    return [("Văn bản", document), ("Cơ quan", source.issuer), ("Ngày ban hành", vietnamese_date(source.date))]

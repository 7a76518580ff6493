"""What a message holds beside words: files to look at, a contact card, a filled-in form."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from contracts.media import PICTURES as RELEASED
from ledger.media import PICTURES
from ledger.models import Entry, FileState, SentFile

_KINDS = {
    "image": "Ảnh",
    "video": "Video",
    "voice": "Tin thoại",
    "file": "Tệp",
    "sticker": "Nhãn dán",
    "card": "Danh thiếp",
}
_REASONS = {
    "host": "địa chỉ của tệp không thuộc Zalo",
    "redirects": "địa chỉ của tệp chuyển hướng quá nhiều lần",
    "size": "tệp quá lớn",
    "type": "loại tệp không được nhận; chỉ nhận ảnh, âm thanh, video và PDF",
    "gone": "Zalo không còn giữ tệp này",
    "unreachable": "không tải được từ Zalo",
    "disk": "máy chủ không ghi được tệp",
}
_CONTACT = {"name": "Họ tên", "phone": "Điện thoại", "address": "Địa chỉ", "born": "Ngày sinh", "gender": "Giới tính"}


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """A file. ``address`` is the desk's own, empty while or because there is nothing to see; ``note`` then says why."""

    label: str
    address: str = ""
    is_picture: bool = False
    note: str = ""


def enclosures_of(entry: Entry) -> list[Enclosure]:
    """Files of a message, those of erased ones left out."""
    if entry.erased_at is not None:
        return []
    found = [_sent(entry, file) for file in entry.files.all()]
    name = entry.image.rsplit("/", 1)[-1]
    if entry.image.startswith(RELEASED):
        address = reverse("content:picture", args=[name])
        found.append(Enclosure(label=str(entry.meta.get("image_text") or "Hình"), address=address, is_picture=True))
    elif entry.image.startswith("/"):
        found.append(Enclosure(label="Ảnh", address=_address(entry, name), is_picture=True))
    return found


def is_fetching(entry: Entry) -> bool:
    """Whether a file is still on its way."""
    return any(file.state == FileState.WAITING for file in entry.files.all())


def told(entry: Entry) -> str:
    """A form or a card in words, or the kind of a message that has none; empty for any other message."""
    contact = entry.meta.get("contact")
    if isinstance(contact, dict):
        lines = [f"{label}: {contact[name]}" for name, label in _CONTACT.items() if contact.get(name)]
        title = "Danh thiếp được gửi:" if "media" in entry.meta else "Người dân gửi thông tin liên hệ:"
        return "\n".join([title, *(lines or ["(trống)"])])
    kind = _KINDS.get(str(entry.meta.get("media") or ""))
    return f"({kind})" if kind and not entry.text else ""


def _sent(entry: Entry, file: SentFile) -> Enclosure:
    label = f"{_KINDS.get(file.kind, 'Tệp')} {file.name}".strip()
    if file.state == FileState.KEPT:
        is_picture = file.stored.rpartition(".")[2] in PICTURES
        return Enclosure(label=label, address=_address(entry, file.stored), is_picture=is_picture)
    if file.state == FileState.WAITING:
        return Enclosure(label=label, note="đang tải về")
    return Enclosure(label=label, note=_REASONS.get(file.reason, "không tải về được"))


def _address(entry: Entry, stored: str) -> str:
    return reverse("desk:file", args=[entry.conversation_id, stored])

"""What a resident does on the phone: each act changes the phone and is reported by the events that Zalo would send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.media import Media
from sandbox.platform import Platform
from sandbox.residents import Resident
from sandbox.transcript import Message, NewMessage
from sandbox.webhooks import events

MAX_TYPED = 20_000
STICKERS = ("cuoi", "buon", "cam-on", "khau-trang", "trai-tim", "dong-y")
FOLLOW_SOURCES = ("oa_profile", "message_invite", "social_plugin")
QUERY_SHOW, QUERY_HIDE = "oa.query.show", "oa.query.hide"


class PhoneError(Exception):
    """Something that cannot be done on this phone now; the text says what to do, in Vietnamese."""


@dataclass(frozen=True, kw_only=True)
class Phone:
    """One resident's hands. ``origin`` is the address under which media can be loaded."""

    platform: Platform
    resident: Resident
    origin: str

    def send_text(self, text: str, quote_message_id: str = "") -> Message:
        """Types and sends; the text goes out as typed."""
        if not text.strip() or len(text) > MAX_TYPED:
            raise PhoneError(f"Tin nhắn phải có từ 1 đến {MAX_TYPED} ký tự.")
        if quote_message_id and self.platform.transcript.find(self.resident.user_id, quote_message_id) is None:
            raise PhoneError("Tin được trích dẫn không có trong cuộc trò chuyện này.")
        return self._send("text", text, quote_message_id=quote_message_id)

    def send_media(self, kind: str, media_id: str, text: str = "") -> Message:
        """Sends a picture (with an optional caption), a voice message or a file that was put on the shelf."""
        media = self.platform.media.find(media_id)
        if media is None or media.purpose != "phone":
            raise PhoneError("Chưa có tệp này. Hãy tải tệp lên trước (POST /sandbox/media).")
        if kind == "image" and not media.content_type.startswith("image/"):
            raise PhoneError("Tệp này không phải là ảnh.")
        detail = {"media_id": media.media_id, "name": media.name, "size": len(media.content)}
        return self._send(kind, text, detail, self._attachment(kind, media))

    def send_location(self, latitude: str, longitude: str) -> Message:
        """Shares a place; coordinates travel as text."""
        detail = {"latitude": latitude, "longitude": longitude}
        return self._send("location", "", detail, events.location(latitude, longitude))

    def send_sticker(self, sticker_id: str) -> Message:
        """Sends one of the sandbox's stickers."""
        if sticker_id not in STICKERS:
            raise PhoneError(f"Không có nhãn dán này. Có: {', '.join(STICKERS)}.")
        url = f"{self.origin}/page/stickers/{sticker_id}.svg"
        return self._send("sticker", "", {"sticker_id": sticker_id}, events.sticker(url, sticker_id))

    def tap(self, message_id: str, index: int) -> Message | dict[str, Any]:
        """Taps a button, of any age. Query buttons send their payload as text (sheet §1.9), others only open something."""
        message = self.platform.transcript.find(self.resident.user_id, message_id)
        buttons = message.detail.get("buttons", []) if message else []
        if not 0 <= index < len(buttons):
            raise PhoneError("Tin nhắn này không có nút bấm đó.")
        button = buttons[index]
        if button["type"] not in (QUERY_SHOW, QUERY_HIDE):
            return {"opens": button["payload"], "type": button["type"]}
        return self._send("text", button["payload"], hidden=button["type"] == QUERY_HIDE)

    def follow(self, source: str = "oa_profile") -> None:
        """Presses "Quan tâm"."""
        if self.resident.following:
            raise PhoneError("Người này đã quan tâm rồi.")
        if source not in FOLLOW_SOURCES:
            raise PhoneError(f"Nguồn quan tâm phải là một trong: {', '.join(FOLLOW_SOURCES)}.")
        self.platform.residents.follow(self.resident.user_id)
        self._emit(self.platform.events.follow(self.resident, source, self._now()))

    def unfollow(self, source: str = "oa_profile") -> None:
        """Presses "Bỏ quan tâm"."""
        if not self.resident.following:
            raise PhoneError("Người này chưa quan tâm.")
        self.platform.residents.unfollow(self.resident.user_id)
        self._emit(self.platform.events.unfollow(self.resident, source, self._now()))

    def chat_now(self) -> None:
        """Presses "Nhắn tin"; only the first contact is reported (sheet §1.6)."""
        if self.resident.has_chatted:
            raise PhoneError("Người này đã trò chuyện rồi, Zalo không gửi sự kiện này nữa.")
        self.platform.residents.chatted(self.resident.user_id)
        self._emit(self.platform.events.chat_now(self.resident, self._now()))

    def submit_info(self, info: dict[str, Any]) -> None:
        """Fills in the form of a ``request_user_info`` message."""
        self.platform.residents.share_info(self.resident.user_id, info)
        self._emit(self.platform.events.submit_info(self.resident, info, self._now()))

    def withdraw(self) -> None:
        """Asks for the deletion of personal data."""
        self._emit(self.platform.events.withdraw(self.resident, self._now()))

    def see(self) -> list[Message]:
        """Looks at the chat: one receipt for all messages not seen before."""
        seen = [
            message for message in self.platform.transcript.mark_seen(self.resident.user_id) if message.author == "oa"
        ]
        if seen:
            self._emit(self.platform.events.seen(self.resident, seen, self._now()))
        return seen

    def go_online(self) -> None:
        """The phone finds its network again: a receipt for each message that waited."""
        self.platform.residents.set_online(self.resident.user_id, True)
        for message in self.platform.transcript.mark_received(self.resident.user_id):
            if message.author == "oa":
                self._emit(self.platform.events.received(self.resident, message, self._now()))

    def _send(
        self,
        kind: str,
        text: str,
        detail: dict[str, Any] | None = None,
        attachment: events.Event | None = None,
        quote_message_id: str = "",
        hidden: bool = False,
    ) -> Message:
        new = NewMessage(
            user_id=self.resident.user_id,
            author="resident",
            kind=kind,
            text=text,
            detail=detail or {},
            quote_message_id=quote_message_id,
            hidden=hidden,
        )
        message = self.platform.transcript.append(new)
        self.platform.residents.chatted(self.resident.user_id)
        self._emit(self.platform.events.from_resident(self.resident, message, attachment))
        return message

    def _attachment(self, kind: str, media: Media) -> events.Event:
        url = f"{self.origin}/cdn/{media.media_id}"
        if kind == "image":
            return events.picture(url)
        return events.audio(url) if kind == "audio" else events.file(url, media)

    def _emit(self, event: events.Event) -> None:
        self.platform.webhooks.emit(self.resident.user_id, event)

    def _now(self) -> int:
        return self.platform.clock.now_ms()

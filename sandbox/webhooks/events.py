"""The events' shapes (sheet §1.5–1.8). All ids and timestamps are text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sandbox.media import Media
from sandbox.residents import Resident
from sandbox.transcript import Message

type Event = dict[str, Any]

USER_EVENTS = {
    "text": "user_send_text",
    "image": "user_send_image",
    "location": "user_send_location",
    "sticker": "user_send_sticker",
    "file": "user_send_file",
    "audio": "user_send_audio",
}
ECHO_EVENTS = {
    "text": "oa_send_text",
    "image": "oa_send_image",
    "gif": "oa_send_gif",
    "sticker": "oa_send_sticker",
    "file": "oa_send_file",
    "request_user_info": "oa_send_list",
}


@dataclass(frozen=True)
class Events:
    """Builds events of one app and one Official Account."""

    app_id: str
    oa_id: str

    def from_resident(self, resident: Resident, message: Message, attachment: Event | None) -> Event:
        """``user_send_*``: a resident's message; text and attachment only where there is one."""
        content: Event = {"msg_id": message.message_id}
        if message.text:
            content["text"] = message.text
        if message.quote_message_id:
            content["quote_msg_id"] = message.quote_message_id
        if attachment:
            content["attachments"] = [attachment]
        parties = {"sender": {"id": resident.user_id}, "recipient": {"id": self.oa_id}}
        return self._event(USER_EVENTS[message.kind], message.at_ms, **parties, **_by_app(resident), message=content)

    def echo(self, resident: Resident, message: Message) -> Event:
        """``oa_send_*``: every message of the Official Account; ``admin_id`` only when a person wrote it."""
        sender = {"id": self.oa_id}
        if admin_id := message.detail.get("admin_id"):
            sender["admin_id"] = admin_id
        content: Event = {"msg_id": message.message_id}
        if message.text:
            content["text"] = message.text
        if message.detail.get("buttons") or message.kind == "request_user_info":
            content["attachments"] = [{"type": "template", "payload": _template(message)}]
        parties = {"sender": sender, "recipient": {"id": resident.user_id}}
        return self._event(ECHO_EVENTS[message.kind], message.at_ms, **parties, **_by_app(resident), message=content)

    def received(self, resident: Resident, message: Message, at_ms: int) -> Event:
        """A receipt has the Official Account as sender, the resident as recipient (sheet §1.5)."""
        return self._receipt("user_received_message", resident, {"msg_id": message.message_id}, at_ms)

    def seen(self, resident: Resident, messages: list[Message], at_ms: int) -> Event:
        """One receipt for all that was seen, with an array of ids."""
        seen = {"msg_ids": [message.message_id for message in messages]}
        return self._receipt("user_seen_message", resident, seen, at_ms)

    def follow(self, resident: Resident, source: str, at_ms: int) -> Event:
        """``source`` is oa_profile, message_invite or social_plugin."""
        return self._about("follow", resident, at_ms, follower={"id": resident.user_id}, source=source)

    def unfollow(self, resident: Resident, source: str, at_ms: int) -> Event:
        """The resident left."""
        return self._about("unfollow", resident, at_ms, follower={"id": resident.user_id}, source=source)

    def chat_now(self, resident: Resident, at_ms: int) -> Event:
        """The resident pressed "Nhắn tin" for the first time."""
        return self._about("user_click_chatnow", resident, at_ms, user_id=resident.user_id)

    def withdraw(self, resident: Resident, at_ms: int) -> Event:
        """The resident wants their data deleted."""
        return self._about("user_withdraw", resident, at_ms, user_id=resident.user_id)

    def submit_info(self, resident: Resident, info: Event, at_ms: int) -> Event:
        """Answer to a form; it has no message id."""
        parties = {"sender": {"id": resident.user_id}, "recipient": {"id": self.oa_id}}
        return self._event("user_submit_info", at_ms, **parties, info=info)

    def _receipt(self, name: str, resident: Resident, content: Event, at_ms: int) -> Event:
        parties = {"sender": {"id": self.oa_id}, "recipient": {"id": resident.user_id}}
        return self._event(name, at_ms, **parties, message=content)

    def _about(self, name: str, resident: Resident, at_ms: int, **rest: Any) -> Event:
        return self._event(name, at_ms, oa_id=self.oa_id, **_by_app(resident), **rest)

    def _event(self, name: str, at_ms: int, **rest: Any) -> Event:
        return {"app_id": self.app_id, "event_name": name, **rest, "timestamp": str(at_ms)}


def picture(url: str) -> Event:
    """Attachment of a picture; the thumbnail is the picture itself."""
    return {"type": "image", "payload": {"url": url, "thumbnail": url}}


def audio(url: str) -> Event:
    """Attachment of a voice message."""
    return {"type": "audio", "payload": {"url": url}}


def file(url: str, media: Media) -> Event:
    """Attachment of a file; size as text, checksum MD5 as Zalo has it."""
    checksum = hashlib.md5(media.content, usedforsecurity=False).hexdigest()
    extension = media.name.rpartition(".")[2].lower()
    described = {"name": media.name, "size": str(len(media.content)), "checksum": checksum, "type": extension}
    return {"type": "file", "payload": {"url": url, **described}}


def sticker(url: str, sticker_id: str) -> Event:
    """Attachment of a sticker."""
    return {"type": "sticker", "payload": {"url": url, "id": sticker_id}}


def location(latitude: str, longitude: str) -> Event:
    """Attachment of a place; both coordinates as text."""
    return {"type": "location", "payload": {"coordinates": {"latitude": latitude, "longitude": longitude}}}


def _by_app(resident: Resident) -> Event:
    return {"user_id_by_app": resident.user_id_by_app}


def _template(message: Message) -> Event:
    checksum = hashlib.md5(message.text.encode(), usedforsecurity=False).hexdigest()
    return {"zinstant_id": message.message_id, "text": message.text, "link_url": "", "checksum": checksum}

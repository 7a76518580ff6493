"""Residents who write on a channel, through the ledger's own functions: what the gateway does on a message."""

from __future__ import annotations

import uuid
from datetime import datetime

from desk.clock import real_now
from ledger.appending import locked_conversation
from ledger.conversations import find_or_open, request_person
from ledger.inbound import Alarm, Received, ResidentMessage, receive
from ledger.models import Author, Conversation
from ledger.replies import Reply, append_reply

SOURCE = {
    "number": "5599/BYT-MT",
    "title": "",
    "issuer": "Bộ Y tế",
    "date": "2021-07-14",
    "url": "",
}
RELEASE = {"id": "f1-release", "source": SOURCE, "approved_at": "2021-12-20T09:30:00+07:00", "valid_to": None}
SAFETY_TEXT = "Bác gọi 115 ngay. Người trực đang được báo."


class Residents:
    """Opens conversations and speaks in them. Times are given, or this moment."""

    def open(self, channel: str = "web") -> str:
        """A new conversation's id."""
        return find_or_open(channel, uuid.uuid4().hex, real_now()).pk

    def say(self, conversation_id: str, text: str, at: datetime | None = None) -> Received:
        """A message without danger."""
        message = ResidentMessage(external_id=uuid.uuid4().hex, text=text)
        return receive(conversation_id, message, None, at or real_now())

    def cry(
        self, conversation_id: str, text: str, key: str = "nhay_cam/cap_cuu", at: datetime | None = None
    ) -> Received:
        """A message that a danger rule hits: the safety text follows in the same transaction."""
        reply = Reply(
            text=SAFETY_TEXT, meta={"answer": key, "confidence": 1.0, "release": RELEASE}, release="safety-115"
        )
        message = ResidentMessage(external_id=uuid.uuid4().hex, text=text)
        alarm = Alarm(key=key, priority=1, reply=reply)
        return receive(conversation_id, message, alarm, at or real_now())

    def hear(self, conversation_id: str, text: str, release: str = "f1-release", confidence: float = 0.92) -> None:
        """An answer of the assistant."""
        meta = {"answer": "cach_ly/f1", "confidence": confidence, "asked_back": False, "release": RELEASE}
        with locked_conversation(conversation_id) as conversation:
            append_reply(conversation, None, Reply(text=text, meta=meta, release=release), Author.BOT, real_now())

    def wait(
        self, text: str, reason: str = "tro_chuyen/gap_nguoi", priority: int = 3, channel: str = "web",
        at: datetime | None = None,
    ) -> str:  # fmt: skip
        """A new conversation that waits for a person."""
        conversation_id = self.open(channel)
        self.say(conversation_id, text, at)
        with locked_conversation(conversation_id) as conversation:
            request_person(conversation, None, reason, priority, at or real_now())
        return conversation_id

    def cry_out(self, text: str, channel: str = "web", at: datetime | None = None) -> str:
        """A new conversation with an emergency."""
        conversation_id = self.open(channel)
        self.cry(conversation_id, text, at=at)
        return conversation_id

    def found(self, conversation_id: str) -> Conversation:
        """The conversation as the ledger has it now."""
        return Conversation.objects.get(pk=conversation_id)

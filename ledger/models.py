"""Tables of the ledger. Rows of ``Entry`` are only appended; everything that follows a conversation is a cursor on its id.

Times are of the machine's clock (``real_now``). Staff appear as id and display name: their accounts live elsewhere.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ledger.channel_models import ChannelCredential as ChannelCredential
from ledger.channel_models import ConsentLink as ConsentLink
from ledger.channel_models import InboundEvent as InboundEvent
from ledger.channel_models import Upload as Upload
from ledger.channel_models import Worker as Worker
from ledger.file_models import FileState as FileState
from ledger.file_models import SentFile as SentFile


class State(models.TextChoices):
    """Who owns a conversation."""

    BOT = "bot", "Trợ lý"
    WAITING = "waiting", "Đang chờ"
    HUMAN = "human", "Cán bộ trực"


class Author(models.TextChoices):
    """Who speaks in a message, or who caused a change of state."""

    RESIDENT = "resident", "Người dân"
    BOT = "bot", "Trợ lý"
    OPERATOR = "operator", "Cán bộ trực"
    SYSTEM = "system", "Hệ thống"


class EntryKind(models.TextChoices):
    """What a row of the log is."""

    MESSAGE = "message", "Tin nhắn"
    STATE = "state", "Đổi trạng thái"


class Conversation(models.Model):
    """One resident on one channel. ``address`` is the channel's id of the person; lease fields belong to the relay."""

    id = models.CharField(primary_key=True, max_length=32)
    channel = models.CharField(max_length=16)
    address = models.CharField(max_length=128)
    state = models.CharField(max_length=8, choices=State.choices, default=State.BOT)
    priority = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=64, default="")
    waiting_since = models.DateTimeField(null=True)
    owner_id = models.CharField(max_length=64, default="")
    owner_name = models.CharField(max_length=128, default="")
    claimed_at = models.DateTimeField(null=True)
    unhandled = models.BooleanField(default=False)
    lease_by = models.CharField(max_length=64, default="")
    lease_until = models.DateTimeField(null=True)
    last_resident_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "address"], name="one_conversation_per_address")]
        indexes: ClassVar = [
            models.Index(
                fields=["last_resident_at"], name="conversation_unhandled", condition=models.Q(unhandled=True)
            ),
            models.Index(fields=["state", "priority", "waiting_since"], name="conversation_queue"),
        ]


class Entry(models.Model):
    """A message or a change of state. ``external_id`` is the channel's id of a resident's message, for de-duplication."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=EntryKind.choices, default=EntryKind.MESSAGE)
    at = models.DateTimeField()
    author = models.CharField(max_length=8, choices=Author.choices)
    actor = models.CharField(max_length=128, default="")
    text = models.TextField(null=True)
    buttons = models.JSONField(default=list)
    image = models.CharField(max_length=512, default="")
    meta = models.JSONField(default=dict)
    external_id = models.CharField(max_length=128, null=True)
    body_sha256 = models.CharField(max_length=64, default="")
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    release = models.CharField(max_length=64, default="", db_index=True)
    handled_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "external_id"], name="resident_message_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["conversation", "id"], name="entry_cursor"),
            models.Index(  # the words of ``ledger.turns``: SQLite uses it only for these
                fields=["conversation", "id"],
                name="entry_unhandled",
                condition=models.Q(author="resident", kind="message", handled_at=None),
            ),
        ]


class Effect(models.Model):
    """Something that a turn caused beside its replies; at most one of a kind per resident message."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="effects")
    kind = models.CharField(max_length=16)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "kind"], name="effect_once")]


class Handoff(models.Model):
    """A stretch of time in which a person was wanted or spoke. Open while ``closed_at`` is null."""

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="handoffs")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="handoffs")
    reason = models.CharField(max_length=64)
    priority = models.PositiveSmallIntegerField()
    requested_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    operator_id = models.CharField(max_length=64, default="")
    operator_name = models.CharField(max_length=128, default="")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["conversation", "closed_at"], name="handoff_open")]


class DeliveryState(models.TextChoices):
    """Where a message is on its way to a channel that has to be called."""

    PENDING = "pending", "Chờ gửi"
    SENDING = "sending", "Đang gửi"
    SENT = "sent", "Đã gửi"
    DELIVERED = "delivered", "Đã nhận"
    SEEN = "seen", "Đã xem"
    UNCERTAIN = "uncertain", "Chưa rõ"
    FAILED = "failed", "Không gửi được"
    CANCELLED = "cancelled", "Đã hủy"


class Delivery(models.Model):
    """Sending of one entry through a channel's API; web chat needs none, its readers follow the log.

    One entry may need several calls: ``part`` counts those that were accepted, ``provider_ids`` are their ids and
    ``provider_id`` is the last one. ``plain``: text alone, because the provider refused the rest; ``listed``: choices
    went out as a numbered list; ``doubts``: uncertain outcomes; ``quota``: what the provider booked the message on;
    ``note``: what was left out of it; ``resent_by``, ``resent_at``: who ordered a dead letter to be sent again.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="delivery")
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="deliveries")
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sending_since = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=64, default="")
    lease_until = models.DateTimeField(null=True)
    part = models.PositiveSmallIntegerField(default=0)
    provider_ids = models.JSONField(default=list)
    provider_id = models.CharField(max_length=128, default="", db_index=True)
    plain = models.BooleanField(default=False)
    listed = models.BooleanField(default=False)
    quota = models.CharField(max_length=16, default="")
    note = models.CharField(max_length=32, default="", db_default="")
    error = models.CharField(max_length=200, default="")
    resent_by = models.CharField(max_length=128, default="", db_default="")
    resent_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "next_at"], name="delivery_due"),
            models.Index(fields=["conversation", "state"], name="delivery_order"),
        ]


class WebSession(models.Model):
    """A browser's session of the web chat; only the token's SHA-256 is kept."""

    id = models.CharField(primary_key=True, max_length=32)
    token_sha256 = models.CharField(max_length=64, unique=True)
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="sessions")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()


class SessionCode(models.Model):
    """A short code, good once and for minutes, that opens a web conversation on another device."""

    code_sha256 = models.CharField(primary_key=True, max_length=64)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="session_codes")
    expires_at = models.DateTimeField()


class ButtonToken(models.Model):
    """What an opaque button token of one conversation stands for."""

    token = models.CharField(primary_key=True, max_length=32)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="button_tokens")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="button_tokens")
    title = models.CharField(max_length=100)
    payload = models.JSONField()


class Feedback(models.Model):
    """A resident's opinion of one reply; the last one counts."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="feedback")
    value = models.CharField(max_length=4)
    reason = models.TextField(default="")
    at = models.DateTimeField()

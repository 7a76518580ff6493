"""Finding and opening conversations, and the changes of their state, each with its row in the log."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from contracts.keys import SENSITIVE_PREFIX
from ledger.appending import append
from ledger.models import Author, Conversation, Delivery, DeliveryState, Entry, EntryKind, Handoff, State
from ledger.sql import select

STILL_ASKED = timedelta(hours=1)  # a question that waited longer for a person is not answered by the assistant any more
ORDINARY_PRIORITY = 3  # of a conversation that an operator takes though nobody asked for a person

# What a change of state writes; the lease belongs to the relay and is never written from here.
_STATE_FIELDS = ["state", "priority", "reason", "waiting_since", "owner_id", "owner_name", "claimed_at"]


class TransitionError(Exception):
    """A change of state that the conversation's present state does not allow; ``state`` and ``owner`` say why."""

    def __init__(self, conversation: Conversation, wanted: str) -> None:
        super().__init__(f"conversation {conversation.pk} is {conversation.state}; it cannot become {wanted} this way")
        self.state = conversation.state
        self.owner = conversation.owner_name


def find_or_open(channel: str, address: str, now: datetime) -> Conversation:
    """The conversation of an address on a channel, opened when it is new."""
    # Nearly always it is there, and every message asks: SQL spares Django's composing of the statement.
    for conversation in select(Conversation, "WHERE channel = %s AND address = %s", [channel, address]):
        return conversation
    conversation, _ = Conversation.objects.get_or_create(
        channel=channel, address=address, defaults={"id": uuid.uuid4().hex, "created_at": now}
    )
    return conversation


def request_person(conversation: Conversation, cause: Entry | None, reason: str, priority: int, now: datetime) -> None:
    """``bot → waiting``; in ``waiting`` and ``human`` a more urgent reason raises the priority (1 is highest)."""
    urgent = conversation.priority is None or priority < conversation.priority
    if conversation.state != State.BOT and not urgent:
        return
    conversation.priority = priority
    conversation.reason = reason
    if conversation.state == State.BOT:
        conversation.waiting_since = now
        Handoff.objects.create(
            conversation=conversation, entry=cause, reason=reason, priority=priority, requested_at=now
        )
        _change(conversation, State.WAITING, Author.BOT, "", now)
        return
    _open_handoffs(conversation).update(entry=cause, reason=reason, priority=priority)
    _note(conversation, conversation.state, Author.BOT, "", now)


def take(conversation: Conversation, operator_id: str, operator_name: str, now: datetime) -> None:
    """``waiting`` (or ``bot``) ``→ human``; cancels what the bot has not sent yet.

    Raises:
        TransitionError: somebody else owns it already.
    """
    if conversation.state == State.HUMAN:
        raise TransitionError(conversation, State.HUMAN)
    if not _open_handoffs(conversation).exists():
        conversation.priority = conversation.priority or ORDINARY_PRIORITY
        Handoff.objects.create(
            conversation=conversation, reason=conversation.reason, priority=conversation.priority, requested_at=now
        )
    conversation.owner_id, conversation.owner_name, conversation.claimed_at = operator_id, operator_name, now
    _open_handoffs(conversation).update(taken_at=now, operator_id=operator_id, operator_name=operator_name)
    Delivery.objects.filter(conversation=conversation, state=DeliveryState.PENDING, entry__author=Author.BOT).update(
        state=DeliveryState.CANCELLED, changed_at=now
    )
    _change(conversation, State.HUMAN, Author.OPERATOR, operator_name, now)


def return_to_queue(conversation: Conversation, actor: str, now: datetime) -> None:
    """``human → waiting``: the operator returns it, or the claim ran out.

    Raises:
        TransitionError: no person owns it.
    """
    if conversation.state != State.HUMAN:
        raise TransitionError(conversation, State.WAITING)
    conversation.owner_id = conversation.owner_name = ""
    conversation.claimed_at = None
    conversation.waiting_since = conversation.waiting_since or now
    _change(conversation, State.WAITING, Author.OPERATOR if actor else Author.SYSTEM, actor, now)


def give_to_bot(
    conversation: Conversation, author: Author, actor: str, outcome: str, now: datetime, because: str = ""
) -> None:
    """``human`` or ``waiting`` ``→ bot``: given back, closed, or the resident's wish; ``outcome`` names which.

    ``because``: why it was closed unanswered, a word of the desk's list; it stays when the resident's words are erased.

    Raises:
        TransitionError: the bot owns it already.
    """
    if conversation.state == State.BOT:
        raise TransitionError(conversation, State.BOT)
    _open_handoffs(conversation).update(closed_at=now, outcome=outcome)
    conversation.owner_id = conversation.owner_name = conversation.reason = ""
    conversation.claimed_at = conversation.waiting_since = conversation.priority = None
    _change(conversation, State.BOT, author, actor, now, outcome=outcome, because=because)


def unheard(conversation: Conversation) -> bool:
    """Whether the resident was promised a person in this handoff, or told what to do in danger, and no operator has
    written since."""
    requested_at = _open_handoffs(conversation).order_by("-pk").values_list("requested_at", flat=True).first()
    if requested_at is None:
        return False
    rows = Entry.objects.filter(conversation=conversation, at__gte=requested_at)
    queued = Q(kind=EntryKind.STATE, meta__before=State.BOT, meta__state=State.WAITING)
    danger = Q(kind=EntryKind.MESSAGE, meta__answer__startswith=SENSITIVE_PREFIX)
    promise = rows.filter(queued | danger).order_by("-pk").first()
    return promise is not None and not spoken_since(conversation, promise.at)


def spoken_since(conversation: Conversation, moment: datetime) -> bool:
    """Whether an operator has written from then on."""
    spoken = Entry.objects.filter(conversation=conversation, kind=EntryKind.MESSAGE, author=Author.OPERATOR)
    return spoken.filter(at__gte=moment).exists()


def take_up_again(conversation: Conversation, now: datetime) -> bool:
    """The resident's last message gets its turn with the assistant, when neither a person nor anything else answered it.

    Call when the bot owns the conversation again. What never was for the assistant stays as it is: a danger that was met
    by its safety text, what came too fast or too late (all handled in the moment they came), forms, and old messages.
    """
    messages = Entry.objects.filter(conversation=conversation, kind=EntryKind.MESSAGE)
    last = messages.filter(author=Author.RESIDENT).order_by("-pk").first()
    if last is None or last.handled_at is None or last.handled_at <= last.at or last.erased_at is not None:
        return False
    if now - last.at > STILL_ASKED or "contact" in last.meta or last.replies.exists():
        return False
    if messages.filter(author=Author.OPERATOR, pk__gt=last.pk).exists():
        return False
    Entry.objects.filter(pk=last.pk).update(handled_at=None)
    Conversation.objects.filter(pk=conversation.pk).update(unhandled=True)
    return True


def queue_position(conversation: Conversation) -> int | None:
    """Place in the queue, 1 is next; None when the conversation does not wait."""
    if conversation.state != State.WAITING or conversation.waiting_since is None:
        return None
    ahead = Conversation.objects.filter(state=State.WAITING).filter(
        Q(priority__lt=conversation.priority)
        | Q(priority=conversation.priority, waiting_since__lt=conversation.waiting_since)
    )
    return ahead.count() + 1


def state_meta(conversation: Conversation) -> dict[str, Any]:
    """What a state row tells its readers: ``{state, priority, reason, operator}``."""
    return {
        "state": conversation.state,
        "priority": conversation.priority,
        "reason": conversation.reason,
        "operator": conversation.owner_name,
    }


def _open_handoffs(conversation: Conversation) -> Any:
    return Handoff.objects.filter(conversation=conversation, closed_at=None)


def _change(conversation: Conversation, state: State, author: Author, actor: str, now: datetime, **more: str) -> None:
    before, conversation.state = conversation.state, state
    _note(conversation, before, author, actor, now, **more)


def _note(conversation: Conversation, before: str, author: Author, actor: str, now: datetime, **more: str) -> None:
    conversation.save(update_fields=_STATE_FIELDS)
    meta = {"before": before, **state_meta(conversation), **more}
    append(conversation, kind=EntryKind.STATE, at=now, author=author, actor=actor, text="", meta=meta)

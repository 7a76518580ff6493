"""What an operator does with a conversation. Each act is one transaction on the conversation's locked row."""

from __future__ import annotations

from datetime import datetime

from desk.access import Operator
from ledger import conversations
from ledger.appending import locked_conversation
from ledger.models import Author, Conversation, Entry, State
from ledger.replies import Reply, append_reply


class RefusedError(Exception):
    """The conversation's present state does not allow the act; the text tells the operator why."""


def take(conversation_id: str, operator: Operator, now: datetime) -> None:
    """``waiting`` or ``bot`` ``→ human``. Of several at once one wins; taking one's own again changes nothing.

    Raises:
        RefusedError: somebody else has it, or the resident has erased it.
        ConversationGoneError: unknown id.
    """
    with locked_conversation(conversation_id) as conversation:
        if conversation.state == State.HUMAN and conversation.owner_id == operator.id:
            return
        if conversation.state == State.HUMAN:
            raise RefusedError(f"{conversation.owner_name} đã nhận cuộc này trước bạn.")
        if conversation.erased_at is not None:
            raise RefusedError("Người dân đã xóa dữ liệu và kết thúc cuộc này.")
        conversations.take(conversation, operator.id, operator.name, now)


def answer(conversation_id: str, operator: Operator, text: str, reply_id: str, now: datetime) -> None:
    """Appends the operator's reply. A reply that comes twice (same ``reply_id``) is one reply.

    Raises:
        RefusedError: the operator does not own the conversation.
        ConversationGoneError: unknown id.
    """
    with locked_conversation(conversation_id) as conversation:
        external_id = f"desk:{reply_id}"
        if Entry.objects.filter(conversation=conversation, external_id=external_id).exists():
            return
        _require_owner(conversation, operator)
        reply = Reply(text=text, actor=operator.name, external_id=external_id)
        append_reply(conversation, None, reply, Author.OPERATOR, now)


def return_to_queue(conversation_id: str, operator: Operator, now: datetime) -> None:
    """``human → waiting``, by its owner or by a lead.

    Raises:
        RefusedError: not allowed, or no person owns it.
        ConversationGoneError: unknown id.
    """
    with locked_conversation(conversation_id) as conversation:
        if conversation.state == State.HUMAN and operator.leads:
            conversations.return_to_queue(conversation, operator.name, now)
            return
        _require_owner(conversation, operator)
        conversations.return_to_queue(conversation, operator.name, now)


def give_to_assistant(conversation_id: str, operator: Operator, outcome: str, now: datetime) -> None:
    """``human → bot`` by its owner; ``outcome`` is ``given_back`` or ``closed``.

    Raises:
        RefusedError: the operator does not own the conversation.
        ConversationGoneError: unknown id.
    """
    with locked_conversation(conversation_id) as conversation:
        _require_owner(conversation, operator)
        conversations.give_to_bot(conversation, Author.OPERATOR, operator.name, outcome, now)


def _require_owner(conversation: Conversation, operator: Operator) -> None:
    if conversation.state != State.HUMAN:
        place = "trong hàng chờ" if conversation.state == State.WAITING else "với trợ lý"
        raise RefusedError(f"Bạn không còn giữ cuộc này, nó đang ở {place}. Bạn nhận lại rồi làm tiếp.")
    if conversation.owner_id != operator.id:
        raise RefusedError(f"{conversation.owner_name} đang giữ cuộc này.")

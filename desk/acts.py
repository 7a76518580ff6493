"""What an operator does with a conversation. Each act is one transaction on the conversation's locked row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.access import Operator
from desk.reasons import CLOSING_REASONS
from desk.return_texts import ReturnTexts
from desk.writing import writing_to
from ledger import conversations, resending
from ledger.appending import locked_conversation
from ledger.models import Author, Conversation, Entry, State
from ledger.replies import Reply, append_reply

CONTACT_FORM = "contact"  # channels with a form of their own show it, others the words
ASK_CONTACT = (
    "Bạn vui lòng cho biết họ tên, số điện thoại và địa chỉ để cán bộ trực liên hệ. Chỉ cán bộ trực xem thông tin này."
)
BOT_WORDS_LAST = timedelta(hours=24)  # what the assistant said longer ago may not hold any more


class RefusedError(Exception):
    """The conversation's present state does not allow the act; the text tells the operator why."""


class UnheardError(RefusedError):
    """The resident still waits for a person's first word: closing needs a reason."""


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


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an operator says: text, picture (its address in the media store), or both; ``form`` asks for details."""

    reply_id: str
    text: str
    image: str = ""
    form: str = ""


def answer(conversation_id: str, operator: Operator, said: Answer, now: datetime) -> None:
    """Appends the operator's reply. A reply that comes twice (same ``reply_id``) is one reply.

    Raises:
        RefusedError: the operator does not own the conversation, or the channel does not let us write any more.
        ConversationGoneError: unknown id.
    """
    with locked_conversation(conversation_id) as conversation:
        external_id = f"desk:{said.reply_id}"
        if Entry.objects.filter(conversation=conversation, external_id=external_id).exists():
            return
        _require_owner(conversation, operator)
        _require_open(conversation, now)
        meta = {"form": said.form} if said.form else {}
        reply = Reply(text=said.text, image=said.image, meta=meta, actor=operator.name, external_id=external_id)
        append_reply(conversation, None, reply, Author.OPERATOR, now)


def resend(conversation_id: str, operator: Operator, delivery_id: int, now: datetime) -> None:
    """A lead orders a dead letter to be sent again; the gateway looks first whether it arrived after all.

    Raises:
        RefusedError: no lead, no dead letter (any more), the window is closed, or the assistant may not say it now.
        ConversationGoneError: unknown id.
    """
    if not operator.leads:
        raise RefusedError("Chỉ Trưởng ca hoặc Quản trị cho gửi lại được.")
    with locked_conversation(conversation_id) as conversation:
        letter = resending.dead_letter(conversation, delivery_id)
        if letter is None:
            raise RefusedError("Tin này không còn ở đây: đã gửi được, đã cho gửi lại, hoặc đã xóa.")
        _require_open(conversation, now)
        if letter.author == Author.BOT:
            _require_bots_turn(conversation, letter, now)
        resending.resend(letter, operator.name, now)


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


def give_back(conversation_id: str, operator: Operator, told: ReturnTexts, now: datetime) -> None:
    """``human → bot`` by its owner. The resident is told so, and gets an answer to what nobody has answered yet.

    Nothing is told where that would cost or cannot arrive; the state on the portal shows it all the same.

    Raises:
        RefusedError: the operator does not own the conversation.
        ConversationGoneError: unknown id.
    """
    with locked_conversation(conversation_id) as conversation:
        _require_owner(conversation, operator)
        assert conversation.claimed_at is not None
        spoken = conversations.spoken_since(conversation, conversation.claimed_at)
        conversations.give_to_bot(conversation, Author.OPERATOR, operator.name, "given_back", now)
        reply, writing = told.after_answer if spoken else told.unanswered, writing_to(conversation, now)
        if reply is not None and not writing.closed and not writing.charged:
            append_reply(conversation, None, reply, Author.BOT, now)
        conversations.take_up_again(conversation, now)


def close(conversation_id: str, operator: Operator, because: str, now: datetime) -> None:
    """``human → bot`` by its owner, with nothing more to say. ``because``: a key of ``CLOSING_REASONS``.

    Raises:
        UnheardError: the resident waits for a person, nobody has written, and there is no reason.
        RefusedError: the operator does not own the conversation.
        ConversationGoneError: unknown id.
    """
    with locked_conversation(conversation_id) as conversation:
        _require_owner(conversation, operator)
        unheard = conversations.unheard(conversation)
        if unheard and because not in CLOSING_REASONS:
            raise UnheardError("Người dân đang chờ mà chưa ai trả lời. Bạn chọn lý do rồi đóng.")
        reason = because if unheard else ""
        conversations.give_to_bot(conversation, Author.OPERATOR, operator.name, "closed", now, reason)


def _require_open(conversation: Conversation, now: datetime) -> None:
    writing = writing_to(conversation, now)
    if writing.closed:
        raise RefusedError(writing.notice)


def _require_bots_turn(conversation: Conversation, letter: resending.DeadLetter, now: datetime) -> None:
    """Delivery would cancel the words of a silenced assistant; old ones may be wrong by now."""
    if letter.overtaken or conversation.state == State.HUMAN:
        raise RefusedError("Đã có cán bộ nhận cuộc này, nên câu cũ của trợ lý không gửi nữa. Bạn trả lời người dân.")
    if now - letter.said_at > BOT_WORDS_LAST:
        raise RefusedError(
            "Câu này của trợ lý đã quá 24 giờ, có thể không còn đúng. Bạn nhận cuộc và trả lời người dân."
        )


def _require_owner(conversation: Conversation, operator: Operator) -> None:
    if conversation.state != State.HUMAN:
        place = "trong hàng chờ" if conversation.state == State.WAITING else "với trợ lý"
        raise RefusedError(f"Bạn không còn giữ cuộc này, nó đang ở {place}. Bạn nhận lại rồi làm tiếp.")
    if conversation.owner_id != operator.id:
        raise RefusedError(f"{conversation.owner_name} đang giữ cuộc này.")

"""A change of examples on its road: approved with its answer, waiting for training, then adopted or refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from wagtail.models import Revision, TaskState

from contracts.clock import system_now
from newsroom.accounts.models import User
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.audit.models import Event
from newsroom.audit.record import record
from newsroom.training.files import VOICE
from newsroom.training.jobs import enqueue_approved
from newsroom.training.models import ExampleChange, HeldOutQuestion, ModelArchive, TrainingExample, TrainingJob
from newsroom.training.sentences import lines_of, spelling_of
from newsroom.training.standing import Sentences, standing

State = ExampleChange.State
REASON_NEEDED = (
    "Có câu đang trả lời đúng sẽ thành sai, hoặc bản này chưa được thử nghiệm. "
    "Bạn cần ghi lý do vào ô ghi chú khi phê duyệt."
)


class WithSentences(Protocol):
    """An answer whose draft may bring new lists; an empty box means "as before"."""

    key: str
    examples: str
    test_questions: str


def lists_in(content: WithSentences) -> Sentences | None:
    """The lists that a draft asks for, None when it changes nothing."""
    before = standing(content.key)
    examples, questions = lines_of(content.examples), lines_of(content.test_questions)
    wanted = Sentences(tuple(examples) or before.examples, tuple(questions) or before.questions)
    return None if same_lists(wanted, before) else wanted


def same_lists(one: Sentences, other: Sentences) -> bool:
    """Whether two pairs of lists hold the same sentences; their order means nothing."""
    return set(one.examples) == set(other.examples) and set(one.questions) == set(other.questions)


def check_reason(key: str, lists: Sentences, revision: Revision, user: User) -> None:
    """An approval that lets something right become wrong, or that nobody tried, carries a written reason.

    Raises:
        ApprovalRefusedError: it carries none.
    """
    approvals = TaskState.objects.filter(revision=revision, finished_by=user, status=TaskState.STATUS_APPROVED)
    if needs_reason(last_try_out(key, lists)) and not any(state.comment.strip() for state in approvals):
        raise ApprovalRefusedError([REASON_NEEDED])


def last_try_out(key: str, lists: Sentences) -> TrainingJob | None:
    """The last try-out of exactly these sentences, whichever draft held them."""
    return TrainingJob.objects.filter(tried=lists.fingerprint(key)).first()


def needs_reason(try_out: TrainingJob | None) -> bool:
    """Whether the try-out broke something, has not ended well, or there was none."""
    return try_out is None or try_out.report is None or bool(try_out.report["broken"])


def approve(key: str, wanted: Sentences, revision: Revision, user: User) -> ExampleChange:
    """Records an approved change and has it trained; it replaces one of the same key that still waits."""
    ExampleChange.objects.filter(key=key, state=State.WAITING).update(state=State.REPLACED)
    change = ExampleChange.objects.create(
        key=key,
        revision=revision,
        examples=list(wanted.examples),
        questions=list(wanted.questions),
        approved_by=user,
        approved_at=system_now(),
    )
    enqueue_approved(user)
    return change


def waiting(only: ExampleChange | None = None) -> list[ExampleChange]:
    """The changes that a training takes: all that wait, or the one that it is for."""
    found = ExampleChange.objects.filter(state=State.WAITING).select_related("approved_by")
    return list(found.filter(pk=only.pk) if only else found)


def wanted_lists(changes: Iterable[ExampleChange]) -> dict[str, Sentences]:
    """Key → lists."""
    return {change.key: Sentences(tuple(change.examples), tuple(change.questions)) for change in changes}


def adopt(changes: Sequence[ExampleChange], archive: ModelArchive) -> None:
    """Makes the changes the truth, with the model that holds them; what was replaced meanwhile is left to its successor."""
    for change in changes:
        if ExampleChange.objects.filter(pk=change.pk, state=State.WAITING).update(state=State.ADOPTED, archive=archive):
            _take_over(change)
            record(Event.Area.TRAINING, "examples_adopted", change, detail=f"Mô hình {archive}")


def refuse(change: ExampleChange, reason: str) -> None:
    """The change will not be trained again; its author goes on from it."""
    if ExampleChange.objects.filter(pk=change.pk, state=State.WAITING).update(state=State.REFUSED, reason=reason):
        record(Event.Area.TRAINING, "examples_refused", change, detail=reason)


def _take_over(change: ExampleChange) -> None:
    examples = TrainingExample.objects.filter(key=change.key)
    examples.exclude(text__in=change.examples).delete()
    known = set(examples.values_list("text", flat=True))
    fresh = [TrainingExample(key=change.key, text=text, voice=VOICE) for text in change.examples if text not in known]
    TrainingExample.objects.bulk_create(fresh)
    questions = HeldOutQuestion.objects.filter(key=change.key)
    questions.exclude(text__in=change.questions).delete()
    asked = set(questions.values_list("text", flat=True))
    HeldOutQuestion.objects.bulk_create(
        HeldOutQuestion(key=change.key, text=text, spelling=spelling_of(text))
        for text in change.questions
        if text not in asked
    )

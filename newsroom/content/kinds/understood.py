"""Answers that residents ask for in their own words: they carry example sentences and test questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.models import Revision

from newsroom.accounts.models import User
from newsroom.content.box_form import BoxForm
from newsroom.content.kinds.base import ApprovedContent
from newsroom.content.reading import items
from newsroom.training.alike import warnings_for
from newsroom.training.changes import approve, check_reason, lists_in
from newsroom.training.sentences import example_problems, lines_of, text_of
from newsroom.training.standing import Sentences, shown, standing

ONE_PLACE = "Câu ví dụ và câu kiểm tra chỉ ghi ở mục áp dụng cho mọi nơi. Hãy để trống hai ô này."
NOTHING_LEARNT = "Khóa này chưa có câu ví dụ nào, nên trợ lý chưa nhận ra câu hỏi của người dân."


class SentencesForm(BoxForm):
    """Shows what the key has now when the draft itself says nothing else."""

    lists = ("examples", "test_questions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        content = self.instance
        if content.pk is None or content.place:
            return
        now, drafted = shown(content.key), content.has_unpublished_changes
        self.initial["examples"] = (drafted and content.examples) or text_of(now.examples)
        self.initial["test_questions"] = (drafted and content.test_questions) or text_of(now.questions)


class UnderstoodContent(ApprovedContent):
    """Content whose key is learnt. An empty box means "as before", so a draft holds lists only when it changes them."""

    examples = models.TextField(
        "câu ví dụ",
        blank=True,
        help_text="Mỗi dòng một câu người dân có thể hỏi: có dấu, không dấu, viết tắt, tiếng địa phương. Nên có từ 10 câu.",
    )
    test_questions = models.TextField(
        "câu kiểm tra",
        blank=True,
        help_text="Mỗi dòng một câu, ít nhất ba câu, viết khác các câu ví dụ. Trợ lý không học các câu này.",
    )

    base_form_class = SentencesForm

    class Meta:
        abstract = True

    def lists(self) -> Sentences | None:
        """The whole lists of the key after this draft, None when it changes none."""
        return lists_in(self)

    def fill_sentences(self, body: Mapping[str, Any]) -> None:
        """Takes ``{examples: [text], test_questions: [text]}``; missing means "as before"."""
        self.examples = text_of(str(text) for text in items(body, "examples"))
        self.test_questions = text_of(str(text) for text in items(body, "test_questions"))

    def clean(self) -> None:
        """Tidies the lists; those that change nothing are not kept in the draft."""
        super().clean()
        self.examples, self.test_questions = (text_of(lines_of(box)) for box in (self.examples, self.test_questions))
        if self.place and (self.examples or self.test_questions):
            raise ValidationError({"examples": ONE_PLACE})
        if not self.place and self.lists() is None:
            self.examples = self.test_questions = ""

    def missing_for_approval(self) -> dict[str, str]:
        """Lists that the model cannot be trained and measured with."""
        missing = super().missing_for_approval()
        lists = self.lists()
        problems = example_problems(self.key, lists.examples, lists.questions) if lists else []
        return {**missing, "examples": " ".join(problems)} if problems else missing

    def writing_notes(self) -> list[str]:
        """Also what the lists may be found wanting in; the approver reads that beside the try-out."""
        lists = self.lists()
        if lists is not None:
            return [*super().writing_notes(), *warnings_for(self.key, lists.examples)]
        is_learnt = bool(self.place or standing(self.key).examples)
        return [*super().writing_notes(), *([] if is_learnt else [NOTHING_LEARNT])]

    def publish(self, revision: Revision, user: User | None = None, *args: Any, **kwargs: Any) -> None:
        """Publishes the text at once; changed lists go live with the model that is trained from them.

        Raises:
            ApprovalRefusedError: as for all content, or a reason is missing (``newsroom.training.changes``).
        """
        with transaction.atomic():
            content: UnderstoodContent = revision.as_object()
            lists = content.lists()
            super().publish(revision, user, *args, **kwargs)
            if lists is not None and user is not None:
                check_reason(content.key, lists, revision, user)
                approve(content.key, lists, revision, user)

"""What all content has in common: drafts, revisions, review, and publishing only by approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Revision,
    RevisionMixin,
    WorkflowMixin,
)

from newsroom.accounts.models import User
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.approval.rules import authors, refusals, was_approved_by
from newsroom.content.box_form import BoxForm
from newsroom.content.kinds.preview import ShownAsChat
from newsroom.content.kinds.record import clean_texts, is_on_record, sentences
from newsroom.content.kinds.source import SourceDocument
from newsroom.content.reading import moment, text
from newsroom.content.wording import agency_problems, payload_problems
from newsroom.places import validate_place
from newsroom.releases.issue import ReleaseDraft, issue, serialise_releases
from newsroom.releases.live import changing_live, may_change_live

NEVER_SCHEDULED = "Hãy dùng “Hiệu lực từ” và “Hiệu lực đến” thay cho lịch của Wagtail."


class LiveStateError(Exception):
    """``live`` was changed outside publishing; publish an approved revision or retract a release instead."""


class ApprovedContent(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ShownAsChat, models.Model):
    """Content of one kind. Whatever way ``publish`` is reached, it asks the rules of ``newsroom.approval``.

    Validity is kept in ``valid_from`` and ``valid_to`` and decided on the content clock at every answer. Wagtail's own
    schedule (``go_live_at``, ``expire_at``) runs on the machine's clock and is therefore refused.
    """

    kind: ClassVar[str]
    source_required: ClassVar[bool] = True
    base_form_class = BoxForm
    key: Any  # a field or a property of each kind: what the release is found by

    live = models.BooleanField("đang phát hành", default=False, editable=False)
    place = models.CharField(
        "nơi áp dụng",
        max_length=40,
        blank=True,
        default="",
        validators=[validate_place],
        help_text="Nội dung cho nơi hẹp hơn được ưu tiên.",
    )
    source = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, null=True, blank=True, verbose_name="văn bản nguồn", related_name="+"
    )
    valid_from = models.DateTimeField("hiệu lực từ", null=True, blank=True, help_text="Để trống: từ lúc phê duyệt.")
    valid_to = models.DateTimeField("hiệu lực đến", null=True, blank=True, help_text="Để trống: đến khi được thay.")
    urgent = models.BooleanField("khẩn", default=False, help_text="Đánh dấu để người phê duyệt xem trước.")
    internal_note = models.TextField("ghi chú nội bộ", blank=True, help_text="Không bao giờ gửi cho người dân.")

    class Meta:
        abstract = True

    def payload(self) -> dict[str, Any]:
        """The release's payload; shapes in ``docs/content.md``."""
        raise NotImplementedError(f"{type(self).__name__} lacks payload()")

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes the fields of its kind from the form of the content pack."""
        raise NotImplementedError(f"{type(self).__name__} lacks fill_content()")

    def fill(self, body: Mapping[str, Any]) -> None:
        """Takes all fields from the form of the content pack (``content/README.md``); saves nothing.

        Raises:
            ValidationError: the source is unknown or a value has the wrong form.
        """
        self.fill_content(body)
        self.place = text(body, "place") if "place" in body else self.place
        self.valid_from = moment(body.get("valid_from"))
        self.valid_to = moment(body.get("valid_to"))
        slug = text(body, "source")
        self.source = SourceDocument.objects.filter(slug=slug).first() if slug else None
        if slug and self.source is None:
            raise ValidationError({"source": f"Không có văn bản nguồn với mã “{slug}”."})

    def release_draft(self) -> ReleaseDraft:
        """What publishing this content as it stands would release; internal fields have no place in it."""
        return ReleaseDraft(
            kind=self.kind,
            key=self.key,
            place=self.place,
            payload=self.payload(),
            source=None if self.source is None else self.source.shape(),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            urgent=self.urgent,
        )

    def clean(self) -> None:
        """Normalises texts (NFC) and refuses what is wrong even in a draft."""
        super().clean()
        clean_texts(self)
        problems = [*payload_problems(self.payload()), *agency_problems(self.payload())]
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            problems.append("“Hiệu lực đến” phải sau “Hiệu lực từ”.")
        if self.go_live_at or self.expire_at:
            problems.append(NEVER_SCHEDULED)
        if problems:
            raise ValidationError({NON_FIELD_ERRORS: problems})

    def missing_for_approval(self) -> dict[str, str]:
        """Field → Vietnamese message for what a draft may lack but a release may not."""
        if self.source_required and self.source is None:
            return {"source": "Cần văn bản nguồn trước khi gửi phê duyệt."}
        return {}

    def approval_problems(self) -> list[str]:
        """All that stands against releasing this content, as sentences."""
        try:
            self.full_clean()
        except ValidationError as error:
            return [*sentences(self, error), *self.missing_for_approval().values()]
        source = None if self.source is None else self.source.shape()
        cited = () if source is None else (source.number, source.title, source.issuer, source.url)
        return [*self.missing_for_approval().values(), *agency_problems(*cited)]

    def publish(
        self,
        revision: Revision,
        user: User | None = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publishes an approved revision and writes its release, both or neither.

        Raises:
            ApprovalRefusedError: the rules of four eyes forbid it, or the workflow holds no approval by ``user``.
        """
        with transaction.atomic():
            serialise_releases()
            type(self)._default_manager.select_for_update().get(pk=self.pk)
            reasons = refusals(revision, user)
            if user is None or reasons:
                raise ApprovalRefusedError(reasons)
            if not was_approved_by(revision, user):
                raise ApprovalRefusedError(["Bản này chưa được phê duyệt trong quy trình."])
            wrote = tuple(author.username for author in authors(revision) if author is not None)
            draft = revision.as_object().release_draft()
            with changing_live():
                super().publish(revision, user, changed, log_action, previous_revision, skip_permission_checks=True)
            issue(draft, revision=revision, authors=wrote, approver=user.username)

    def unpublish(
        self,
        set_expired: bool = False,
        commit: bool = True,
        user: User | None = None,
        log_action: bool | str = True,
    ) -> None:
        """Only as part of a retraction, which has checked who does it; nobody holds Wagtail's own permission.

        Raises:
            ApprovalRefusedError: in all other cases.
        """
        if not may_change_live():
            raise ApprovalRefusedError(["Hãy dùng “Thu hồi” và ghi lý do."])
        action = UnpublishAction(self, set_expired=set_expired, commit=commit, user=user, log_action=log_action)
        action.execute(skip_permission_checks=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves; refuses to change ``live`` outside publishing and retracting."""
        fields = kwargs.get("update_fields")
        if not may_change_live() and (fields is None or "live" in fields):
            stored = type(self)._default_manager.filter(pk=self.pk).values_list("live", flat=True).first()
            if self.live != bool(stored):
                raise LiveStateError(f"{self._meta.label} {self.pk}: live changes by approval or retraction only")
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Saves a revision; one that was submitted or released is never rewritten in place (autosave would)."""
        clean_texts(self)
        overwritten = kwargs.get("overwrite_revision")
        if overwritten is not None and is_on_record(overwritten):
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)

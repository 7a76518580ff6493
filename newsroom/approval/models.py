"""The workflow step "approval by a second person"."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from newsroom.accounts.models import User
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.approval.rules import content_refusals, person_refusals

APPROVE = ("approve", "Phê duyệt", False)
SEND_BACK = ("reject", "Trả lại", True)


class SendBackForm(forms.Form):
    """A reason is required: the author has to know what to change."""

    comment = forms.CharField(label="Lý do trả lại", widget=forms.Textarea(attrs={"rows": 3}))


class ApproveForm(forms.Form):
    """An approval may carry a remark."""

    comment = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class FourEyesTask(AbstractGroupApprovalTask):
    """Members of the groups approve or send back; never the authors, and superusers have no shortcut."""

    class Meta:
        verbose_name = "bước phê duyệt bởi người thứ hai"
        verbose_name_plural = "các bước phê duyệt bởi người thứ hai"

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Names the newest revision. Saving and submitting again in one step, Wagtail knows the content from before."""
        workflow_state.content_object.refresh_from_db(fields=["latest_revision"])
        return super().start(workflow_state, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Nobody edits during review: autosave would rewrite the submitted revision in place, under the same id."""
        return True

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Nobody: an extra lock would outlive the review."""
        return False

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Reviewers may look."""
        return bool(self._user_in_groups(user))

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, str, bool]]:
        """What this account may do with the content under review."""
        state = obj.current_workflow_task_state
        if state is None or person_refusals(state.revision, user):
            return []
        return [SEND_BACK] if content_refusals(state.revision) else [APPROVE, SEND_BACK]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Approves or sends back, after asking again, under a lock; publishing then asks all the rules.

        Raises:
            ApprovalRefusedError: the rules forbid it, or somebody else was faster.
        """
        fresh = TaskState.objects.select_for_update().get(pk=task_state.pk)
        if fresh.status != TaskState.STATUS_IN_PROGRESS:
            raise ApprovalRefusedError(["Bản này không còn chờ phê duyệt."])
        if reasons := person_refusals(fresh.revision, user):
            raise ApprovalRefusedError(reasons)
        super().on_action(fresh, user, action_name, **kwargs)

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """The form of a step."""
        return SendBackForm if action == "reject" else ApproveForm

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> Any:
        """What waits for this account's role."""
        waiting = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        return waiting if self._user_in_groups(user) else waiting.none()

    @classmethod
    def get_description(cls) -> str:
        """Shown where administrators look at workflows."""
        return "Người phê duyệt không được là người đã soạn hoặc sửa bản đó."

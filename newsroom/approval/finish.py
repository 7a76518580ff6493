"""What happens when the workflow ends. Named in settings; imported by Wagtail's models, so it imports none itself."""

from __future__ import annotations

from typing import Any

from newsroom.approval.refusal import ApprovalRefusedError


def publish_approved_revision(workflow_state: Any, user: Any = None) -> None:
    """Publishes the revision that the workflow step names, not merely the latest one."""
    task_state = workflow_state.current_task_state
    if task_state is None:
        raise ApprovalRefusedError(["Quy trình không có bước phê duyệt nào."])
    task_state.revision.publish(user=user)

"""The approval pages: what waits, one submission with its differences, approve or send back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin.auth import require_admin_access
from wagtail.models import TaskState

from newsroom.accounts.models import User
from newsroom.accounts.roles import is_approver
from newsroom.approval.models import ApproveForm, FourEyesTask, SendBackForm
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.approval.review import fingerprint_of, review_of

CHANGED = "Nội dung hoặc văn bản nguồn vừa thay đổi. Bạn xem lại rồi hãy phê duyệt."


@require_admin_access
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits for approval, urgent first; authors see theirs too."""
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=FourEyesTask.objects.all())
    reviews = [review_of(state, _user(request)) for state in states.select_related("revision__user").order_by("pk")]
    reviews.sort(key=lambda review: not review.urgent)
    return render(request, "approval/waiting.html", {"reviews": reviews, "is_approver": is_approver(_user(request))})


@require_admin_access
@require_http_methods(["GET", "POST"])
def submission(request: HttpRequest, task_state_id: int) -> HttpResponse:
    """Shows one submission; POST ``action=approve|reject`` decides."""
    state = get_object_or_404(TaskState.objects.filter(task__in=FourEyesTask.objects.all()), pk=task_state_id)
    if state.status != TaskState.STATUS_IN_PROGRESS:
        messages.warning(request, "Bản này không còn chờ phê duyệt.")
        return redirect("approval:waiting")
    status = 200
    if request.method == "POST":
        response = _decide(request, state)
        if response is not None:
            return response
        status = 403
    context = {"review": review_of(state, _user(request)), "reject_form": SendBackForm()}
    return render(request, "approval/submission.html", context, status=status)


def _decide(request: HttpRequest, state: TaskState) -> HttpResponse | None:
    """Carries the decision out; None when it was refused and the page has to be shown again, with the reasons."""
    action = request.POST.get("action", "")
    form = (ApproveForm if action == "approve" else SendBackForm)(request.POST)
    if action not in {"approve", "reject"} or not form.is_valid():
        messages.error(request, "Bạn cần ghi lý do khi trả lại.")
        return None
    shown = request.POST.get("seen", "")
    if action == "approve" and shown != fingerprint_of(state.revision.as_object().release_draft()):
        messages.error(request, CHANGED)
        return None
    try:
        state.task.specific.on_action(state, _user(request), action, comment=form.cleaned_data["comment"])
    except ApprovalRefusedError as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return None
    done = "Đã phê duyệt và phát hành" if action == "approve" else "Đã trả lại cho người soạn"
    messages.success(request, f"{done}: {state.revision.object_str}")
    return redirect("approval:waiting")


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)
    return user

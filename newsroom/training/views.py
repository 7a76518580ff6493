"""The pages under ``/huan-luyen/``: what is trained, a draft's try-out, one training, the history of models."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.models import Revision

from newsroom.accounts.models import User
from newsroom.accounts.roles import APPROVERS, EDITORS, is_approver
from newsroom.approval.admin_urls import edit_url
from newsroom.training import jobs
from newsroom.training.archives import ReturnRefusedError, current_archive, go_back
from newsroom.training.models import ExampleChange, ModelActivation, ModelArchive, TrainingJob
from newsroom.training.report_page import percent, report_page
from newsroom.training.review import sentences_review

State = TrainingJob.State
OPEN = (State.QUEUED, State.RUNNING)
RECENT = 10
PER_PAGE = 20


@require_admin_access
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What trains and waits, what was refused, and the models that were in use, the newest first."""
    used = ModelActivation.objects.select_related("archive", "approved_by").order_by("-pk")
    page = Paginator(used, PER_PAGE).get_page(request.GET.get("trang"))
    open_jobs = TrainingJob.objects.filter(state__in=OPEN).select_related("requested_by")
    waiting = ExampleChange.objects.filter(state=ExampleChange.State.WAITING).select_related("approved_by")
    context = {
        "open_jobs": open_jobs,
        "waiting": waiting,
        "stuck": waiting.exists() and not open_jobs.filter(purpose=TrainingJob.Purpose.APPROVED).exists(),
        "refused": ExampleChange.objects.filter(state=ExampleChange.State.REFUSED).order_by("-pk")[:RECENT],
        "recent": TrainingJob.objects.exclude(state__in=OPEN).select_related("requested_by")[:RECENT],
        "page": page,
        "models": [(use, percent(use.archive.report["total"]["share"])) for use in page],
        "current": current_archive(),
        "is_approver": is_approver(_user(request)),
        "may_train": may_train(_user(request)),
    }
    return render(request, "training/overview.html", context)


@require_admin_access
@require_GET
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """One training: progress, or its report."""
    shown = get_object_or_404(TrainingJob.objects.select_related("requested_by"), pk=job_id)
    context = {
        "job": shown,
        "page": report_page(shown.report) if shown.report else None,
        "active": shown.state in OPEN,
        "may_cancel": _may_cancel(_user(request), shown),
    }
    return render(request, "training/job.html", context)


@require_admin_access
@require_http_methods(["GET", "POST"])
def try_out(request: HttpRequest, revision_id: int) -> HttpResponse:
    """What a draft's examples change; POST trains a model with them, which nobody else sees."""
    revision = get_object_or_404(Revision, pk=revision_id)
    content = revision.as_object()
    review = sentences_review(revision, content)
    if request.method == "POST":
        if not may_train(_user(request)):
            raise PermissionDenied
        if review is not None:
            jobs.enqueue_try_out(revision, review.tried, _user(request))
        return redirect("training:try_out", revision_id)
    context = {
        "review": review,
        "content": content,
        "edit_url": edit_url(content),
        "problems": content.missing_for_approval().get("examples", "") if review else "",
        "may_train": may_train(_user(request)),
    }
    return render(request, "training/try_out.html", context)


@require_admin_access
@require_POST
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Gives a training up."""
    wanted = get_object_or_404(TrainingJob, pk=job_id)
    if not _may_cancel(_user(request), wanted):
        raise PermissionDenied
    jobs.cancel(wanted, _user(request))
    messages.success(request, "Đã yêu cầu hủy. Mô hình đang dùng không thay đổi.")
    return redirect("training:job", job_id)


@require_admin_access
@require_POST
def train_again(request: HttpRequest) -> HttpResponse:
    """Trains the approved changes that still wait, after a training was cancelled or failed."""
    if not may_train(_user(request)):
        raise PermissionDenied
    return redirect("training:job", jobs.enqueue_approved(_user(request)).pk)


@require_admin_access
@require_POST
def use_again(request: HttpRequest, archive_id: int) -> HttpResponse:
    """Makes an earlier model the current one."""
    archive = get_object_or_404(ModelArchive, pk=archive_id)
    try:
        with_examples = go_back(archive, _user(request), request.POST.get("reason", "")[:200])
    except ReturnRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        kept = "Câu ví dụ cũng trở lại như khi đó." if with_examples else "Câu ví dụ thì giữ như hiện nay."
        messages.success(request, f"Đã dùng lại mô hình {archive}. {kept}")
    return redirect("training:overview")


def may_train(user: User) -> bool:
    """Whether the account may try drafts out: who writes and who approves."""
    return user.is_active and user.groups.filter(name__in=(EDITORS, APPROVERS)).exists()


def _may_cancel(user: User, job: TrainingJob) -> bool:
    """Approved changes are an approver's matter; a try-out is also that of who asked for it."""
    if job.state not in OPEN or job.cancel:
        return False
    return is_approver(user) or (job.purpose == TrainingJob.Purpose.TRY_OUT and job.requested_by == user)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user

"""The queue of trainings: asking for one, claiming it, keeping it, giving it up. At most one runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, QuerySet, Value, When
from wagtail.models import Revision

from contracts.clock import system_now
from newsroom.accounts.models import User
from newsroom.audit.models import Event
from newsroom.audit.record import record
from newsroom.training.models import TrainingJob

LEASE = timedelta(seconds=20)
MAX_ATTEMPTS = 3  # a training that ends its worker, for want of memory say, must not do so for ever
GAVE_UP = f"Việc huấn luyện bị ngắt {MAX_ATTEMPTS} lần. Hãy báo người quản trị máy chủ, rồi chạy lại."
State = TrainingJob.State
Purpose = TrainingJob.Purpose


def enqueue_approved(by: User) -> TrainingJob:
    """The training that will take all approved changes that wait; one that is queued already is enough."""
    queued = TrainingJob.objects.filter(purpose=Purpose.APPROVED, state=State.QUEUED, only=None).first()
    return queued or _enqueue(by, purpose=Purpose.APPROVED)


def enqueue_each(changes: list[Any], by: User) -> None:
    """A training of its own for each change: together they did not pass, and nobody knows which one is to blame."""
    for change in changes:
        _enqueue(by, purpose=Purpose.APPROVED, only=change)


def enqueue_try_out(revision: Revision, tried: str, by: User) -> TrainingJob:
    """A try-out of one draft, ``tried`` being its fingerprint; those of other drafts of the same content are given up."""
    of_same = TrainingJob.objects.filter(
        purpose=Purpose.TRY_OUT,
        state__in=(State.QUEUED, State.RUNNING),
        revision__base_content_type_id=revision.base_content_type_id,
        revision__object_id=revision.object_id,
    )
    current = of_same.filter(tried=tried, cancel=False).first()
    if current is not None:
        return current
    for job in of_same:
        cancel(job, by)
    return _enqueue(by, purpose=Purpose.TRY_OUT, revision=revision, tried=tried)


@transaction.atomic
def cancel(job: TrainingJob, by: User) -> None:
    """Gives a training up: a queued one at once, a running one as soon as its worker sees the wish."""
    queued = TrainingJob.objects.filter(pk=job.pk, state=State.QUEUED)
    running = TrainingJob.objects.filter(pk=job.pk, state=State.RUNNING)
    if queued.update(state=State.CANCELLED, finished_at=system_now()) or running.update(cancel=True):
        record(Event.Area.TRAINING, "training_cancelled", job, actor=by)


def claim(worker: str) -> TrainingJob | None:
    """The next training for this worker, approved changes first; None while another runs or nothing waits."""
    release_abandoned()
    if TrainingJob.objects.filter(state=State.RUNNING).exists():
        return None
    job = _queued().first()
    return job if job is not None and _take(job, worker) else None


def release_abandoned() -> None:
    """A training whose worker is gone (its lease has run out) waits again, or fails after too many attempts."""
    for job in TrainingJob.objects.filter(state=State.RUNNING, lease_until__lt=system_now()):
        held = TrainingJob.objects.filter(pk=job.pk, state=State.RUNNING, lease_until=job.lease_until)
        if job.cancel:
            _end(held, job, State.CANCELLED)
        elif job.attempts >= MAX_ATTEMPTS:
            _end(held, job, State.FAILED, message=GAVE_UP)
        else:
            held.update(state=State.QUEUED, step="", worker="")


def renew(job: TrainingJob, step: str) -> bool:
    """Keeps the lease and tells the step; whether the training is still this worker's."""
    return bool(_held(job).update(lease_until=system_now() + LEASE, step=step))


def should_stop(job: TrainingJob) -> bool:
    """Whether somebody cancelled it, or an approved change waits behind a try-out."""
    if TrainingJob.objects.filter(pk=job.pk, cancel=True).exists():
        return True
    return job.purpose == Purpose.TRY_OUT and _queued().filter(purpose=Purpose.APPROVED).exists()


def put_back(job: TrainingJob) -> None:
    """Ends a stopped training: cancelled if somebody wished so, else it waits again and the attempt does not count."""
    _end(_held(job).filter(cancel=True), job, State.CANCELLED)
    _held(job).update(state=State.QUEUED, step="", worker="", attempts=job.attempts - 1)


def finish(job: TrainingJob, state: str, *, report: dict[str, Any] | None = None, message: str = "") -> bool:
    """Ends a training; False when it is no longer this worker's, and then nothing it found may be used."""
    return _end(_held(job), job, state, message=message, report=report)


def running() -> TrainingJob | None:
    """The training that runs."""
    return TrainingJob.objects.filter(state=State.RUNNING).first()


@transaction.atomic
def _end(held: QuerySet[TrainingJob], job: TrainingJob, state: str, *, message: str = "", **fields: Any) -> bool:
    """Ends what is still held, and notes it; False when nothing was."""
    ended = {"state": state, "message": message, "finished_at": system_now(), "worker": "", **fields}
    if not held.update(**ended):
        return False
    record(Event.Area.TRAINING, "training_ended", job, detail=f"{State(state).label}. {message}".strip())
    return True


def _held(job: TrainingJob) -> QuerySet[TrainingJob]:
    """The training, while it runs and is still this worker's."""
    return TrainingJob.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker)


def _queued() -> QuerySet[TrainingJob]:
    urgency = Case(When(purpose=Purpose.APPROVED, then=Value(0)), default=Value(1))
    return TrainingJob.objects.filter(state=State.QUEUED).order_by(urgency, "pk")


def _take(job: TrainingJob, worker: str) -> bool:
    now = system_now()
    taken = {"state": State.RUNNING, "worker": worker, "lease_until": now + LEASE, "started_at": now}
    try:
        with transaction.atomic():
            waiting = TrainingJob.objects.filter(pk=job.pk, state=State.QUEUED)
            if not waiting.update(**taken, attempts=job.attempts + 1):
                return False
    except IntegrityError:  # another worker was faster with another training
        return False
    job.refresh_from_db()
    return True


def _enqueue(by: User, **fields: Any) -> TrainingJob:
    return TrainingJob.objects.create(requested_by=by, requested_at=system_now(), **fields)

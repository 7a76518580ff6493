"""The training worker: takes one training after the other from the queue. Idle, it only asks the database now and then."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from wagtail.models import Revision

from newsroom.training import archives, jobs, truth
from newsroom.training.changes import adopt, lists_in, refuse, waiting, wanted_lists
from newsroom.training.files import write_training_data
from newsroom.training.gate import gate_refusals
from newsroom.training.models import ExampleChange, TrainingJob
from newsroom.training.process import Training, clear, training
from newsroom.training.standing import Sentences

IDLE_S = 1.0
WATCH_S = 0.5
RENEW_S = 3.0
LONGEST_S = 1800.0  # a training takes a minute or two; one that hangs must not stop all others
log = structlog.get_logger(__name__)
State = TrainingJob.State
BROKEN_DATA = "Bộ máy không huấn luyện được với dữ liệu này: {problem}"
BROKEN_TRAINING = "Việc huấn luyện dừng giữa chừng (mã {code}). Hãy báo người quản trị máy chủ, rồi chạy lại."


def work(stopping: threading.Event) -> None:
    """Works until it is told to stop; a training that runs then waits for the next worker."""
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    while not stopping.is_set():
        job = jobs.claim(name)
        if job is None:
            stopping.wait(IDLE_S)
            continue
        run(job, stopping)


def run(job: TrainingJob, stopping: threading.Event) -> None:
    """Runs one claimed training to its end, or puts it back."""
    folder = Path(settings.VAR_DIR) / "newsroom" / "training" / str(job.pk)
    changes = waiting(job.only) if job.purpose == jobs.Purpose.APPROVED else []
    lists = wanted_lists(changes) if changes else _tried(job.revision)
    log.info("training_started", job=job.pk, purpose=job.purpose, changes=[change.pk for change in changes])
    if not lists:
        jobs.finish(job, State.DONE, message="Không có thay đổi nào cần huấn luyện.")
        return
    clear(folder)
    try:
        write_training_data(folder, lists)
        with training(folder) as running:
            if _watch(job, running, stopping):
                _finish(job, running, changes)
            else:
                running.stop()
                jobs.put_back(job)
                log.info("training_stopped", job=job.pk)
    finally:
        clear(folder)


def _tried(revision: Revision | None) -> Mapping[str, Sentences]:
    """Key → lists of the draft that is tried."""
    if revision is None:
        return {}
    content = revision.as_object()
    lists = lists_in(content)
    return {} if lists is None else {content.key: lists}


def _watch(job: TrainingJob, running: Training, stopping: threading.Event) -> bool:
    """Waits for the end, keeping the lease; False when the training has to make way."""
    started = renewed = time.monotonic()
    step = ""
    while not running.over:
        if stopping.wait(WATCH_S) or jobs.should_stop(job):
            return False
        now = time.monotonic()
        if now - started > LONGEST_S:
            running.stop()
        elif running.step != step or now - renewed > RENEW_S:
            step, renewed = running.step, now
            if not jobs.renew(job, step):
                return False
    return True


def _finish(job: TrainingJob, running: Training, changes: list[ExampleChange]) -> None:
    report = running.report()
    if report is None:
        _failed(job, running, changes)
    elif job.purpose == jobs.Purpose.TRY_OUT:
        jobs.finish(job, State.DONE, report=report)
    else:
        _judge(job, running.archive, report, changes)
    log.info("training_over", job=job.pk, seconds=_age(job))


def _failed(job: TrainingJob, running: Training, changes: list[ExampleChange]) -> None:
    """Data that the engine refuses is the change's fault; anything else is not, and the changes go on waiting."""
    log.error("training_failed", job=job.pk, code=running.process.returncode, log=str(running.log))
    if not running.problem:
        jobs.finish(job, State.FAILED, message=BROKEN_TRAINING.format(code=running.process.returncode))
        return
    _turn_down(job, changes, None, [BROKEN_DATA.format(problem=running.problem)])


def _judge(job: TrainingJob, archive: Path, report: dict[str, Any], changes: list[ExampleChange]) -> None:
    """Through the gate and live, or turned down; what is live changes in one transaction or not at all."""
    refusals = gate_refusals(report, {text for change in changes for text in change.questions})
    if refusals:
        log.warning("gate_refused", job=job.pk, reasons=refusals)  # figures, no sentences
        _turn_down(job, changes, report, refusals)
        return
    with transaction.atomic():
        if not jobs.finish(job, State.DONE, report=report):
            return
        row = archives.keep(archive, report, job.requested_by)
        adopt(changes, row)
        truth.keep(row.sha256)
        keys = ", ".join(change.key for change in changes)
        archives.activate(row, changes[-1].approved_by, f"Câu ví dụ: {keys}"[:200])
    log.info("model_activated", job=job.pk, archive=str(row))


@transaction.atomic
def _turn_down(
    job: TrainingJob, changes: list[ExampleChange], report: dict[str, Any] | None, reasons: list[str]
) -> None:
    """One change is refused; several are trained one by one, to find the one that is to blame."""
    message = " ".join(reasons)
    if len(changes) > 1:
        message += " Các thay đổi sẽ được huấn luyện riêng từng cái."
    tried = job.purpose == jobs.Purpose.TRY_OUT
    if not jobs.finish(job, State.FAILED if tried else State.REFUSED, report=report, message=message):
        return
    if len(changes) > 1:
        jobs.enqueue_each(changes, job.requested_by)
    else:
        for change in changes:
            refuse(change, message)


def _age(job: TrainingJob) -> float:
    return round(time.time() - job.started_at.timestamp(), 1) if job.started_at else 0.0

"""The queue of trainings: one at a time, approved changes first, surviving whoever worked on one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.clock import system_now
from newsroom.training import jobs
from newsroom.training.models import TrainingJob

State = TrainingJob.State


def state_of(job: TrainingJob) -> str:
    """As the database has it."""
    return TrainingJob.objects.get(pk=job.pk).state


def lose_worker(job: TrainingJob) -> None:
    """The lease ran out: its worker is gone."""
    TrainingJob.objects.filter(pk=job.pk).update(lease_until=system_now() - timedelta(seconds=1))


def test_it_takes_approved_changes_before_try_outs_and_one_at_a_time(draft: Any, staff: Any) -> None:
    trial = jobs.enqueue_try_out(draft().latest_revision, "a", staff.editor)
    approved = jobs.enqueue_approved(staff.approver)
    assert jobs.claim("a") == approved
    assert jobs.claim("b") is None
    assert jobs.finish(TrainingJob.objects.get(pk=approved.pk), State.DONE)
    assert jobs.claim("b") == trial


def test_it_queues_one_training_for_all_changes_that_wait(staff: Any) -> None:
    assert jobs.enqueue_approved(staff.approver) == jobs.enqueue_approved(staff.second_approver)


def test_it_makes_a_try_out_wait_when_a_change_is_approved_but_never_the_reverse(draft: Any, staff: Any) -> None:
    jobs.enqueue_try_out(draft().latest_revision, "a", staff.editor)
    trial = jobs.claim("a")
    assert trial is not None
    assert not jobs.should_stop(trial)
    jobs.enqueue_approved(staff.approver)
    assert jobs.should_stop(trial)
    jobs.put_back(trial)
    assert (state_of(trial), TrainingJob.objects.get(pk=trial.pk).attempts) == (State.QUEUED, 0)
    approved = jobs.claim("a")
    assert approved is not None
    assert approved.purpose == "approved"
    assert not jobs.should_stop(approved)


def test_it_cancels_a_waiting_training_at_once_and_a_running_one_by_its_worker(staff: Any) -> None:
    waiting = jobs.enqueue_approved(staff.approver)
    jobs.cancel(waiting, staff.editor)
    assert state_of(waiting) == State.CANCELLED
    jobs.enqueue_approved(staff.approver)
    running = jobs.claim("a")
    assert running is not None
    jobs.cancel(running, staff.editor)
    assert (state_of(running), jobs.should_stop(running)) == (State.RUNNING, True)
    jobs.put_back(running)
    assert state_of(running) == State.CANCELLED


def test_it_gives_a_training_to_the_next_worker_when_the_first_is_gone(staff: Any) -> None:
    jobs.enqueue_approved(staff.approver)
    first = jobs.claim("a")
    assert first is not None
    assert jobs.claim("b") is None
    lose_worker(first)
    second = jobs.claim("b")
    assert second == first
    assert not jobs.renew(first, "training")
    assert not jobs.finish(first, State.DONE)
    assert state_of(first) == State.RUNNING


def test_it_gives_up_when_a_training_has_ended_its_worker_three_times(staff: Any) -> None:
    jobs.enqueue_approved(staff.approver)
    for _ in range(jobs.MAX_ATTEMPTS):
        job = jobs.claim("a")
        assert job is not None
        lose_worker(job)
    assert jobs.claim("a") is None
    assert (state_of(job), TrainingJob.objects.get().message) == (State.FAILED, jobs.GAVE_UP)


def test_it_cancels_a_cancelled_training_whose_worker_is_gone(staff: Any) -> None:
    jobs.enqueue_approved(staff.approver)
    job = jobs.claim("a")
    assert job is not None
    jobs.cancel(job, staff.editor)
    lose_worker(job)
    assert (jobs.claim("a"), state_of(job)) == (None, State.CANCELLED)


def test_it_drops_the_try_out_of_an_older_draft_when_a_newer_one_is_tried(draft: Any, edit: Any, staff: Any) -> None:
    content = draft()
    older = jobs.enqueue_try_out(content.latest_revision, "a", staff.editor)
    assert jobs.enqueue_try_out(content.latest_revision, "a", staff.editor) == older
    newer = jobs.enqueue_try_out(edit(content, staff.editor, text="Mới."), "b", staff.editor)
    assert (state_of(older), state_of(newer)) == (State.CANCELLED, State.QUEUED)


@pytest.mark.django_db
def test_it_claims_nothing_when_nothing_waits() -> None:
    assert jobs.claim("a") is None

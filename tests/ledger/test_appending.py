"""Ids become visible in order, whatever the order of the commits; two processes can write at once."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import close_old_connections, connections

from ledger.appending import append, locked_conversation
from ledger.conversations import find_or_open
from ledger.inbound import ResidentMessage, receive
from ledger.models import Author, Entry
from ledger.reading import touched_after


@pytest.mark.skipif(
    os.environ.get("TEST_DATABASE", "sqlite") == "sqlite",
    reason="SQLite has one writer at a time; runs with TEST_DATABASE=postgresql",
)
def test_a_cursor_skips_no_row_when_two_appends_would_commit_in_reverse_order(now: datetime) -> None:
    first, second = find_or_open("web", "a", now), find_or_open("web", "b", now)
    appended, may_commit = threading.Event(), threading.Event()
    seen: list[int] = []

    def slow() -> None:
        with locked_conversation(first.pk) as locked:
            append(locked, at=now, author=Author.RESIDENT, text="chậm")
            appended.set()
            may_commit.wait(10)
        connections["ledger"].close()

    def fast() -> None:
        appended.wait(10)
        with locked_conversation(second.pk) as locked:
            append(locked, at=now, author=Author.RESIDENT, text="nhanh")
        connections["ledger"].close()

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(slow), pool.submit(fast)]
        appended.wait(10)
        seen.extend(row for row, _ in touched_after(0))
        may_commit.set()
        for job in jobs:
            job.result(20)
    seen.extend(row for row, _ in touched_after(max(seen, default=0)))

    assert seen == list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    assert len(seen) == 2


def test_many_threads_append_without_an_error_or_a_loss(now: datetime) -> None:
    conversations = [find_or_open("web", str(number), now).pk for number in range(8)]

    def write(job: int) -> None:
        close_old_connections()
        message = ResidentMessage(external_id=str(job), text="hỏi")
        receive(conversations[job % 8], message, None, now)
        connections["ledger"].close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(160)))

    assert Entry.objects.count() == 160

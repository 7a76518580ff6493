"""Files on their way from a provider: claimed once, tried again a few times, gone when erased."""

from __future__ import annotations

from datetime import datetime, timedelta

from ledger.conversations import find_or_open
from ledger.erasing import erase
from ledger.inbound import ResidentMessage, receive
from ledger.models import FileState, SentFile
from ledger.sent_files import (
    LEASE,
    PAUSES,
    ForeignFile,
    kept,
    name_file,
    next_fetch,
    owns_file,
    put_off,
    refused,
)

STORED = "0" * 40 + ".png"


def _sent(now: datetime, address: str = "1:2") -> str:
    conversation_id = str(find_or_open("zalo", address, now).pk)
    file = ForeignFile(kind="image", url="https://a.zdn.vn/1", name="ảnh.png")
    receive(conversation_id, ResidentMessage(external_id="m1", text="", files=(file,)), None, now)
    return conversation_id


def test_a_file_is_claimed_by_one_and_comes_back_when_that_one_died(now: datetime) -> None:
    _sent(now)

    first = next_fetch(now)
    assert first is not None
    assert (first.kind, first.url, first.tries) == ("image", "https://a.zdn.vn/1", 1)
    assert next_fetch(now) is None
    again = next_fetch(now + LEASE)
    assert again is not None
    assert (again.id, again.tries) == (first.id, 2)


def test_a_kept_file_belongs_to_its_conversation_and_forgets_its_address(now: datetime) -> None:
    conversation_id, other = _sent(now), _sent(now, "1:3")
    fetch = next_fetch(now)
    assert fetch is not None

    assert name_file(fetch.id, STORED, 7)
    assert kept(fetch.id)

    row = SentFile.objects.get(pk=fetch.id)
    assert (row.state, row.url, row.stored, row.size) == (FileState.KEPT, "", STORED, 7)
    assert owns_file(fetch.conversation_id, STORED)
    assert not owns_file(other if fetch.conversation_id == conversation_id else conversation_id, STORED)


def test_it_tries_again_some_times_and_then_gives_up(now: datetime) -> None:
    _sent(now)
    for pause in PAUSES:
        fetch = next_fetch(now)
        assert fetch is not None
        assert put_off(fetch, "unreachable", now)
        assert next_fetch(now) is None
        now += pause

    last = next_fetch(now)
    assert last is not None
    assert not put_off(last, "unreachable", now)
    row = SentFile.objects.get()
    assert (row.state, row.url, row.reason) == (FileState.REFUSED, "", "unreachable")
    assert next_fetch(now + timedelta(days=1)) is None


def test_erasing_takes_the_file_at_whatever_stage_it_is(now: datetime) -> None:
    for address, stage in (("1:1", "waiting"), ("1:2", "named"), ("1:3", "kept"), ("1:4", "refused")):
        conversation_id = _sent(now, address)
        fetch = next_fetch(now)
        assert fetch is not None
        if stage in ("named", "kept"):
            assert name_file(fetch.id, STORED, 7)
        if stage == "kept":
            assert kept(fetch.id)
        if stage == "refused":
            refused(fetch.id, "size")

        assert erase(conversation_id, now) == ([STORED] if stage in ("named", "kept") else [])

        assert not kept(fetch.id)
        assert not name_file(fetch.id, STORED, 7)
        row = SentFile.objects.get(pk=fetch.id)
        assert (row.url, row.name, row.stored, row.size) == ("", "", "", 0)

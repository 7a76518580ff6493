"""The ledger's disk is full, its file missing, damaged or taken away: the real gateway says so, stays, and goes on by itself."""

from __future__ import annotations

import json
import os
import resource
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.readiness import connect_zalo
from tests.support.lone_gateway import QUESTION, LoneGateway, lone_gateway
from tests.support.resident import Resident
from tests.support.sandbox_phone import SandboxPhone

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(os.environ.get("TEST_DATABASE") == "postgresql", reason="about SQLite's file"),
]

PHONES = 5
REFUSED = "event not taken, zalo will repeat it"


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[LoneGateway]:
    """Gateway and sandbox, not started."""
    with lone_gateway(tmp_path) as programs:
        yield programs


def _phones(programs: LoneGateway) -> list[SandboxPhone]:
    return [SandboxPhone(programs.sandbox, f"Người dân {number}") for number in range(PHONES)]


def _answers(phone: SandboxPhone) -> int:
    return len([message for message in phone.transcript() if message["author"] == "oa"])


def _each_has(programs: LoneGateway, phones: list[SandboxPhone], answers: int) -> None:
    programs.wait_until(lambda: all(_answers(phone) >= answers for phone in phones), f"{answers} answers on each phone")
    assert [_answers(phone) for phone in phones] == [answers] * len(phones)


def test_a_full_disk_loses_and_doubles_nothing_and_ends_by_itself(programs: LoneGateway) -> None:
    programs.migrate()
    programs.start_both()
    phones = _phones(programs)
    for phone in phones:
        phone.ask(QUESTION)

    _fill_disk(programs, 64 * 1024)
    programs.wait_for_ledger("disk error", "disk full")
    for phone in phones:
        phone.say("F0 là gì?")
    programs.wait_until(lambda: bool(programs.logged(REFUSED)), "a refused webhook")
    status, error = _open_session(programs)
    usable = programs.metric("tincay_ledger_usable")
    _fill_disk(programs, resource.RLIM_INFINITY)
    programs.wait_for_ledger("ok")

    assert (status, error) == (503, "not_ready")
    assert usable == 0
    assert programs.logged("ledger not usable")[0]["ledger"] == str(programs.ledger)
    assert programs.logged("ledger works again")
    assert not programs.logged("turn failed")  # a traceback each second would need the room that there is not
    _each_has(programs, phones, 2)
    assert Resident(programs.gateway).ask(QUESTION)["text"]


def test_a_missing_file_is_named_and_not_made_by_who_only_uses_it(programs: LoneGateway) -> None:
    programs.start("gateway")
    programs.wait_for_ledger("file missing")
    status, _ = programs.ledger_check()
    (line,) = programs.logged("ledger not usable")

    assert status == 503
    assert (line["ledger"], line["reason"]) == (str(programs.ledger), "file missing")
    assert "python -m ledger migrate" in str(line["do"])
    assert "ledger not usable: file missing" in connect_zalo(programs.environment)
    assert not programs.ledger.exists()

    programs.migrate()
    programs.wait_for_ledger("ok")


def test_a_damaged_file_is_named_and_left_as_it_is(programs: LoneGateway) -> None:
    programs.migrate()
    whole = programs.ledger.read_bytes()
    damaged = b"\x00" * 4096 + whole[4096:]
    programs.ledger.write_bytes(damaged)
    programs.start("sandbox")
    programs.start("gateway")
    programs.wait_for_ledger("file damaged")
    (line,) = programs.logged("ledger not usable")

    assert (line["ledger"], line["reason"]) == (str(programs.ledger), "file damaged")
    assert "restore the last backup" in str(line["do"])
    assert programs.ledger.read_bytes() == damaged

    _put_back(programs, whole)
    programs.wait_for_ledger("ok")
    assert not connect_zalo(programs.environment)
    phone = SandboxPhone(programs.sandbox, "Lan")
    assert phone.ask(QUESTION)["text"]


def test_a_file_that_is_taken_away_takes_no_message_with_it(programs: LoneGateway) -> None:
    programs.migrate()
    programs.start_both()
    phones = _phones(programs)
    for phone in phones:
        phone.ask(QUESTION)

    away = _move_away(programs)
    for phone in phones:
        phone.say("F0 là gì?")
    programs.wait_for_ledger("file missing")
    programs.wait_until(lambda: bool(programs.logged(REFUSED)), "a refused webhook")
    assert not programs.ledger.exists()
    for name, moved in away.items():
        moved.rename(name)
    programs.wait_for_ledger("ok")

    _each_has(programs, phones, 2)


def _fill_disk(programs: LoneGateway, most_bytes: int) -> None:
    """No file of the gateway may grow beyond this, as on a disk without room; without the right to make small disks."""
    resource.prlimit(programs.pid("gateway"), resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))


def _open_session(programs: LoneGateway) -> tuple[int, str]:
    """Status and error of a browser that comes now."""
    request = urllib.request.Request(f"{programs.gateway}/chat/v1/sessions", method="POST")
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)["error"]


def _put_back(programs: LoneGateway, content: bytes) -> None:
    """As docs/operations.md says: into an empty place, whole, without what belonged to the damaged one."""
    for end in ("-wal", "-shm"):
        programs.ledger.with_name(programs.ledger.name + end).unlink(missing_ok=True)
    backup = programs.ledger.with_name("backup")
    backup.write_bytes(content)
    backup.replace(programs.ledger)


def _move_away(programs: LoneGateway) -> dict[Path, Path]:
    files = list(programs.ledger.parent.glob(programs.ledger.name + "*"))
    return {file: file.rename(file.with_name("moved-" + file.name)) for file in files}

"""PostgreSQL is restarted while residents write: every message is answered once, and the gateway goes on by itself."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.lone_gateway import QUESTION, LoneGateway, lone_gateway
from tests.support.postgres import PostgresServer, create_database, running_server
from tests.support.sandbox_phone import SandboxPhone

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(os.environ.get("TEST_DATABASE") != "postgresql", reason="about PostgreSQL"),
]

PHONES, QUESTIONS = 10, 6
AWAY_S = 3.0


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    with running_server() as server:
        yield server


@pytest.fixture
def programs(server: PostgresServer, tmp_path: Path) -> Iterator[LoneGateway]:
    """Gateway and sandbox, connected, on this server."""
    # The platform repeats after 0.3, 3, 9, 18 and 36 seconds.
    own = {"LEDGER_DATABASE_URL": create_database(server.url, "ledger"), "SANDBOX_SPEED": "100"}
    with lone_gateway(tmp_path, own) as programs:
        programs.migrate()
        programs.start_both()
        yield programs


def test_messages_before_during_and_after_a_restart_are_answered_once_each(
    server: PostgresServer, programs: LoneGateway
) -> None:
    phones = [SandboxPhone(programs.sandbox, f"Người dân {number}") for number in range(PHONES)]
    talk = threading.Thread(target=_talk, args=(phones,))
    talk.start()
    time.sleep(1.0)

    server.stop()
    programs.wait_for_ledger("away")
    status, _ = programs.ledger_check()
    time.sleep(AWAY_S)
    server.start()
    programs.wait_for_ledger("ok")
    talk.join(60)
    programs.wait_until(lambda: min(_answers(phones)) >= QUESTIONS, "an answer to each question", patience_s=90)
    time.sleep(2)  # what would come twice comes now

    assert status == 503
    assert programs.logged("event not taken, zalo will repeat it")
    assert programs.logged("ledger works again")
    assert _answers(phones) == [QUESTIONS] * PHONES


def _talk(phones: list[SandboxPhone]) -> None:
    """Each asks its questions, one every second."""
    for _ in range(QUESTIONS):
        for phone in phones:
            phone.say(QUESTION)
        time.sleep(1.0)


def _answers(phones: list[SandboxPhone]) -> list[int]:
    return [len([one for one in phone.transcript() if one["author"] == "oa"]) for phone in phones]

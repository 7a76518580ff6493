"""The substitute of the engine: what it needs is there before somebody needs it."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from connectors.relay import degraded
from connectors.relay.degraded import DegradedAnswers
from connectors.relay.keyword_index import Index
from connectors.snapshot.texts import GatewayTexts
from contracts.snapshot import SnapshotCopy
from tests.connectors.conftest import DEMO
from tests.support.content_pack import shipped_snapshot

QUESTION = "f1 phải cách ly mấy ngày"


def _answers() -> DegradedAnswers:
    return DegradedAnswers(GatewayTexts(SnapshotCopy(Path("unused"), shipped_snapshot()), DEMO))


async def test_it_makes_its_index_beside_the_event_loop_when_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    makers = list[threading.Thread]()

    def make(*given: Any) -> Index:
        makers.append(threading.current_thread())
        return Index(*given)

    async def one_round(_seconds: float) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(degraded, "Index", make)
    monkeypatch.setattr("connectors.relay.degraded.asyncio.sleep", one_round)
    answers = _answers()
    with pytest.raises(asyncio.CancelledError):
        await answers.run()

    assert answers.ranked(QUESTION)[0][0].key == "cach_ly/f1"
    assert len(makers) == 1
    assert makers != [threading.main_thread()]


def test_it_ranks_also_before_it_runs() -> None:
    assert _answers().ranked(QUESTION)[0][0].key == "cach_ly/f1"

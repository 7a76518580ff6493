"""The JSON examples that both Pythons read: what one side writes, the other understands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contracts.snapshot import snapshot_from_json, snapshot_to_json
from contracts.turn import reply_from_json, reply_to_json, request_from_json, request_to_json

GOLDEN = Path(__file__).parent / "golden"


def _golden(name: str) -> Any:
    return json.loads((GOLDEN / name).read_text("utf-8"))


def test_it_reads_and_writes_the_turn_request() -> None:
    body = _golden("turn_request.json")

    assert request_to_json(request_from_json(body)) == body


def test_it_reads_and_writes_the_turn_reply() -> None:
    body = _golden("turn_reply.json")

    assert reply_to_json(reply_from_json(body)) == body


def test_it_reads_and_writes_the_snapshot_with_its_fingerprints() -> None:
    body = _golden("snapshot.json")

    assert snapshot_to_json(snapshot_from_json(body)) == body

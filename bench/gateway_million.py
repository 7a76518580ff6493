"""Turns with a ledger of a million messages beside turns with an empty one: two gateways that differ in nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.gateway_runs import Measured, Run, load, one_more_gateway, own_settings
from bench.ledger_filling import MESSAGES, fill
from bench.turns import questions
from tests.support.stack import Stack

ROUNDS, SECONDS = 5, 4


def million(stack: Stack) -> Measured:
    """One resident at a time; the two take turns, the first round is not counted."""
    order: dict[str, Any] = {"kind": "turns", "at_once": 1, "seconds": SECONDS, "questions": list(questions())}
    with_little, with_much = own_settings(stack, "empty"), own_settings(stack, "filled")
    fill(Path(with_much["VAR_DIR"]) / "ledger.sqlite3")
    runs: dict[str, list[Run]] = {"empty": [], "filled": []}
    with one_more_gateway(with_little) as empty, one_more_gateway(with_much) as filled:
        for _ in range(ROUNDS + 1):
            for name, url in {"empty": empty, "filled": filled}.items():
                runs[name].append(load(stack.environment, urls=[url], **order))
    found = Measured(runs={name: measured[1:] for name, measured in runs.items()})
    what = f"turn with {MESSAGES:,} messages in the ledger, p50 ms"
    found.compare(what, "p50_ms", "filled", "empty", at_most=1.3)
    found.compare("  p95 ms", "p95_ms", "filled", "empty", at_most=1.3)
    return found

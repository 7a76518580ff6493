"""Webhooks acknowledged, after a commit that has reached the disk, beside a bare aiohttp and sqlite3 (``gateway_bare.py``).

64 connections that send as fast as they are answered, and 1,000 events a second whether or not earlier ones are answered
(the time counts from when an event was due). The gateway works on each of them meanwhile; what is left of the work is
dropped between the runs, because it would take minutes.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from statistics import median

from bench.gateway_runs import Measured, Row, Run, load, program
from deploy.ports import free_port
from tests.support.stack import Stack

ROUNDS, SECONDS, CONNECTIONS = 5, 3, 64
RATE, RATE_ROUNDS, RATE_SECONDS, RESIDENTS = 1000, 3, 4, 1000
FIRST_USER = 7_500_000_000_000_000_000
P99_MS = 50.0


def webhooks(stack: Stack) -> Measured:
    """At full speed, then at the fixed rate."""
    url, environment = stack.environment["SANDBOX_WEBHOOK_URL"], stack.environment
    full: dict[str, list[Run]] = {"bare": [], "gateway": []}
    fixed: dict[str, list[Run]] = {"bare at rate": [], "gateway at rate": []}
    for number in range(ROUNDS):
        with _bare_server(stack, f"full-{number}") as bare:
            full["bare"].append(load(environment, kind="webhooks", url=bare, connections=CONNECTIONS, seconds=SECONDS))
        full["gateway"].append(load(environment, kind="webhooks", url=url, connections=CONNECTIONS, seconds=SECONDS))
        _set_down(stack)
    for number in range(RATE_ROUNDS):
        with _bare_server(stack, f"rate-{number}") as bare:
            fixed["bare at rate"].append(_at_rate(stack, bare))
        fixed["gateway at rate"].append(_at_rate(stack, url))
        _set_down(stack)
    found = Measured(runs={**full, **fixed})
    found.compare(f"webhooks acknowledged/s, {CONNECTIONS} connections", "per_s", "gateway", "bare", at_least=0.5)
    found.compare(f"  p99 ms, {CONNECTIONS} connections", "p99_ms", "gateway", "bare")
    found.compare(f"webhooks at {RATE:,}/s, p50 ms", "p50_ms", "gateway at rate", "bare at rate")
    worst = {name: median(run["p99_ms"] for run in runs) for name, runs in fixed.items()}
    refused = sum(run["not_200"] for run in fixed["gateway at rate"])
    ours, other = worst["gateway at rate"], worst["bare at rate"]
    met = ours <= P99_MS and not refused
    ratio = round(ours / other, 2) if other else 0.0
    found.rows.append(Row(f"  p99 ms, {refused:.0f} not 200", ours, other, ratio, f"≤ {P99_MS:.0f} ms", met))
    found.compare("  of that the generator's own, p99 ms", "late_p99_ms", "gateway at rate", "bare at rate")
    return found


def _at_rate(stack: Stack, url: str) -> Run:
    environment = {**stack.environment, "SANDBOX_WEBHOOK_URL": url}
    order = {"rate": RATE, "seconds": RATE_SECONDS, "residents": RESIDENTS, "first_user": FIRST_USER}
    return load(environment, "bench.webhook_load", kind="rate", **order)


@contextmanager
def _bare_server(stack: Stack, name: str) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "bench.gateway_bare", str(port), str(stack.folder / f"{name}.sqlite3")]
    with program(command, stack.environment, f"http://127.0.0.1:{port}/"):
        yield f"http://127.0.0.1:{port}/zalo/webhook"


def _set_down(stack: Stack) -> None:
    """Drops the work that a run left behind, in the ledger and, by a new start, in the gateway's memory.

    A gateway that is flooded longer than it can work keeps 20,000 events and sends further ones back, as it should.
    """
    stack.kill("gateway")
    with closing(sqlite3.connect(f"{stack.environment['VAR_DIR']}/ledger.sqlite3", timeout=60)) as ledger:
        ledger.execute("UPDATE ledger_inboundevent SET body = NULL, lane = '' WHERE body IS NOT NULL")
        ledger.execute("UPDATE ledger_entry SET handled_at = at WHERE handled_at IS NULL AND author = 'resident'")
        ledger.execute("UPDATE ledger_conversation SET unhandled = 0 WHERE unhandled")
        ledger.execute(
            "UPDATE ledger_delivery SET state = 'cancelled' WHERE state IN ('pending', 'sending', 'uncertain')"
        )
        ledger.commit()
    stack.start("gateway")
    stack.wait_ready()

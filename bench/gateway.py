"""``make bench-gateway [ARGS="webhooks turns million streams"]``: what the gateway costs, as ratios in one run.

Webhooks acknowledged per second from 64 connections beside a bare aiohttp and sqlite3 server (``gateway_bare.py``); turns
per second through gateway, engine and actions beside the engine's own turn endpoint; the same with a ledger of a
million messages; memory with 5,000 open event streams. Runs that are compared take turns; medians are printed.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from bench.turns import questions
from bench.zalo import drained
from deploy.environment import ROOT
from tests.support.postgres import free_port
from tests.support.stack import Stack, resident_megabytes, running_stack

ROUNDS, SECONDS, AT_ONCE, CONNECTIONS, STREAMS = 5, 5, 8, 64, 5000
MILLION, CONVERSATIONS, CHUNK = 1_000_000, 10_000, 50_000
PARTS = ("webhooks", "turns", "streams", "million")


def main() -> None:
    """Prints one JSON object; ``load_1_min`` tells how busy the machine was with other things before."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: ended"))  # so that the programs end too
    parts = sys.argv[1:] or list(PARTS)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(limits[1], limits[0]), limits[1]))  # a file for each stream
    figures: dict[str, Any] = {"load_1_min": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory(prefix="tincay-bench-") as folder, running_stack(Path(folder)) as stack:
        time.sleep(5)
        measures = {"turns": _turns, "streams": _streams, "webhooks": _webhooks, "million": _million}
        for name, measure in measures.items():
            if name in parts:
                figures[name] = measure(stack)
                print(f"{name}: {json.dumps(figures[name])}", file=sys.stderr, flush=True)
    json.dump(figures, sys.stdout, indent=2)
    print()


def _webhooks(stack: Stack) -> dict[str, Any]:
    """Text messages: the gateway works on each of them meanwhile."""
    ours, bare = [], []
    for number in range(ROUNDS):
        with _bare_server(stack.folder / f"bare-{number}.sqlite3") as url:
            bare.append(_load(stack, kind="webhooks", url=url, connections=CONNECTIONS, seconds=SECONDS))
        url = stack.environment["SANDBOX_WEBHOOK_URL"]
        ours.append(_load(stack, kind="webhooks", url=url, connections=CONNECTIONS, seconds=SECONDS))
        drained(stack)
    return _compared("gateway", ours, "bare", bare)


def _turns(stack: Stack) -> dict[str, Any]:
    asked = list(questions())
    ours, engine = [], []
    for _ in range(ROUNDS):
        engine_url = stack.environment["ENGINE_URL"]
        engine.append(_load(stack, kind="engine", url=engine_url, at_once=AT_ONCE, seconds=SECONDS, questions=asked))
        ours.append(_load(stack, kind="turns", url=stack.gateway, at_once=AT_ONCE, seconds=SECONDS, questions=asked))
    return _compared("gateway", ours, "engine alone", engine)


def _million(stack: Stack) -> dict[str, Any]:
    """The same turns one at a time, before and after a million messages of others are in the ledger."""
    asked = list(questions())
    order = {"kind": "turns", "url": stack.gateway, "at_once": 1, "seconds": SECONDS, "questions": asked}
    before = [_load(stack, **order) for _ in range(ROUNDS)]
    _fill(stack)
    after = [_load(stack, **order) for _ in range(ROUNDS)]
    return _compared("a million messages", after, "few messages", before)


def _streams(stack: Stack) -> dict[str, Any]:
    before = resident_megabytes(stack.pid("gateway"))
    order = json.dumps({"kind": "streams", "url": stack.gateway, "count": STREAMS})
    with _loader(stack) as load:
        assert load.stdin is not None
        assert load.stdout is not None
        load.stdin.write(order + "\n")
        load.stdin.flush()
        opened = json.loads(load.stdout.readline())["open"]
        time.sleep(5)
        during = resident_megabytes(stack.pid("gateway"))
        load.stdin.close()
        load.wait(60)
    return {"open": opened, "gateway_mb_before": round(before), "gateway_mb": round(during)}


def _compared(name: str, ours: list[dict[str, float]], other: str, theirs: list[dict[str, float]]) -> dict[str, Any]:
    first, second = _medians(ours), _medians(theirs)
    ratio = round(first["per_s"] / second["per_s"], 2)
    return {name: first, other: second, "per_s_ratio": ratio, "p95_ratio": round(first["p95_ms"] / second["p95_ms"], 2)}


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {key: median(run[key] for run in runs) for key in runs[0]}


def _load(stack: Stack, **order: Any) -> dict[str, float]:
    with _loader(stack) as load:
        printed, _ = load.communicate(json.dumps(order) + "\n")
        assert load.returncode == 0, f"the load ended with {load.returncode}"
    return dict(json.loads(printed))


def _loader(stack: Stack) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.gateway_load"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=stack.environment, stdin=pipe, stdout=pipe, text=True)


@contextmanager
def _bare_server(file: Path) -> Iterator[str]:
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "bench.gateway_bare", str(port), str(file)], cwd=ROOT)
    try:
        time.sleep(2)
        yield f"http://127.0.0.1:{port}/zalo/webhook"
    finally:
        server.terminate()
        server.wait(10)


def _fill(stack: Stack) -> None:
    """Others' conversations, a hundred messages each; in pieces, because the product goes on working."""
    with closing(sqlite3.connect(f"{stack.environment['VAR_DIR']}/ledger.sqlite3", timeout=60)) as ledger:
        sample = "SELECT printf('filled%d', value), 'web', printf('filled%d', value)"
        ledger.execute(
            "INSERT INTO ledger_conversation (id, channel, address, state, reason, owner_id, owner_name, unhandled,"
            f" lease_by, created_at) {sample}, 'bot', '', '', '', 0, '', '2026-01-01 00:00:00'"
            f" FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < {CONVERSATIONS})"
            " SELECT value FROM n)"
        )
        ledger.commit()
        for begin in range(0, MILLION, CHUNK):
            ledger.execute(
                "INSERT INTO ledger_entry (conversation_id, kind, at, author, actor, text, buttons, image, meta,"
                " body_sha256, release, handled_at) SELECT printf('filled%d', 1 + value % ?), 'message',"
                " '2026-01-01 00:00:00', CASE value % 2 WHEN 0 THEN 'resident' ELSE 'bot' END, '', printf('câu %d', value),"
                " '[]', '', '{}', '', '', '2026-01-01 00:00:00' FROM (WITH RECURSIVE n(value) AS (SELECT ? UNION ALL"
                " SELECT value + 1 FROM n WHERE value < ?) SELECT value FROM n)",
                (CONVERSATIONS, begin, begin + CHUNK - 1),
            )
            ledger.commit()


if __name__ == "__main__":
    main()

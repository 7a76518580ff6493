"""Memory of the gateway with 5,000 open event streams, and what they cost while nothing happens."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from bench.gateway_runs import Measured, Row, load, loader
from bench.turns import questions
from tests.support.stack import Stack, resident_megabytes

STREAMS, IDLE_S, MEMORY_MB = 5000, 30, 400.0
ROUNDS, SECONDS = 3, 4
PATIENCE_S = 180


def streams(stack: Stack) -> Measured:
    """Before, and with all of them open."""
    pid = stack.pid("gateway")
    order: dict[str, Any] = {"kind": "turns", "urls": [stack.gateway], "at_once": 1, "seconds": SECONDS}
    order["questions"] = list(questions())
    before, idle_before = resident_megabytes(pid), _busy_percent(pid)
    alone = [load(stack.environment, **order) for _ in range(ROUNDS + 1)][1:]
    with loader(stack.environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"kind": "streams", "url": stack.gateway, "count": STREAMS}) + "\n")
        process.stdin.flush()
        opened = json.loads(process.stdout.readline())["open"]
        time.sleep(5)
        during, idle = resident_megabytes(pid), _busy_percent(pid)
        beside = [load(stack.environment, **order) for _ in range(ROUNDS)]
        process.stdin.close()
        process.wait(PATIENCE_S)
    met = during <= MEMORY_MB and opened == STREAMS
    found = Measured(runs={"no streams": alone, "streams": beside})
    memory = Row(
        f"gateway's memory with {opened:,} event streams, MB",
        round(during),
        round(before),
        None,
        f"≤ {MEMORY_MB:.0f}",
        met,
    )
    busy = Row("  its use of one core while they are idle, %", idle, idle_before)
    found.rows += [memory, busy]
    found.compare("  a turn meanwhile, p50 ms, beside none open", "p50_ms", "streams", "no streams")
    return found


def _busy_percent(pid: int) -> float:
    """Processor time of a process while nothing happens, as a share of one core."""
    begin = _ticks(pid)
    time.sleep(IDLE_S)
    return round(100 * (_ticks(pid) - begin) / os.sysconf("SC_CLK_TCK") / IDLE_S, 1)


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])  # utime and stime, proc(5)

"""``make bench-gateway [ARGS="turns engines streams webhooks million"]``: what the gateway costs, as ratios in one run.

Each part is in a module of its own, ``gateway_<part>.py``; without ARGS all of them, in about ten minutes. Runs that are
compared take turns and their medians are printed, beside the goals; every run is kept in ``var/bench/gateway.json``. A
part that breaks off is reported, the others go on.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bench.gateway_million import million
from bench.gateway_runs import Measured, Row
from bench.gateway_streams import streams
from bench.gateway_turns import engines, turns
from bench.gateway_webhooks import webhooks
from deploy.environment import ROOT, installation_environment
from deploy.prepare import shipped_model
from tests.support.stack import Stack, running_stack

PARTS: dict[str, Callable[[Stack], Measured]] = {
    "turns": turns,
    "engines": engines,
    "streams": streams,
    "million": million,
    "webhooks": webhooks,  # the last one: it leaves thousands of conversations in the ledger
}
# What limits one resident, and the stand-in of Zalo, would end the load.
UNLIMITED = {"MESSAGES_PER_MINUTE": "1000", "SANDBOX_CALLS_PER_MINUTE": "100000"}


def main() -> int:
    """Prints the table; 1 when a part broke off."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: ended"))  # so that the programs end too
    chosen = sys.argv[1:] or list(PARTS)
    if unknown := set(chosen) - set(PARTS):
        sys.exit(f"bench: no part {' '.join(sorted(unknown))}; parts are {' '.join(PARTS)}")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(limits[1], limits[0]), limits[1]))  # a file for each stream
    os.environ["SHIPPED_MODEL"] = os.environ.get("SHIPPED_MODEL") or shipped_model(installation_environment(os.environ))
    print(f"{'':66s}{'ours':>9s}{'beside':>10s}{'ratio':>8s}  goal", flush=True)
    with tempfile.TemporaryDirectory(prefix="tincay-bench-") as folder, running_stack(Path(folder), UNLIMITED) as stack:
        time.sleep(5)
        broken = [name for name, measure in PARTS.items() if name in chosen and not _measures(name, measure, stack)]
    return 1 if broken else 0


def _measures(name: str, measure: Callable[[Stack], Measured], stack: Stack) -> bool:
    begin, load_before = time.monotonic(), os.getloadavg()[0]
    try:
        found = measure(stack)
    except Exception:  # noqa: BLE001 -- outermost loop: the other parts count as well
        traceback.print_exc()
        print(f"{name}: broke off", flush=True)
        return False
    for row in found.rows:
        print(_line(row), flush=True)
    print(f"({name}: {time.monotonic() - begin:.0f} s; load of the machine before: {load_before:.1f})", flush=True)
    _keep(name, {"load_1_min_before": load_before, **asdict(found)})
    return True


def _line(row: Row) -> str:
    other, ratio = ("" if value is None else f"{value:,}" for value in (row.other, row.ratio))
    verdict = "" if row.met is None else f"  {row.goal}" + ("" if row.met else "  MISSED")
    return f"{row.what:66s}{row.ours:>9,}{other:>10s}{ratio:>8s}{verdict}"


def _keep(name: str, figures: dict[str, object]) -> None:
    file = ROOT / installation_environment(os.environ)["VAR_DIR"] / "bench/gateway.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(file.read_text("utf-8")) if file.exists() else {}
    kept[name] = {"at": time.strftime("%Y-%m-%d %H:%M:%S%z"), **figures}
    file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())

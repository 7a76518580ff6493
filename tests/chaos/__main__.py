"""``make chaos [SEED=n] [SEEDS=n] [LONG=1] [DATABASE=postgresql]``: the real programs under random trouble.

A seed is 1,000 messages of 100 residents, with LONG 10,000 of 500. On PostgreSQL two gateways share the work. Every seed
is played, whatever became of those before it, on one installation, whose ledger grows. Exit code 1 when the books of a
seed do not agree; the folder with logs and databases is kept then, and a command is printed that plays the seed again.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import asdict
from pathlib import Path

from deploy.environment import installation_environment
from deploy.prepare import shipped_model
from tests.chaos.plan import make_plan
from tests.chaos.run import KILLED, run_plan
from tests.support.accountant import Account, connect_ledger
from tests.support.stack import Stack, running_stack

# The ladder of 30 s to 1 h runs sixty times faster, and a call that takes longer than 2 s is given up.
FASTER = {"SANDBOX_SPEED": "60", "ZALO_SEND_TIMEOUT_S": "2"}
SHOWN = 20  # faults of a kind that are printed


def main() -> None:
    """Plays the seeds one after the other and says at the end which failed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("chaos: ended"))  # so that the programs end too
    given = _arguments()
    os.environ["TEST_DATABASE"] = given.database
    os.environ["SHIPPED_MODEL"] = os.environ.get("SHIPPED_MODEL") or shipped_model(installation_environment(os.environ))
    first = given.seed if given.seed is not None else random.SystemRandom().randrange(1_000_000)
    folder = Path(tempfile.mkdtemp(prefix="tincay-chaos-"))
    print(f"logs and databases: {folder}", flush=True)
    with running_stack(folder, FASTER, 2 if given.database == "postgresql" else 1) as stack:
        connect_ledger(stack)
        seeds = range(first, first + given.seeds)
        failed = [seed for seed in seeds if not _plays(stack, seed, given.long)]
    print(f"{given.seeds - len(failed)} of {given.seeds} seeds: the books agree", flush=True)
    for seed in failed:
        print(f"again: make chaos SEED={seed}{' LONG=1' * given.long} DATABASE={given.database}", flush=True)
    if failed:
        sys.exit(f"chaos: the books of {len(failed)} seeds do not agree; logs and databases are kept in {folder}")
    shutil.rmtree(folder)


def _plays(stack: Stack, seed: int, long: bool) -> bool:
    """Whether the books of this seed agree; a run that breaks off counts as one whose books do not."""
    messages, residents = (10_000, 500) if long else (1_000, 100)
    killed = (*KILLED, "gateway_2") if "gateway_2" in stack.programs else KILLED
    print(f"seed {seed}: {messages} messages of {residents} residents", flush=True)
    begin = time.monotonic()
    plan = make_plan(seed, messages, residents, killed)
    try:
        account = run_plan(stack, plan, lambda line: print(f"  {line}", flush=True))
    except Exception as error:  # noqa: BLE001 -- outermost loop: the seeds after this one count as well
        traceback.print_exc()
        print(f"seed {seed}: broke off, {type(error).__name__}  ({time.monotonic() - begin:.0f} s)", flush=True)
        stack.stop_all()
        stack.start_all()
        return False
    counts = "  ".join(f"{name} {len(lines)}" for name, lines in asdict(account).items())
    print(f"seed {seed}: {counts}  ({time.monotonic() - begin:.0f} s)", flush=True)
    for name, lines in asdict(account).items():
        for line in lines[:SHOWN]:
            print(f"  {name}: {line}", flush=True)
    return account == Account()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--seed", type=int, help="the first seed; without it a random one")
    parser.add_argument("--seeds", type=int, default=1, help="how many, one after the other")
    parser.add_argument("--long", action="store_true", help="10,000 messages of 500 residents")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    return parser.parse_args()


if __name__ == "__main__":
    main()

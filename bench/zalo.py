"""``make bench-zalo``: the Zalo road over the real programs, from the webhook to the desk and back to the phone.

With rates as arguments (``make bench-zalo ARGS="200 200 200"``) only these are measured.

Acknowledgement: events posted straight to the gateway at fixed rates (``bench/webhook_load.py``). The gateway works on
all of them meanwhile: turns, or degraded answers above the admission limit, and deliveries, which the sandbox refuses
because these residents never wrote on one of its phones. Everything else runs one at a time on an idle product.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

from bench.disk import disk_beside
from bench.webhook_load import quantile
from deploy.environment import ROOT
from tests.support.sandbox_phone import SandboxPhone
from tests.support.stack import Stack, running_stack
from tests.support.staff import Staff, chromium

QUESTIONS, AT_DESK = 100, 10
RATES, SECONDS, RESIDENTS = (50, 100, 200), 15, 300
FIRST_USER = 7_000_000_000_000_000_000
DRAIN_S = 180.0
SANDBOX = {"SANDBOX_CALLS_PER_MINUTE": "100000"}  # its limit would end the load of the deliveries


def main() -> None:
    """Prints one JSON object with all figures."""
    rates = [int(given) for given in sys.argv[1:]] or list(RATES)
    with tempfile.TemporaryDirectory(prefix="tincay-bench-") as folder, running_stack(Path(folder), SANDBOX) as stack:
        figures: dict[str, Any] = {} if len(sys.argv) > 1 else {**_desk(stack), **_answers(stack)}
        figures["webhook"] = []
        for number, rate in enumerate(rates):
            acknowledged = _acknowledgement(stack, rate, FIRST_USER + number * RESIDENTS)
            figures["webhook"].append({"rate": rate, **acknowledged, "worked_off_after_s": drained(stack)})
    json.dump(figures, sys.stdout, indent=2)
    print()


def _acknowledgement(stack: Stack, rate: int, first_user: int) -> dict[str, Any]:
    order = {"rate": rate, "seconds": SECONDS, "residents": RESIDENTS, "first_user": first_user}
    os.sync()  # what the set-up wrote is not the gateway's to wait for
    with disk_beside(stack.folder) as disk:
        load = subprocess.run(
            [sys.executable, "-m", "bench.webhook_load"],
            cwd=ROOT,
            env=stack.environment,
            input=json.dumps(order),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return {**json.loads(load.stdout), **disk}


def drained(stack: Stack) -> float:
    """Seconds until every message has been worked on, so that one rate does not burden the next."""
    begin = time.monotonic()
    with closing(sqlite3.connect(f"{stack.environment['VAR_DIR']}/ledger.sqlite3")) as ledger:
        while time.monotonic() - begin < DRAIN_S:
            busy = ledger.execute(
                "SELECT (SELECT count(*) FROM ledger_conversation WHERE unhandled)"
                " + (SELECT count(*) FROM ledger_delivery WHERE state IN ('pending', 'sending'))"
            ).fetchone()[0]
            if not busy:
                break
            time.sleep(0.5)
    return round(time.monotonic() - begin, 1)


def _answers(stack: Stack) -> dict[str, Any]:
    """Question on a phone → answer on it; each on a phone of its own: a second bubble is no answer to the next."""
    spent = []
    for number, text in enumerate(_questions()):
        phone = SandboxPhone(stack.sandbox, f"Máy {number}")
        begin = time.monotonic()
        phone.ask(text)
        spent.append((time.monotonic() - begin) * 1000)
    return {"answer": {"count": len(spent), "p50_ms": quantile(spent, 0.5), "p95_ms": quantile(spent, 0.95)}}


def _questions() -> list[str]:
    found = [
        entry["text"]
        for path in sorted((ROOT / "tests/nlu").glob("*.yml"))
        for entry in yaml.safe_load(path.read_text("utf-8"))
        if "text" in entry  # conversations have none
    ]
    step = max(1, len(found) // QUESTIONS)  # some of every file
    return found[::step][:QUESTIONS]


def _desk(stack: Stack) -> dict[str, Any]:
    """Sensitive message → visible at the desk, and the operator's reply → on the phone, as a browser sees them."""
    shown, replied = [], []
    with chromium() as browser:
        page = Staff(browser, stack, "truc_ban").page
        for number in range(AT_DESK):
            phone = SandboxPhone(stack.sandbox, f"Nhà {number}")
            shown.append(_until_shown(page, phone, f"mẹ tôi khó thở tím môi, nhà số {number}"))
            replied.append(_until_replied(page, phone, f"Tôi là cán bộ trực {number}."))
    return {
        "sensitive_at_desk": {"count": len(shown), "p50_ms": quantile(shown, 0.5), "p95_ms": quantile(shown, 0.95)},
        "reply_on_phone": {"count": len(replied), "p50_ms": quantile(replied, 0.5), "p95_ms": quantile(replied, 0.95)},
    }


def _until_shown(page: Page, phone: SandboxPhone, text: str) -> float:
    page.goto("/desk/")
    time.sleep(1)  # the page's stream is open by then; an operator has it open all day
    begin = time.monotonic()
    phone.say(text)
    page.locator("[data-conversation]", has_text=text).wait_for()
    return (time.monotonic() - begin) * 1000


def _until_replied(page: Page, phone: SandboxPhone, text: str) -> float:
    phone.replies()  # the safety text
    page.locator("[data-conversation]").first.get_by_role("button", name="Nhận").click()
    page.get_by_label("Trả lời người dân").fill(text)
    begin = time.monotonic()
    page.get_by_role("button", name="Gửi").click()
    on_phone = phone.replies()[0]
    spent = (time.monotonic() - begin) * 1000
    assert on_phone["text"] == text, on_phone
    page.get_by_role("button", name="Trả lại trợ lý").click()
    page.wait_for_load_state("networkidle")
    return spent


if __name__ == "__main__":
    main()

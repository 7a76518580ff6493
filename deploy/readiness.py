"""Waiting until every program is ready, and telling the newcomer where to go."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deploy.environment import ROOT, installation_environment

PATIENCE_S = 180.0


def wait_until_ready(environment: Mapping[str, str], patience_s: float = PATIENCE_S) -> list[str]:
    """Waits for gateway, engine, actions, newsroom and sandbox; returns what is still not ready, empty when all are."""
    deadline = time.monotonic() + patience_s
    while True:
        missing = _not_ready(environment)
        if not missing or time.monotonic() > deadline:
            return missing
        time.sleep(0.3)


def table(environment: Mapping[str, str]) -> str:
    """Where to go, with the demo accounts."""
    portal = f"http://127.0.0.1:{environment['GATEWAY_PORT']}/"
    newsroom = f"http://127.0.0.1:{environment['NEWSROOM_PORT']}/"
    info = _get(f"{portal}chat/v1/info") or {}
    lines = [
        "",
        f"Tin Cậy đang chạy. {info.get('notice', '')}",
        "",
        f"  Cổng thông tin, khung chat   {portal}",
        f"  Điện thoại Zalo giả lập      http://127.0.0.1:{environment['SANDBOX_PORT']}/",
        f"  Phòng biên tập               {newsroom}",
        f"  Bàn trực                     {newsroom}desk/",
        *(f"      {role:<22} {name} / {password}" for role, name, password in _accounts(environment)),
        f"  Nhật ký                      {environment['VAR_DIR']}/log/tin-cay.log",
        "  Dừng                         Ctrl-C",
        "",
    ]
    return "\n".join(lines)


def _not_ready(environment: Mapping[str, str]) -> list[str]:
    missing = []
    for name in ("GATEWAY", "NEWSROOM"):
        state = _get(f"http://127.0.0.1:{environment[f'{name}_PORT']}/readyz")
        if state is None:
            missing.append(f"{name.lower()}: no answer")
            continue
        missing.extend(
            f"{name.lower()}: {part}: {reason}" for part, reason in state["checks"].items() if reason != "ok"
        )
    if _get(f"http://127.0.0.1:{environment['SANDBOX_PORT']}/sandbox/faults") is None:
        missing.append("sandbox: no answer")
    return missing


def connect_zalo(environment: Mapping[str, str]) -> str:
    """Gives the sandbox's consent once, so that its phones reach the gateway; returns what went wrong, else empty."""
    command = [sys.executable, "-m", "connectors.channels.zalo.connect"]
    done = subprocess.run(  # noqa: S603 -- our own program
        command, cwd=ROOT, env=dict(environment), capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else (done.stdout + done.stderr).strip()


def _get(url: str) -> dict[str, Any] | None:
    try:
        try:
            with urllib.request.urlopen(url, timeout=3) as response:  # noqa: S310 -- loopback only
                return dict(json.loads(response.read()))
        except urllib.error.HTTPError as error:
            with error:
                return dict(json.loads(error.read()))
    except (OSError, ValueError):
        return None


def _accounts(environment: Mapping[str, str]) -> list[tuple[str, str, str]]:
    file = ROOT / environment["VAR_DIR"] / "demo_accounts.json"
    if not file.exists():
        return []
    return [(a["role"], a["username"], a["password"]) for a in json.loads(file.read_text("utf-8"))]


def main() -> None:
    """Prints the table when everything is ready, or what is not."""
    environment = installation_environment(os.environ)
    missing = wait_until_ready(environment)
    if not missing:
        missing = [problem for problem in [connect_zalo(environment)] if problem]
    if missing:
        print("Chưa sẵn sàng:", *missing, sep="\n  ", file=sys.stderr)
        log = Path(environment["VAR_DIR"]) / "log" / "tin-cay.log"
        raise SystemExit(f"Xem {log}")
    print(table(environment), flush=True)


if __name__ == "__main__":
    main()

"""``make run``: prepares the installation, starts every program of the Procfile, prints where to go, stops on Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import honcho.manager
from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.printer import Printer

from deploy.environment import ROOT, busy_ports, installation_environment
from deploy.prepare import PreparationError, prepare

# The gateway finishes its running turns before it ends; honcho's own patience is five seconds.
honcho.manager.KILL_WAIT = 12


def main() -> None:
    """Exit code 0 after Ctrl-C, 1 when something did not work."""
    os.chdir(ROOT)
    environment = installation_environment(os.environ)
    busy = busy_ports(environment)
    if busy:
        raise SystemExit("\n".join(busy))
    print("Chuẩn bị …", file=sys.stderr)
    try:
        prepare(environment)
    except PreparationError as error:
        raise SystemExit(str(error)) from None
    raise SystemExit(_serve(environment))


def _serve(environment: dict[str, str]) -> int:
    log = Path(environment["VAR_DIR"]) / "log" / "tin-cay.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    announcer = subprocess.Popen([sys.executable, "-m", "deploy.readiness"], env=environment)
    # A closed terminal must end the programs like Ctrl-C does.
    signal.signal(signal.SIGHUP, lambda _signal, _frame: os.kill(os.getpid(), signal.SIGTERM))
    with log.open("a", encoding="utf-8") as output:
        manager = Manager(Printer(output, colour=False))
        for name, command in parse_procfile((ROOT / "Procfile").read_text("utf-8")).processes.items():
            manager.add_process(name, command, env=environment, cwd=str(ROOT))
        manager.loop()
    announcer.terminate()
    announcer.wait()
    if manager.returncode in {130, 143}:
        print("\nĐã dừng. Dữ liệu còn nguyên trong var/.", file=sys.stderr)
        return 0
    print(f"Một chương trình không chạy được; xem {log}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    main()

"""Everything between the environments' installation and the first request: databases, shipped model, demonstration pack."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.environment import ROOT

PYTHON = str(ROOT / ".venv/bin/python")
ENGINE_PYTHON = str(ROOT / "bot/.venv/bin/python")


class PreparationError(Exception):
    """A step failed; the message is the end of what it printed."""


def prepare(environment: Mapping[str, str], content: Path = ROOT / "content") -> None:
    """Runs every step that is still to be done; safe to repeat. Training and the databases go side by side.

    Raises:
        PreparationError: a step failed.
    """
    (ROOT / environment["VAR_DIR"]).mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        model = pool.submit(shipped_model, environment)
        databases = pool.submit(_databases, environment, content)
        databases.result()
        archive = model.result()
    report = archive.removesuffix(".tar.gz") + ".json"
    _step(
        "Ghi nhận mô hình",
        [PYTHON, "manage.py", "register_model", "--archive", archive, "--report", report, "--by", "phe_duyet"],
        environment,
    )


def shipped_model(environment: Mapping[str, str]) -> str:
    """Path of the model for the present data and components, trained when there is none."""
    printed = _step("Huấn luyện mô hình", [ENGINE_PYTHON, "-m", "bot.shipped_model", "--path"], environment)
    return printed.strip().splitlines()[-1]


def _databases(environment: Mapping[str, str], content: Path) -> None:
    _step("Cơ sở dữ liệu hội thoại", [PYTHON, "-m", "ledger", "migrate", "-v0"], environment)
    prepare_newsroom(environment, content)


def prepare_newsroom(environment: Mapping[str, str], content: Path = ROOT / "content") -> None:
    """The newsroom's database with the content pack approved in it.

    Raises:
        PreparationError: a step failed.
    """
    _step("Cơ sở dữ liệu biên tập", [PYTHON, "manage.py", "migrate", "-v0"], environment)
    _step("Câu ví dụ và câu kiểm tra", [PYTHON, "manage.py", "seed_training", "-v0"], environment)
    _step("Gói nội dung minh họa", [PYTHON, "manage.py", "seed", "--content", str(content)], environment)


def _step(title: str, command: Sequence[str], environment: Mapping[str, str]) -> str:
    start = time.monotonic()
    done = subprocess.run(  # noqa: S603 -- our own programs
        command, cwd=ROOT, env=dict(environment), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise PreparationError(
            f"{title}: {' '.join(command[1:4])} kết thúc với mã {done.returncode}\n{(done.stdout + done.stderr)[-3000:]}"
        )
    print(f"  {title}: {time.monotonic() - start:.0f} giây", file=sys.stderr, flush=True)
    return done.stdout

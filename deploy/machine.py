"""What the tests need of the machine beside Python: a real browser, a real PostgreSQL. Installed with apt where allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """A program, how to see that it is there, and the Debian packages that bring it."""

    name: str
    packages: tuple[str, ...]
    present: Callable[[], bool]


def _has_chromium() -> bool:
    return shutil.which("chromium") is not None


def _has_postgres() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/postgres")) or shutil.which("postgres") is not None


NEEDS = (
    Need("chromium", ("chromium", "fonts-noto-core"), _has_chromium),
    Need("postgresql", ("postgresql",), _has_postgres),
)


def missing_after_install() -> list[str]:
    """Installs what is missing where apt may be used; returns the names of what is still missing."""
    packages = [package for need in NEEDS if not need.present() for package in need.packages]
    if packages:
        _apt_install(packages)
    return [need.name for need in NEEDS if not need.present()]


def _apt_install(packages: list[str]) -> None:
    apt = shutil.which("apt-get")
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if apt is None or (prefix and shutil.which("sudo") is None):
        return
    print(f"Cài {', '.join(packages)} …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run([*prefix, apt, *arguments], env=env, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 -- fixed names

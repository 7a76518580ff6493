"""What the disk itself does meanwhile: a small synchronised write every 20 ms beside a measurement.

An acknowledged message is on the disk, so no acknowledgement is faster than the disk; a machine that shares its disk
with others stalls now and then for a tenth of a second and more, whatever the programs do.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.webhook_load import quantile

EVERY_S = 0.02
BLOCK = b"\0" * 8192


@contextmanager
def disk_beside(folder: Path) -> Iterator[dict[str, float]]:
    """Measures until the end of the block, then fills the figures in: ``disk_p99_ms``, ``disk_worst_ms``."""
    figures: dict[str, float] = {}
    spent: list[float] = []
    over = threading.Event()
    probe = threading.Thread(target=_probe, args=(folder / "disk-probe", spent, over))
    probe.start()
    try:
        yield figures
    finally:
        over.set()
        probe.join()
    figures |= {"disk_p99_ms": quantile(spent, 0.99), "disk_worst_ms": quantile(spent, 1)}


def _probe(file: Path, spent: list[float], over: threading.Event) -> None:
    with file.open("wb", buffering=0) as probe:
        while not over.wait(EVERY_S):
            begin = time.monotonic()
            probe.seek(0)
            probe.write(BLOCK)
            os.fdatasync(probe.fileno())
            spent.append((time.monotonic() - begin) * 1000)
    file.unlink()

"""Ports of the loopback for installations beside the usual one: tests, benchmarks, evaluations."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from pathlib import Path

FIRST, END = 16_000, 32_768  # the kernel lends 32768 and above to outgoing connections (net.ipv4.ip_local_port_range)


def free_port(counter: Path | None = None) -> int:
    """A port that nobody listens on, in turn, so that no other program is given the same one for a long time.

    A port that the kernel chooses (bind to 0) may be lent to an outgoing connection before its program listens.
    ``counter``: the file in which all programs of this account see whose turn it is.

    Raises:
        OSError: every port of the range is taken.
    """
    counter = counter or Path(tempfile.gettempdir()) / f"tincay-ports-{os.getuid()}"
    with os.fdopen(os.open(counter, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        last = file.read().strip()
        start = int(last) + 1 if last.isdigit() else FIRST
        for step in range(END - FIRST):
            port = FIRST + (start - FIRST + step) % (END - FIRST)
            if _is_free(port):
                file.seek(0)
                file.truncate()
                file.write(str(port))
                return port
    raise OSError(f"every port from {FIRST} to {END - 1} is taken; end some programs")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True

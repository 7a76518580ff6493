"""The newsroom's real settings on two fresh databases; ``TEST_DATABASE`` is ``sqlite`` (default) or ``postgresql``."""

from __future__ import annotations

import asyncio
import atexit
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from deploy.ports import free_port
from tests.support.postgres import create_database, postgres_server


def connect() -> None:
    """Sets Django up, migrated. Call from a conftest, before models are imported."""
    stack = ExitStack()
    atexit.register(stack.close)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tincay-desk-")))
    if os.environ.get("TEST_DATABASE", "sqlite") == "postgresql":
        server = stack.enter_context(postgres_server())
        urls = {name: create_database(server, name) for name in ("newsroom", "ledger")}
    else:
        urls = {name: f"sqlite:///{folder / name}.sqlite3" for name in ("newsroom", "ledger")}
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.development",
        "NEWSROOM_DATABASE_URL": urls["newsroom"],
        "LEDGER_DATABASE_URL": urls["ledger"],
        "VAR_DIR": str(folder),
        "NEWSROOM_SECRET_KEY": "only-for-tests-" + "x" * 40,
        "SNAPSHOT_TOKEN": "snapshot-token-for-tests",
        "MODEL_TOKEN": "model-token-for-tests",
        "DRAFTS_TOKEN": "drafts-token-for-tests",
        "CLOCK": "real",
    }
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    # The second factor and the lock after failed logins have tests of their own, in tests/newsroom.
    settings.SECOND_FACTOR_REQUIRED = settings.AXES_ENABLED = False
    call_command("migrate", verbosity=0)
    call_command("migrate", "ledger", database="ledger", verbosity=0)  # not the newsroom's, which make nothing there
    atexit.register(_disconnect)


@contextmanager
def served() -> Iterator[str]:
    """The newsroom as a process of its own, on the same databases; its address."""
    port = free_port()
    settings = {"NEWSROOM_PORT": str(port), "NEWSROOM_URL": f"http://127.0.0.1:{port}"}
    process = subprocess.Popen([sys.executable, "-m", "newsroom"], env=os.environ | settings, stderr=subprocess.DEVNULL)
    try:
        seconds_until(lambda: process.poll() is not None or _answers(port), limit_s=60)
        assert process.poll() is None, "the newsroom did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def in_thread[**P, T](function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Database work of an asynchronous test; leaves no connection behind."""

    def work() -> T:
        from django.db import connections

        try:
            return function(*args, **kwargs)
        finally:
            connections.close_all()

    return await asyncio.to_thread(work)


def seconds_until(condition: Callable[[], bool], limit_s: float = 5.0) -> float:
    """How long it takes until ``condition()`` holds.

    Raises:
        AssertionError: not within the limit.
    """
    pause, begun = threading.Event(), time.monotonic()
    while not condition():
        assert time.monotonic() - begun < limit_s, f"not within {limit_s} s"
        pause.wait(0.01)
    return time.monotonic() - begun


def _disconnect() -> None:
    from django.db import connections

    for connection in connections.all():
        connection.close()
        close_pool = getattr(connection, "close_pool", None)  # PostgreSQL only
        if close_pool is not None:
            close_pool()

"""A PostgreSQL server of its own for one test run: made in a temporary folder, on a free port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.ports import free_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def find_binary(name: str) -> str | None:
    """Path of a PostgreSQL program, from Debian's place or the PATH."""
    for folder in BINARIES:
        if (folder / name).exists():
            return str(folder / name)
    return shutil.which(name)


class PostgresServer:
    """A server on a free port that can be stopped and started again; ``url`` has no database yet.

    PostgreSQL refuses to run as root, so root lends the folder to the account ``postgres`` or ``nobody``.
    """

    def __init__(self, folder: Path) -> None:
        initdb, server = find_binary("initdb"), find_binary("postgres")
        assert initdb is not None, "PostgreSQL is not installed (apt-get install postgresql)"
        assert server is not None, "PostgreSQL is not installed (apt-get install postgresql)"
        port, account = free_port(), _account()
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
        self.url = f"postgresql://test@127.0.0.1:{port}"
        self._folder = folder
        self._run = {} if account is None else {"user": account.pw_uid, "group": account.pw_gid}
        self._env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        data = folder / "data"
        self._command = [
            server,
            "-D",
            str(data),
            "-p",
            str(port),
            "-k",
            str(folder),
            "-c",
            "listen_addresses=127.0.0.1",
        ]
        subprocess.run(
            [initdb, "-D", str(data), "-U", "test", "-A", "trust", "--encoding=UTF8", "--no-sync"],
            check=True, cwd=folder, env=self._env, stdout=subprocess.DEVNULL, **self._run,
        )  # fmt: skip

    def start(self) -> None:
        """Returns when connections are accepted."""
        self._process = subprocess.Popen(
            self._command, cwd=self._folder, env=self._env, stderr=subprocess.PIPE, text=True, **self._run
        )
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if "ready to accept connections" in line:
                break
        else:
            raise AssertionError("PostgreSQL did not start")
        # Nobody reads the log from here on; a full pipe would stop the server.
        self._drain = subprocess.Popen(["cat"], stdin=self._process.stderr, stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        """Its fast shutdown: does not wait for clients that are still connected."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(20)
        self._drain.wait(5)
        assert self._process.stderr is not None
        self._process.stderr.close()


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """A started server, in a temporary folder that goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="tincay-pg-"))
    try:
        server = PostgresServer(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres_server() -> Iterator[str]:
    """Base address ``postgresql://test@127.0.0.1:port``; databases are made by who needs them."""
    with running_server() as server:
        yield server.url


def create_database(base_url: str, name: str) -> str:
    """Makes a database and returns its address."""
    import psycopg

    with psycopg.connect(f"{base_url}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{base_url}/{name}"


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise AssertionError("root needs the account postgres or nobody to run PostgreSQL")

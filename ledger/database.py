"""A database address as Django's settings want it, with what SQLite and PostgreSQL need to be safe under load."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

BUSY_SECONDS = 20


class DatabaseUrlError(ValueError):
    """The address is neither ``sqlite:///path`` nor ``postgresql://user:password@host:port/name``."""


def database_from_url(url: str, pool_size: int = 8, lasting: bool = False) -> dict[str, Any]:
    """Django database settings for an address.

    SQLite: write-ahead log, full synchronisation (an acknowledged message survives a power cut), IMMEDIATE
    transactions (deferred ones fail with "database is locked" as soon as two processes write), and never a file that
    was deleted or exchanged (``ledger.sqlite``). PostgreSQL: a pool
    with health checks, which survives a server restart. ``lasting`` keeps an SQLite connection open between jobs: for
    a process that runs its jobs in a fixed set of threads; elsewhere each request's thread would leave one behind.

    Raises:
        DatabaseUrlError: unknown form.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path.lstrip("/"):
        return _sqlite(Path(parts.path.removeprefix("/")), lasting)
    if parts.scheme in {"postgres", "postgresql"} and parts.hostname and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.strip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname,
            "PORT": str(parts.port or 5432),
            "CONN_HEALTH_CHECKS": True,
            # A pool that tries for long pauses ever longer in between, and comes back long after the server.
            "OPTIONS": {"pool": {"min_size": 1, "max_size": pool_size, "timeout": 5, "reconnect_timeout": 5}},
        }
    raise DatabaseUrlError(
        f"database address with scheme {parts.scheme!r} is not usable; "
        "write sqlite:///path/to/file or postgresql://user:password@host:port/name"
    )


def _sqlite(path: Path, lasting: bool) -> dict[str, Any]:
    return {
        # A database in memory has no file to lose, and test tools know it by the name of Django's own engine.
        "ENGINE": "django.db.backends.sqlite3" if str(path) == ":memory:" else "ledger.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None if lasting else 0,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }

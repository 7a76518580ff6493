"""The one switch that lets content go live or down: on only inside publishing and retracting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_changing: ContextVar[bool] = ContextVar("changing_live", default=False)


@contextmanager
def changing_live() -> Iterator[None]:
    """Allows ``live`` to change within the block, in this thread or task only."""
    token = _changing.set(True)
    try:
        yield
    finally:
        _changing.reset(token)


def may_change_live() -> bool:
    """Whether the caller runs inside ``changing_live``."""
    return _changing.get()

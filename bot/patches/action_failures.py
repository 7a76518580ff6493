"""Patch: failures of custom actions are collected; Rasa logs them and goes on as if the action had said nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from rasa.core.actions.action import RemoteAction

_failures: ContextVar[list[BaseException] | None] = ContextVar("action_failures", default=None)
_original = RemoteAction.run


@contextmanager
def collected_failures() -> Iterator[list[BaseException]]:
    """Failures of the custom actions that run inside, also in tasks that are started inside."""
    failures: list[BaseException] = []
    token = _failures.set(failures)
    try:
        yield failures
    finally:
        _failures.reset(token)


class _Note(AbstractContextManager[None]):
    """Notes what leaves the block, and lets it leave."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        failures = _failures.get()
        if error is not None and failures is not None:
            failures.append(error)


async def run(self: RemoteAction, *args: Any, **kwargs: Any) -> Any:
    """As Rasa's own method; what it raises is noted on the way out."""
    with _Note():
        return await _original(self, *args, **kwargs)


def apply() -> None:
    """Replaces the method on the class, because Rasa's forms import the class by name."""
    RemoteAction.run = run

"""What happens on the platform, live: for the page's event stream and for tests that wait for a message."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

QUEUE_LENGTH = 1000


@dataclass(frozen=True)
class News:
    """``kind`` is message, resident, webhook, platform or faults; ``data`` is its JSON, or nothing for "read it again"."""

    kind: str
    data: dict[str, Any]


class Feed:
    """Hands every piece of news to everybody who listens at that moment."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[News | None]] = set()

    def publish(self, kind: str, data: dict[str, Any] | None = None) -> None:
        """Never waits: a listener that does not read is cut off and has to start again."""
        for queue in list(self._queues):
            if queue.qsize() < QUEUE_LENGTH:
                queue.put_nowait(News(kind, data or {}))
            else:
                self._cut(queue)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[News | None]]:
        """A queue of news from now on; ``None`` means the end."""
        queue: asyncio.Queue[News | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)

    def close(self) -> None:
        """Ends every listener."""
        for queue in list(self._queues):
            self._cut(queue)

    def _cut(self, queue: asyncio.Queue[News | None]) -> None:
        self._queues.discard(queue)
        queue.put_nowait(None)

"""Events on their way to the disk: those that come at the same time share a commit."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError, connections

from connectors.core.flood import Flood
from connectors.core.ledger import LedgerDoor
from contracts.clock import Clock
from ledger import inbox
from ledger.inbox import Arrival, Waiting
from ledger.router import ALIAS

GROUP = 200  # events in one commit: SQLite takes 32,766 values in a statement, PostgreSQL 65,535

type Group = list[tuple[Arrival, asyncio.Future[bool]]]


class Arrivals:
    """Stores events for ``worker``; each new one is handed to ``stored`` in the order of the ledger's ids."""

    def __init__(
        self, worker: str, ledger: LedgerDoor, clock: Clock, flood: Flood, stored: Callable[[Waiting], None]
    ) -> None:
        self._worker = worker
        self._ledger = ledger
        self._clock = clock
        self._flood = flood
        self._stored = stored
        self._arrived: deque[tuple[Arrival, asyncio.Future[bool]]] = deque()
        # One thread writes to SQLite: the next group is asked for while the last one is committed. With PostgreSQL's
        # several threads it would overtake.
        self._most = 2 if connections[ALIAS].vendor == "sqlite" else 1
        self._groups: set[asyncio.Task[None]] = set()

    async def put(self, arrival: Arrival) -> bool:
        """Whether the event is new; it is on the disk on return.

        Raises:
            DatabaseError: the ledger is away.
        """
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._arrived.append((arrival, future))
        self._store_more()
        return await future

    def _store_more(self, ended: asyncio.Task[None] | None = None) -> None:
        if ended is not None:
            self._groups.discard(ended)
        if self._arrived and len(self._groups) < self._most:
            task = asyncio.create_task(self._store())
            self._groups.add(task)
            task.add_done_callback(self._store_more)

    async def _store(self) -> None:
        group: Group = []
        try:
            ids = await self._ledger.urgent(self._put_arrived, group)
        except (DatabaseError, InterfaceError) as error:
            for _, future in group:
                if not future.cancelled():
                    future.set_exception(OperationalError(*error.args))
            return
        self._flood.note(len(group))
        for arrival, future in group:
            event_id = ids.pop(arrival.key, None)
            if event_id is not None:
                self._stored(Waiting(id=event_id, arrival=arrival))
            if not future.cancelled():
                future.set_result(event_id is not None)

    def _put_arrived(self, group: Group) -> dict[str, int]:
        """In the ledger's thread: all that has arrived by now, not only when it was asked; a second try has the same."""
        while self._arrived and len(group) < GROUP:
            group.append(self._arrived.popleft())
        return inbox.put(self._worker, [arrival for arrival, _ in group], self._clock.real_now()) if group else {}

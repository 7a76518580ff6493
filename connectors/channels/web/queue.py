"""Places in the queue for those who wait and watch: one look into the ledger serves all of them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from connectors.core.ledger import LedgerDoor
from ledger.reading import Standing, standing
from ledger.waiting import places

QUEUE_CHECK_S = 2.5  # between two looks; a waiting resident sees within twice that time that the queue moved


class Queue:
    """One per gateway process; nobody waits, nobody looks."""

    def __init__(self, ledger: LedgerDoor) -> None:
        self._ledger = ledger
        self._places: dict[str, int] = {}
        self._wait_s: int | None = None
        self._end = 0.0
        self._looking = asyncio.Lock()

    async def moved(self, conversation_id: str, shown: Standing) -> Standing:
        """``shown`` with the present place. Of a conversation that has left the queue a row of the log will tell.

        Raises:
            DatabaseError: the ledger is away.
        """
        async with self._looking:
            now = asyncio.get_running_loop().time()
            if now >= self._end:
                self._places, self._wait_s = await self._ledger(_look, conversation_id)
                self._end = now + QUEUE_CHECK_S
        place = self._places.get(conversation_id)
        return shown if place is None else replace(shown, position=place, wait_s=self._wait_s)


def _look(conversation_id: str) -> tuple[dict[str, int], int | None]:
    """All places, and the usual wait, which is the same for everybody who waits."""
    return places(), standing(conversation_id).wait_s

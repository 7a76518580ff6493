"""``python -m tests.support.balancer PORT BACKEND …``: one port before several gateways, as a proxy in front of them does.

Connections go round among the ports that take one; what is broken off behind is broken off in front.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from itertools import count

CHUNK = 65_536


class Balancer:
    """Passes bytes on, no more."""

    def __init__(self, backends: list[int]) -> None:
        self._backends = backends
        self._turns = count()

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its beginning to its end."""
        first = next(self._turns)
        for number in range(len(self._backends)):
            port = self._backends[(first + number) % len(self._backends)]
            try:
                behind, before = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            async with asyncio.TaskGroup() as group:
                group.create_task(_pump(reader, before))
                group.create_task(_pump(behind, writer))
            return
        writer.transport.abort()


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while chunk := await source.read(CHUNK):
            sink.write(chunk)
            await sink.drain()
    sink.close()
    with suppress(OSError):
        await sink.wait_closed()


async def serve(port: int, backends: list[int]) -> None:
    """Until the process ends."""
    server = await asyncio.start_server(Balancer(backends).pass_on, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1]), [int(given) for given in sys.argv[2:]]))

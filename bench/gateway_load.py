"""Load on gateway and engines, a process of its own. Reads an order as JSON from standard input, prints figures as JSON.

Orders: ``{kind: "webhooks", url, connections, seconds}``, ``{kind: "turns" | "engine" | "rasa", urls, at_once, seconds,
questions}``, ``{kind: "streams", url, count}``; the last one keeps its streams open until its standard input ends. Ids,
secrets and tokens come from the programs' environment. Each worker sends its next request when the last one is answered;
with several addresses the workers share them out.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import os
import sys
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import aiohttp

from bench.webhook_load import quantile, signed_question

type Once = Callable[[], Awaitable[None]]
OPENING = 32  # streams that are being opened at the same time
FIRST_USER = 8_000_000_000_000_000_000


async def main() -> None:
    """One order."""
    gc.disable()  # a short-lived process; its own pauses would be taken for the gateway's
    order = json.loads(sys.stdin.readline())
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(None)) as session:
        if order["kind"] == "streams":
            await _streams(session, order)
            return
        spent: list[float] = []
        ready = [await worker for worker in _workers(session, order)]
        begin = time.monotonic()
        await asyncio.gather(*(_repeat(once, begin + order["seconds"], spent) for once in ready))
        took = time.monotonic() - begin
    per_s, p50, p99 = len(spent) / took, quantile(spent, 0.5), quantile(spent, 0.99)
    _print({"per_s": round(per_s, 1), "p50_ms": p50, "p95_ms": quantile(spent, 0.95), "p99_ms": p99})


async def _repeat(once: Once, end: float, spent: list[float]) -> None:
    while (begin := time.monotonic()) < end:
        await once()
        spent.append((time.monotonic() - begin) * 1000)


def _webhooks(session: aiohttp.ClientSession, order: dict[str, Any]) -> list[Awaitable[Once]]:
    users = itertools.cycle(range(FIRST_USER, FIRST_USER + 1000))

    async def once() -> None:
        body, headers = signed_question(str(next(users)))
        async with session.post(order["url"], data=body, headers=headers) as response:
            await response.read()
            assert response.status == 200, response.status

    async def ready() -> Once:
        return once

    return [ready() for _ in range(order["connections"])]


def _workers(session: aiohttp.ClientSession, order: dict[str, Any]) -> list[Awaitable[Once]]:
    if order["kind"] == "webhooks":
        return _webhooks(session, order)
    worker = {"turns": _resident, "engine": _engine, "rasa": _rasa}[order["kind"]]
    questions, urls = itertools.cycle(order["questions"]), itertools.cycle(order["urls"])
    return [worker(session, next(urls), questions) for _ in range(order["at_once"])]


async def _resident(session: aiohttp.ClientSession, url: str, questions: Iterator[str]) -> Once:
    """A resident in the web chat: the message is sent, its first reply is waited for."""
    async with session.post(f"{url}/chat/v1/sessions") as opened:
        headers = {"Authorization": f"Bearer {(await opened.json())['token']}"}
    address, cursor = f"{url}/chat/v1/messages", 0

    async def once() -> None:
        nonlocal cursor
        body = {"client_id": uuid.uuid4().hex, "text": next(questions)}
        async with session.post(address, json=body, headers=headers) as sent:
            assert sent.status == 202, await sent.text()
            cursor = max(cursor, int((await sent.json())["message_id"]))
        replied = False
        while not replied:
            async with session.get(address, params={"after": cursor, "wait": 25}, headers=headers) as news:
                messages = (await news.json())["messages"]
            replied = any(message["author"] != "resident" for message in messages)
            cursor = max([cursor, *(int(message["id"]) for message in messages)])

    return once


async def _engine(session: aiohttp.ClientSession, url: str, questions: Iterator[str]) -> Once:
    """The engine's own turn endpoint, as the gateway calls it."""
    headers, conversation = {"Authorization": f"Bearer {os.environ['ENGINE_TOKEN']}"}, uuid.uuid4().hex

    async def once() -> None:
        body = {"conversation_id": conversation, "message_id": uuid.uuid4().hex, "text": next(questions)}
        turn = body | {"metadata": {"channel": "web"}}
        async with session.post(f"{url}/webhooks/loopback/turn", json=turn, headers=headers) as response:
            assert response.status == 200, await response.text()
            await response.read()

    return once


async def _rasa(session: aiohttp.ClientSession, url: str, questions: Iterator[str]) -> Once:
    """Rasa's built-in REST channel, which answers ``[]`` when a turn failed."""
    sender = uuid.uuid4().hex

    async def once() -> None:
        body = {"sender": sender, "message": next(questions)}
        async with session.post(f"{url}/webhooks/rest/webhook", json=body) as response:
            assert await response.json(), f"Rasa's own project said nothing to {body['message']!r}"

    return once


async def _streams(session: aiohttp.ClientSession, order: dict[str, Any]) -> None:
    gate = asyncio.Semaphore(OPENING)

    async def one() -> aiohttp.ClientResponse:
        async with gate:
            async with session.post(f"{order['url']}/chat/v1/sessions") as opened:
                assert opened.status == 201, await opened.text()
                headers = {"Authorization": f"Bearer {(await opened.json())['token']}"}
            stream = await session.get(f"{order['url']}/chat/v1/events", headers=headers)
            assert stream.status == 200, stream.status
            return stream

    streams = await asyncio.gather(*(one() for _ in range(order["count"])))
    _print({"open": len(streams)})
    await asyncio.to_thread(sys.stdin.read)
    for stream in streams:
        stream.close()


def _print(figures: dict[str, Any]) -> None:
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    asyncio.run(main())

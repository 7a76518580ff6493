"""Workers share the ledger's deliveries: each message once, in order, and none held up by another conversation's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from random import Random

import pytest
from aiohttp import web

from connectors.core.ledger import LedgerDoor
from connectors.core.metrics import GatewayMetrics
from connectors.core.sending import LookUp, OutgoingMessage, OutgoingPart, SendError, SendResult
from connectors.delivery.attempts import Attempts
from connectors.delivery.backoff import STEPS_S, pause
from connectors.delivery.deliverer import Deliverer
from contracts.clock import Clock
from ledger.appending import locked_conversation
from ledger.conversations import find_or_open
from ledger.models import Author, Delivery
from ledger.replies import Reply, append_reply

CLOCK = Clock()
WAIT_S = 15.0


class Letterbox:
    """A provider that keeps what it gets; it can be slow, and a text can be too much for it."""

    name = "letterbox"
    absence_is_proof = True

    def __init__(self) -> None:
        self.got: list[tuple[str, str]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.calling = 0

    def add_routes(self, app: web.Application) -> None:
        """Nobody writes to it from outside."""

    def parts(self, message: OutgoingMessage) -> Sequence[OutgoingPart]:
        if message.text == "poison":
            raise ValueError("the code cannot stand this text")
        return [OutgoingPart(text=message.text, body={})]

    async def send(self, message: OutgoingMessage, part: OutgoingPart) -> SendResult:
        self.calling += 1
        await self.gate.wait()
        self.got.append((message.address, part.text))
        return SendResult(provider_id=f"p{len(self.got)}")

    async def find_sent(self, doubtful: LookUp) -> str | None:
        raise SendError("keeps no record")

    async def run(self) -> None:
        """Has no duties."""

    async def close(self) -> None:
        """Has no connections."""


class Post:
    """Workers on the test's ledger."""

    def __init__(self) -> None:
        self.ledger = LedgerDoor()
        self.box = Letterbox()
        self.metrics = GatewayMetrics()
        self._running: list[tuple[Deliverer, asyncio.Task[None]]] = []

    def worker(self, name: str) -> Deliverer:
        attempts = Attempts(name, self.ledger, CLOCK, self.metrics)
        deliverer = Deliverer(name, self.ledger, [self.box], attempts, CLOCK)
        self._running.append((deliverer, asyncio.create_task(deliverer.run())))
        return deliverer

    async def say(self, address: str, *texts: str) -> None:
        def append() -> None:
            conversation = find_or_open("letterbox", address, CLOCK.real_now())
            for text in texts:
                with locked_conversation(conversation.pk) as locked:
                    append_reply(locked, None, Reply(text=text), Author.BOT, CLOCK.real_now())

        await self.ledger(append)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(WAIT_S):
            while not await self.ledger(condition):
                await asyncio.sleep(0.02)

    async def close(self) -> None:
        self.box.gate.set()
        for deliverer, task in self._running:
            await deliverer.stop()
            task.cancel()
        await asyncio.gather(*(task for _, task in self._running), return_exceptions=True)
        self.ledger.close()


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    post = Post()
    yield post
    await post.close()


def _done(count: int) -> Callable[[], bool]:
    return lambda: Delivery.objects.filter(state="sent").count() == count


async def test_two_workers_share_many_conversations(post: Post) -> None:
    for number in range(20):
        await post.say(str(number), "một", "hai", "ba")
    post.worker("w1")
    post.worker("w2")

    await post.until(_done(60))

    for number in range(20):
        assert [text for address, text in post.box.got if address == str(number)] == ["một", "hai", "ba"]


async def test_a_stopping_worker_finishes_its_call_and_begins_no_other(post: Post) -> None:
    await post.say("a", "một", "hai")
    post.box.gate.clear()
    worker = post.worker("w1")
    async with asyncio.timeout(WAIT_S):
        while not post.box.calling:
            await asyncio.sleep(0.01)

    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0)
    post.box.gate.set()
    await stopping

    assert post.box.got == [("a", "một")]
    assert await post.ledger(lambda: list(Delivery.objects.order_by("pk").values_list("state", flat=True))) == [
        "sent",
        "pending",
    ]


async def test_a_message_that_breaks_the_code_is_set_aside(post: Post) -> None:
    await post.say("a", "poison", "hai")
    post.worker("w1")

    await post.until(_done(1))

    assert post.box.got == [("a", "hai")]
    poisoned = await post.ledger(lambda: Delivery.objects.order_by("pk")[0])
    assert (poisoned.state, poisoned.error) == ("failed", "internal error, see the log")


async def test_a_conversation_does_not_wait_for_another(post: Post) -> None:
    await post.say("slow", "một")
    post.box.gate.clear()
    post.worker("w1")
    async with asyncio.timeout(WAIT_S):
        while not post.box.calling:
            await asyncio.sleep(0.01)

    await post.say("quick", "hai")
    async with asyncio.timeout(WAIT_S):
        while post.box.calling < 2:
            await asyncio.sleep(0.01)


def test_pauses_grow_spread_and_follow_the_provider() -> None:
    draw = Random(1)

    for attempts, step in ((0, STEPS_S[0]), (1, STEPS_S[0]), (2, STEPS_S[1]), (99, STEPS_S[-1])):
        assert step <= pause(attempts, None, draw).total_seconds() <= step * 1.2
    assert 41.0 <= pause(1, 41.0, draw).total_seconds() <= 41.0 * 1.2
    assert pause(5, None, draw) != pause(5, None, draw)

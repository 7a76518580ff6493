"""Several engines share the conversations: each stays with one, and another goes on while that one is away."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from connectors.relay.engine import EngineClient, EngineError
from contracts.turn import TurnRequest
from deploy.ports import free_port
from tests.connectors.conftest import TOKEN, Engine, address

type Ask = Callable[..., EngineClient]
type Two = tuple[tuple[Engine, str], tuple[Engine, str]]
CONVERSATIONS = [f"c{number}" for number in range(20)]


@pytest.fixture
async def client() -> AsyncIterator[Ask]:
    """Makes a client of the engines at these addresses."""
    async with aiohttp.ClientSession() as session:
        yield lambda *urls: EngineClient(session, urls, TOKEN, 4)


@pytest.fixture
async def two() -> AsyncIterator[Two]:
    """Two running engines with their addresses."""
    first, second = Engine(), Engine()
    async with TestServer(first.app()) as one, TestServer(second.app()) as other:
        yield (first, address(one)), (second, address(other))


def _away() -> str:
    return f"http://127.0.0.1:{free_port()}"


def _request(conversation: str) -> TurnRequest:
    return TurnRequest(conversation_id=conversation, message_id="1", text=conversation, channel="web")


async def test_a_conversation_stays_with_one_engine(client: Ask, two: Two) -> None:
    (first, one), (second, other) = two
    engines = client(one, other)
    for conversation in [*CONVERSATIONS, *CONVERSATIONS]:
        await engines.turn(_request(conversation))

    assert len(first.seen) + len(second.seen) == 40
    assert len(set(first.seen)) >= 5
    assert len(set(second.seen)) >= 5
    assert not set(first.seen) & set(second.seen)


@pytest.mark.parametrize("places", [(0, 1, 2), (1, 0, 2), (1, 2, 0)])
async def test_the_only_engine_that_is_up_answers_everything(client: Ask, places: tuple[int, ...]) -> None:
    engine = Engine()
    async with TestServer(engine.app()) as server:
        urls = [address(server), _away(), _away()]
        engines = client(*(urls[place] for place in places))
        for conversation in CONVERSATIONS:
            await engines.turn(_request(conversation))

    assert engine.seen == CONVERSATIONS


async def test_an_engine_without_a_model_passes_its_turns_on(client: Ask, two: Two) -> None:
    (first, one), (second, other) = two
    first.mood = "without model"
    engines = client(one, other)
    for conversation in CONVERSATIONS:
        await engines.turn(_request(conversation))

    assert first.seen
    assert second.seen == CONVERSATIONS


async def test_a_turn_that_failed_is_tried_once_more_where_it_failed(client: Ask, two: Two) -> None:
    (first, one), (second, other) = two
    first.mood = second.mood = "failing"
    with pytest.raises(EngineError, match="failed"):
        await client(one, other).turn(_request("c1"))

    assert [*first.seen, *second.seen] == ["c1", "c1"]
    assert not first.seen or not second.seen


async def test_it_says_so_when_all_are_away(client: Ask) -> None:
    with pytest.raises(EngineError, match="refused"):
        await client(_away(), _away()).turn(_request("c1"))
    with pytest.raises(EngineError, match="refused"):
        await client(_away(), _away()).erase("c1")


async def test_a_conversation_is_erased_by_its_engine_alone_while_that_is_up(client: Ask, two: Two) -> None:
    (first, one), (second, other) = two
    engines = client(one, other)
    for conversation in CONVERSATIONS:
        await engines.turn(_request(conversation))
        await engines.erase(conversation)

    assert (first.erased, second.erased) == (first.seen, second.seen)


async def test_erasing_goes_to_the_next_engine_when_one_is_away_or_fails(client: Ask, two: Two) -> None:
    (first, one), (second, _) = two
    second_away = client(one, _away())
    for conversation in CONVERSATIONS:
        await second_away.erase(conversation)
    assert first.erased == CONVERSATIONS

    first.mood = "failing"
    first_failing = client(*(url for _, url in two))
    for conversation in CONVERSATIONS:
        await first_failing.erase(conversation)
    assert second.erased == CONVERSATIONS

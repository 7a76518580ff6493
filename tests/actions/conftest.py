"""The real action server on a free port, with a snapshot copy that a test fills."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sanic import Sanic

from actions.app import build_app
from actions.config import DATA
from actions.gazetteer import Gazetteer, load_gazetteer
from actions.priorities import load_priorities
from actions.shelf import Library
from actions.snapshot import SnapshotRefresher
from contracts.clock import Clock
from contracts.snapshot import SnapshotCopy
from tests.actions.builders import NOW, Pack

TOKEN = "a-token-of-these-tests"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The engine is of another version than the SDK by design; the SDK warns of it at the first call."""
    for item in items:
        item.add_marker(pytest.mark.filterwarnings("ignore:Your versions of rasa and rasa_sdk:UserWarning"))


@dataclass
class Reply:
    """What came back for one action call."""

    status: int
    body: dict[str, Any]

    @property
    def texts(self) -> list[str]:
        """Text of each bubble."""
        return [bubble["text"] for bubble in self.body["responses"]]

    @property
    def answers(self) -> list[str]:
        """Answer key of each bubble; fails when a bubble has none."""
        return [bubble["custom"]["meta"]["answer"] for bubble in self.body["responses"]]

    @property
    def releases(self) -> list[str]:
        """Release id of each bubble."""
        return [bubble["custom"]["meta"]["release"]["id"] for bubble in self.body["responses"]]

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Buttons of all bubbles."""
        return [button for bubble in self.body["responses"] for button in bubble["buttons"]]

    @property
    def effects(self) -> list[dict[str, Any]]:
        """Effects of all bubbles."""
        return [effect for bubble in self.body["responses"] for effect in bubble["custom"]["effects"]]

    @property
    def slots(self) -> dict[str, Any]:
        """Slots that the action sets."""
        return {event["name"]: event["value"] for event in self.body["events"]}


@dataclass
class ActionServer:
    """A client of the running server; ``library.copy`` is the snapshot copy that it answers from."""

    address: str
    library: Library
    session: aiohttp.ClientSession

    def hold(self, pack: Pack) -> None:
        """Lets the server answer from this pack."""
        self.library.copy.replace(pack.snapshot(), NOW)

    async def act(
        self,
        action: str,
        intent: str,
        text: str = "",
        *entities: dict[str, Any],
        slots: dict[str, Any] | None = None,
        ranking: Sequence[str] = (),
        location: tuple[float, float] | None = None,
    ) -> Reply:
        """Calls an action as the engine does."""
        message = {
            "intent": {"name": intent, "confidence": 0.9},
            "intent_ranking": [{"name": name, "confidence": 0.3} for name in ranking],
            "entities": list(entities),
            "text": text,
            "metadata": {} if location is None else {"location": {"lat": location[0], "lng": location[1]}},
        }
        tracker = {"sender_id": "c1", "slots": slots or {}, "latest_message": message, "events": []}
        return await self.post({"next_action": action, "sender_id": "c1", "version": "3.6.21", "tracker": tracker})

    async def post(self, body: Any) -> Reply:
        """Posts any JSON to the webhook."""
        async with self.session.post(f"{self.address}/webhook", json=body) as response:
            return Reply(response.status, await response.json())

    async def get(self, path: str) -> Reply:
        """Gets a page with a JSON body."""
        async with self.session.get(f"{self.address}{path}") as response:
            return Reply(response.status, await response.json())


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The shipped list of places."""
    return load_gazetteer(DATA / "places" / "thanh_hoa_2021.json")


@pytest.fixture
def pack() -> Pack:
    """A pack with the texts that every reply may need."""
    pack = Pack()
    pack.system_texts()
    return pack


@pytest.fixture
def library(tmp_path: Path, gazetteer: Gazetteer) -> Library:
    """An empty copy, and a clock that stands at ``NOW``."""
    priorities = load_priorities(DATA / "taxonomy.yml")
    return Library(SnapshotCopy(tmp_path / "snapshot.json"), Clock(now=lambda: NOW), gazetteer, priorities)


@pytest.fixture
async def server(library: Library) -> AsyncIterator[ActionServer]:
    """The server, its newsroom away: nothing listens on the port that it asks."""
    with socket.socket() as unused, socket.socket() as listening:
        unused.bind(("127.0.0.1", 0))
        listening.bind(("127.0.0.1", 0))
        newsroom = f"http://127.0.0.1:{unused.getsockname()[1]}/api/v1/snapshot"
        app = build_app(library, SnapshotRefresher(library.copy, library.clock, newsroom, TOKEN))
        app.config.TOUCHUP = False  # Sanic rewrites its own methods once per process, at the first application only
        running: Any = await app.create_server(sock=listening, return_asyncio_server=True)
        await running.startup()
        await running.after_start()
        async with aiohttp.ClientSession() as session:
            yield ActionServer(f"http://127.0.0.1:{listening.getsockname()[1]}", library, session)
        await running.before_stop()
        await running.close()
        Sanic.unregister_app(app)

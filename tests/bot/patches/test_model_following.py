"""An engine with the newsroom's model service: away, broken, back again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig

from bot.patches.model_following import RETRY_REFUSED_S, ModelFollower
from tests.bot.small_model import Trained


@dataclass
class ModelService:
    """Serves ``archive`` with its tag as the newsroom does; counts how often it sent the bytes."""

    archive: bytes = b""
    status: int = 200
    sent: int = 0
    tokens: set[str | None] = field(default_factory=set)
    url: str = ""

    @property
    def tag(self) -> str:
        return f'"{sha256(self.archive).hexdigest()}"'

    async def handle(self, request: web.Request) -> web.Response:
        self.tokens.add(request.headers.get("Authorization"))
        if self.status != 200:
            return web.Response(status=self.status)
        if request.headers.get("If-None-Match") == self.tag:
            return web.Response(status=304)
        self.sent += 1
        return web.Response(body=self.archive, headers={"ETag": self.tag})


@dataclass
class Time:
    """A clock that a test moves."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest_asyncio.fixture
async def service(trained: Trained) -> AsyncIterator[ModelService]:
    service = ModelService(trained.archive.read_bytes())
    app = web.Application()
    app.router.add_get("/api/v1/model", service.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    service.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/v1/model"
    yield service
    await runner.cleanup()


@pytest.fixture
def last_good(tmp_path: Path) -> Path:
    return tmp_path / "engine" / "last_good.tar.gz"


def kept(last_good: Path) -> bytes:
    return last_good.read_bytes()


def endpoint(service: ModelService, last_good: Path) -> EndpointConfig:
    return EndpointConfig(service.url, headers={"Authorization": "Bearer secret"}, last_good=str(last_good))


def damage(last_good: Path) -> None:
    last_good.write_bytes(b"damaged")


def drafts(last_good: Path) -> list[str]:
    return [path.name for path in last_good.parent.iterdir() if path.name.startswith("offered")]


async def test_it_loads_and_keeps_the_archive_when_the_service_has_one(service: ModelService, last_good: Path) -> None:
    agent, follower = Agent(), ModelFollower()
    await follower.update(endpoint(service, last_good), agent)
    assert agent.is_ready()
    assert (agent.fingerprint, kept(last_good)) == (service.tag, service.archive)
    assert service.tokens == {"Bearer secret"}
    await follower.update(endpoint(service, last_good), agent)
    assert service.sent == 1


async def test_it_starts_from_the_kept_archive_when_the_service_is_away(service: ModelService, last_good: Path) -> None:
    await ModelFollower().update(endpoint(service, last_good), Agent())
    away = EndpointConfig("http://127.0.0.1:9/api/v1/model", last_good=str(last_good))
    agent, follower = Agent(), ModelFollower()
    await follower.update(away, agent)
    assert agent.is_ready()
    await follower.update(endpoint(service, last_good), agent)
    assert service.sent == 1  # it knew the tag of what it kept


async def test_it_has_no_model_when_nothing_is_kept_and_the_service_is_away(last_good: Path) -> None:
    agent = Agent()
    await ModelFollower().update(EndpointConfig("http://127.0.0.1:9/", last_good=str(last_good)), agent)
    assert not agent.is_ready()


@pytest.mark.parametrize("status", [204, 401, 404, 500, 503])
async def test_it_keeps_its_model_when_the_service_answers_otherwise(
    service: ModelService, last_good: Path, status: int
) -> None:
    agent, follower = Agent(), ModelFollower()
    await follower.update(endpoint(service, last_good), agent)
    processor = agent.processor
    service.status = status
    await follower.update(endpoint(service, last_good), agent)
    assert agent.processor is processor


async def test_it_asks_once_when_the_archive_is_broken(service: ModelService, last_good: Path) -> None:
    clock = Time()
    agent, follower = Agent(), ModelFollower(clock)
    await follower.update(endpoint(service, last_good), agent)
    good, processor = service.archive, agent.processor
    service.archive = good[: len(good) // 2]
    for _ in range(3):
        await follower.update(endpoint(service, last_good), agent)
    assert service.sent == 2
    assert (agent.processor, kept(last_good)) == (processor, good)
    clock.now = RETRY_REFUSED_S + 1
    await follower.update(endpoint(service, last_good), agent)
    assert service.sent == 3
    service.archive = good
    await follower.update(endpoint(service, last_good), agent)
    await follower.update(endpoint(service, last_good), agent)
    assert (follower.loaded, follower.refused, service.sent) == (service.tag, None, 4)
    assert drafts(last_good) == []


async def test_it_takes_the_service_s_archive_when_the_kept_one_is_damaged(
    service: ModelService, last_good: Path
) -> None:
    await ModelFollower().update(endpoint(service, last_good), Agent())
    damage(last_good)
    agent = Agent()
    await ModelFollower().update(endpoint(service, last_good), agent)
    assert agent.is_ready()
    assert kept(last_good) == service.archive

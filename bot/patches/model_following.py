"""Patch: an engine follows the newsroom's model service and keeps the last good archive.

Rasa polls a model server well, but an engine that starts while the server is away has no model, and a broken archive
is downloaded again at every poll. Here the first update loads the kept archive, and a refused one is not asked for
again until it changes or some time has passed.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import aiohttp
import rasa.core.agent
import structlog
from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig

log = structlog.get_logger(__name__)

# A refused archive may have failed for want of memory or disk: it gets another chance, but not at every poll.
RETRY_REFUSED_S = 300.0
# A model is some megabytes from the same machine; a service that hangs must not stop the following.
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=2)


@dataclass
class ModelFollower:
    """What one engine knows of the model service; ``refused`` is the tag of a broken archive and when it was refused."""

    now: Callable[[], float] = time.monotonic
    loaded: str = ""
    refused: tuple[str, float] | None = field(default=None)

    async def update(self, server: EndpointConfig, agent: Agent) -> None:
        """One poll: loads the kept archive first when there is no model yet, then what the service offers."""
        last_good = Path(server.kwargs["last_good"])
        if not agent.is_ready():
            self._load_kept(agent, last_good)
        try:
            offered = await self._download(server)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            log.debug("model_service_away", error=type(error).__name__)
            return
        if offered is not None:
            self._take(agent, last_good, *offered)

    async def _download(self, server: EndpointConfig) -> tuple[str, bytes] | None:
        """Tag and archive, None when the service has nothing else than is known here."""
        headers = {**server.headers, "If-None-Match": self._known_tag()}
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT) as session,
            session.get(server.url, headers=headers) as response,
        ):
            if response.status != 200:
                return None
            body = await response.read()
            return response.headers.get("ETag") or f'"{sha256(body).hexdigest()}"', body

    def _known_tag(self) -> str:
        if self.refused and self.now() - self.refused[1] < RETRY_REFUSED_S:
            return self.refused[0]
        return self.loaded

    def _take(self, agent: Agent, last_good: Path, tag: str, archive: bytes) -> None:
        if tag == self.loaded:  # the service has gone back to what is loaded here
            self.refused = None
            return
        last_good.parent.mkdir(parents=True, exist_ok=True)
        draft = last_good.with_name(f"offered-{os.getpid()}.tar.gz")
        draft.write_bytes(archive)
        if self._load(agent, draft, tag):
            os.replace(draft, last_good)
            _tag_file(last_good).write_text(json.dumps({"etag": tag, "sha256": sha256(archive).hexdigest()}), "utf-8")
        else:
            draft.unlink()
            self.refused = (tag, self.now())

    def _load_kept(self, agent: Agent, last_good: Path) -> None:
        """The kept archive with its tag; without the tag file it is loaded and then replaced by the service's."""
        if not last_good.exists():
            return
        tag = ""
        try:
            kept = json.loads(_tag_file(last_good).read_text("utf-8"))
            if kept["sha256"] == sha256(last_good.read_bytes()).hexdigest():
                tag = kept["etag"]
        except (OSError, json.JSONDecodeError, KeyError, TypeError):
            log.warning("kept_model_without_tag", path=str(last_good))
        self._load(agent, last_good, tag)

    def _load(self, agent: Agent, archive: Path, tag: str) -> bool:
        """Whether the archive became the agent's model; the old one stays otherwise."""
        try:
            agent.load_model(archive, tag or None)
        except Exception as error:  # noqa: BLE001 - a damaged archive fails in any way; the poll loop must go on
            log.error("model_refused", etag=tag, error=type(error).__name__)
            return False
        self.loaded, self.refused = tag, None
        log.info("model_loaded", etag=tag, model=agent.model_id)
        return True


def _tag_file(last_good: Path) -> Path:
    return last_good.with_name(f"{last_good.name}.json")


def apply() -> None:
    """Replaces the one function that Rasa calls at start and at every poll."""
    if getattr(rasa.core.agent._update_model_from_server, "__self__", None) is None:
        rasa.core.agent._update_model_from_server = ModelFollower().update

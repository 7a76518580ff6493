"""Residents on the sandbox's phones, each doing what the plan says, in its order."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from tests.chaos.plan import Plan, Say


class Crowd:
    """All residents of one run."""

    def __init__(self, session: aiohttp.ClientSession, sandbox: str) -> None:
        self._session = session
        self._url = f"{sandbox}/sandbox/residents"
        self.user_ids: list[str] = []

    async def arrive(self, plan: Plan) -> None:
        """Everybody gets a phone."""
        for number in range(plan.residents):
            created = await self._call("POST", "", {"name": f"Người dân {plan.seed}/{number}"})
            self.user_ids.append(created["user_id"])

    async def talk(self, plan: Plan) -> None:
        """Ends when everybody has said everything."""
        begin = asyncio.get_running_loop().time()
        turns = [[say for say in plan.says if say.who == who] for who in range(plan.residents)]
        async with asyncio.TaskGroup() as group:
            for says in turns:
                group.create_task(self._one(says, begin))

    async def _one(self, says: list[Say], begin: float) -> None:
        loop = asyncio.get_running_loop()
        for say in says:
            await asyncio.sleep(max(0.0, begin + say.at - loop.time()))
            await self._do(say)

    async def _do(self, say: Say) -> None:
        user_id = self.user_ids[say.who]
        action: dict[str, Any] = {"action": "send_text", "text": say.text}
        if say.act == "sticker":
            action = {"action": "send_sticker", "sticker_id": "cam-on"}
        elif say.act == "location":
            action = {"action": "send_location", "latitude": "19.8067", "longitude": "105.7852"}
        elif say.act == "tap":
            shown = (await self._call("GET", f"/{user_id}/messages"))["messages"]
            with_buttons = [message["message_id"] for message in shown if message["buttons"]]
            if with_buttons:
                action = {"action": "tap", "message_id": with_buttons[-1], "index": 0}
        await self._call("POST", f"/{user_id}/actions", action)

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        async with self._session.request(method, self._url + path, json=body) as response:
            found: dict[str, Any] = await response.json()
            assert response.status < 400, found
            return found

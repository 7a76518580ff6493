"""Operators at the desk, over the addresses that its pages use: they take, reply, return and give back."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

import aiohttp

_CARD = re.compile(r'data-conversation="([0-9a-f]{32})"')
_SECTION = re.compile(r'aria-labelledby="(dang-cho|cua-toi|dong-nghiep)"')
_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PAUSE_S = 0.5
PATIENCE_S = 90.0
FINISH_S = 300.0  # the whole queue of a run, one conversation after the other


@dataclass
class Operator:
    """One person; ``accepted`` are the replies that the desk took, as (conversation, text)."""

    username: str
    password: str
    newsroom: str
    draw: Random
    accepted: list[tuple[str, str]] = field(default_factory=list)
    token: str = ""

    async def work(self, stop: asyncio.Event) -> None:
        """Takes, replies and gives back until told to stop; then gives back what is held and empties the queue."""
        jar = aiohttp.CookieJar(unsafe=True)  # cookies of an address without a name
        async with aiohttp.ClientSession(cookie_jar=jar, timeout=aiohttp.ClientTimeout(15)) as session:
            await self._log_in(session)
            while not stop.is_set():
                waiting, mine = await self._lists(session)
                if waiting and len(mine) < 4:
                    await self._post(session, self.draw.choice(waiting), "nhan")
                for conversation in mine:
                    await self._serve(session, conversation)
                await asyncio.sleep(PAUSE_S * self.draw.random())
            await self._finish(session)

    async def _serve(self, session: aiohttp.ClientSession, conversation: str) -> None:
        chance = self.draw.random()
        if chance < 0.5:
            text = f"Tôi là cán bộ trực, lời {uuid.uuid4().hex}."
            if await self._post(session, conversation, "tra-loi", text=text, reply_id=uuid.uuid4().hex) == 200:
                self.accepted.append((conversation, text))
        elif chance < 0.7:
            await self._post(session, conversation, self.draw.choice(["tra-lai", "tra-lai", "dong", "tra-ve"]))

    async def _finish(self, session: aiohttp.ClientSession) -> None:
        end = asyncio.get_running_loop().time() + FINISH_S
        while True:
            waiting, mine = await self._lists(session)
            assert asyncio.get_running_loop().time() < end, f"the queue does not become empty: {waiting} {mine}"
            if not waiting and not mine:
                return
            for conversation in mine:
                await self._post(session, conversation, "tra-lai")
            if waiting:
                await self._post(session, waiting[0], "nhan")

    async def _log_in(self, session: aiohttp.ClientSession) -> None:
        async def once() -> int:
            address = f"{self.newsroom}/admin/login/"
            async with session.get(address) as page:
                token = _FIELD.search(await page.text())
            assert token is not None, "the login page has no form"
            form = {"username": self.username, "password": self.password, "csrfmiddlewaretoken": token[1]}
            async with session.post(address, data=form, headers={"Referer": address}, allow_redirects=False) as done:
                return done.status

        assert await _again(once) == 302, f"{self.username} cannot log in"
        self.token = await self._form_token(session)

    async def _form_token(self, session: aiohttp.ClientSession) -> str:
        """What the desk's forms carry against forged requests; good for the whole session."""
        page = await self._read(session, "/desk/")
        token = _FIELD.search(page)
        assert token is not None, "the desk has no form"
        return token[1]

    async def _lists(self, session: aiohttp.ClientSession) -> tuple[list[str], list[str]]:
        """Who waits, and what is mine."""
        page = await self._read(session, "/desk/phan/hang-cho/")
        parts = _SECTION.split(page)
        found = {name: _CARD.findall(part) for name, part in zip(parts[1::2], parts[2::2], strict=True)}
        return found.get("dang-cho", []), found.get("cua-toi", [])

    async def _read(self, session: aiohttp.ClientSession, path: str) -> str:
        page = ""

        async def once() -> int:
            nonlocal page
            async with session.get(self.newsroom + path, headers={"X-Desk": "1"}) as response:
                page = await response.text()
                return response.status

        assert await _again(once) == 200, page[:200]
        return page

    async def _post(self, session: aiohttp.ClientSession, conversation: str, act: str, **fields: str) -> int:
        """The status of the act; without an answer it is done again, a reply with the same id."""

        async def once() -> int:
            headers = {"X-CSRFToken": self.token, "X-Desk": "1", "Referer": self.newsroom}
            address = f"{self.newsroom}/desk/hoi-thoai/{conversation}/{act}/"
            async with session.post(address, data=fields, headers=headers, allow_redirects=False) as response:
                return response.status

        status = await _again(once)
        assert status in (200, 302, 409), f"{act} was answered with {status}"  # done, or refused with a reason
        return status


async def _again(once: Callable[[], Awaitable[int]]) -> int:
    """The first status that is no failure of the program or its database."""
    end = asyncio.get_running_loop().time() + PATIENCE_S
    while True:
        try:
            status = await once()
        except (aiohttp.ClientError, TimeoutError):
            status = 0
        if 0 < status < 500 or asyncio.get_running_loop().time() > end:
            return status
        await asyncio.sleep(PAUSE_S)

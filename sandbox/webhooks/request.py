"""One webhook request: headers, deadline, outcome."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

DEADLINE_S = 2.0  # sheet §1.4


@dataclass(frozen=True)
class Outcome:
    """``status`` 0 and an ``error`` word when there was no answer in time."""

    status: int
    error: str
    elapsed_ms: int

    @property
    def accepted(self) -> bool:
        """Only 200 counts (sheet §1.4: any non-200 is taken as a failure)."""
        return self.status == 200


async def post(session: aiohttp.ClientSession, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Sends a body and waits no longer than the deadline; redirects are not followed."""
    started = time.monotonic()
    status, error = 0, ""
    try:
        async with (
            asyncio.timeout(DEADLINE_S),
            session.post(
                url, data=body, headers={"Content-Type": "application/json", **headers}, allow_redirects=False
            ) as response,
        ):
            status = response.status
    except TimeoutError:
        error = "timeout"
    except aiohttp.ClientConnectorError:
        error = "connection refused"
    except aiohttp.ClientError as problem:
        error = type(problem).__name__
    return Outcome(status, error, round((time.monotonic() - started) * 1000))

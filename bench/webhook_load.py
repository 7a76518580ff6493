"""Load on the webhook, a process of its own: signed events at a fixed rate, whether or not earlier ones are answered.

Reads ``{rate, seconds, residents, first_user}`` as JSON from standard input; app, account and secrets from the
programs' environment. Prints ``{sent, not_200, p50_ms, p99_ms, worst_ms, late_p99_ms}``. A request's time counts from
the moment it was due, so a generator or a gateway that falls behind cannot hide it; ``late_p99_ms`` is the generator's
own part in that.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.webhooks.signature import encode, sign

DEADLINE_S = 10.0  # longer than the platform waits, so that the tail is measured and not cut off
QUESTION = "f1 phải cách ly mấy ngày"


@dataclass
class Figures:
    """What was measured, all in milliseconds."""

    answered: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    refused: int = 0


def main() -> None:
    """One run of the load."""
    gc.disable()  # a short-lived process; its own pauses would be taken for the gateway's
    order = json.load(sys.stdin)
    figures = asyncio.run(_load(order))
    json.dump(
        {
            "sent": len(figures.late),
            "not_200": figures.refused,
            "p50_ms": quantile(figures.answered, 0.5),
            "p99_ms": quantile(figures.answered, 0.99),
            "worst_ms": quantile(figures.answered, 1),
            "late_p99_ms": quantile(figures.late, 0.99),
        },
        sys.stdout,
    )


def quantile(values: list[float], share: float) -> float:
    """The value that this share of all does not exceed, rounded to a tenth."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1)


async def _load(order: Mapping[str, Any]) -> Figures:
    figures, rate = Figures(), int(order["rate"])
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(DEADLINE_S)) as session:
        begin = time.monotonic() + 0.5
        async with asyncio.TaskGroup() as group:
            for number in range(rate * int(order["seconds"])):
                due = begin + number / rate
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                user = str(int(order["first_user"]) + number % int(order["residents"]))
                group.create_task(_one(session, user, due, figures))
    return figures


async def _one(session: aiohttp.ClientSession, user: str, due: float, figures: Figures) -> None:
    body, headers = signed_question(user)
    figures.late.append((time.monotonic() - due) * 1000)
    try:
        url = os.environ["SANDBOX_WEBHOOK_URL"]
        async with session.post(url, data=body, headers=headers) as response:
            figures.refused += response.status != 200
    except (aiohttp.ClientError, TimeoutError):
        figures.refused += 1
    figures.answered.append((time.monotonic() - due) * 1000)


def signed_question(user: str) -> tuple[bytes, dict[str, str]]:
    """A resident's question as the sandbox writes and signs it, with a message id of its own."""
    app, account, at = os.environ["ZALO_APP_ID"], os.environ["ZALO_OA_ID"], str(int(time.time() * 1000))
    body = encode(
        {
            "app_id": app,
            "event_name": "user_send_text",
            "sender": {"id": user},
            "recipient": {"id": account},
            "user_id_by_app": user,
            "message": {"msg_id": uuid.uuid4().hex, "text": QUESTION},
            "timestamp": at,
        }
    )
    signature = sign(app, body, at, os.environ["ZALO_OA_SECRET_KEY"])
    return body, {"Content-Type": "application/json", "X-ZEvent-Signature": signature, "X-ZEvent-Timestamp": at}


if __name__ == "__main__":
    main()

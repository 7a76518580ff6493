"""Unchanged polls are answered before Django; whatever is not exactly that goes on to it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from newsroom.api.polls import SNAPSHOT, UnchangedPolls

TAG = "0123456789abcdef"


def poll(settings: Any, current: str | None = TAG, **changes: Any) -> list[dict[str, Any]]:
    """What is sent to a poll of somebody who has the tag and the token; Django's part answers 599."""
    headers = {"authorization": f"Bearer {settings.SNAPSHOT_TOKEN}", "if-none-match": f'"{TAG}"'}
    headers |= changes.pop("headers", {})
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": SNAPSHOT, "headers": encoded, **changes}
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def django(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 599})

    asyncio.run(UnchangedPolls(django, lambda: current)(scope, None, send))
    return sent


def test_it_answers_who_has_the_newest_snapshot(settings: Any) -> None:
    """With the tag and nothing else."""
    assert poll(settings) == [
        {"type": "http.response.start", "status": 304, "headers": [(b"etag", f'"{TAG}"'.encode())]},
        {"type": "http.response.body", "body": b""},
    ]
    assert poll(settings, headers={"if-none-match": f'"old", W/"{TAG}"'})[0]["status"] == 304


@pytest.mark.parametrize(
    "changes",
    [
        {"headers": {"if-none-match": '"old"'}},
        {"headers": {"if-none-match": ""}},
        {"headers": {"authorization": ""}},
        {"headers": {"authorization": "Bearer wrong"}},
        {"headers": {"authorization": "Bearer ệ"}},
        {"method": "POST"},
        {"path": "/api/v1/model"},
        {"type": "websocket"},
        {"current": None},
    ],
    ids=str,
)
def test_it_leaves_everything_else_to_django(settings: Any, changes: dict[str, Any]) -> None:
    """Another tag, no or a wrong token, another address, a database that does not answer."""
    assert [message["status"] for message in poll(settings, **changes)] == [599]

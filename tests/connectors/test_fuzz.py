"""Anything may be posted to the public port: a defined answer below 500, nothing that breaks behind it, no growth."""

from __future__ import annotations

import asyncio
import copy
import gc
import json
import tracemalloc
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from ledger.models import InboundEvent
from sandbox.webhooks.signature import sign
from tests.connectors.conftest import Engine, Resident
from tests.support.zalo_road import APP_ID, DEMO, OA_ID, OA_SECRET, Road, zalo_road

FUZZ = settings(
    max_examples=150,
    deadline=None,
    # One gateway takes all examples, as in life.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.just("\ud800")
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)
PLACE = {"type": "location", "payload": {"coordinates": {"latitude": "19.8", "longitude": "105.7"}}}
EVENTS: tuple[dict[str, Any], ...] = (
    {"event_name": "user_send_text", "message": {"text": "f1 cách ly mấy ngày"}},
    {"event_name": "user_send_text", "message": {"text": "mẹ tôi khó thở tím môi"}},
    {
        "event_name": "user_send_image",
        "message": {"attachments": [{"type": "image", "payload": {"url": "http://a/b"}}]},
    },
    {"event_name": "user_send_location", "message": {"attachments": [PLACE]}},
    {"event_name": "user_send_sticker", "message": {"attachments": [{"type": "sticker", "payload": {"id": "1"}}]}},
    {"event_name": "user_submit_info", "info": {"name": "A", "phone": 84901234567, "address": ""}},
    {"event_name": "follow", "follower": {"id": "77"}, "source": "oa_profile"},
    {"event_name": "user_seen_message", "message": {"msg_ids": ["a", "b"]}},
    {"event_name": "oa_send_text", "message": {"text": "chào"}},
    {"event_name": "user_withdraw"},
)
PATHS = ("/messages", "/sessions", "/session/code", "/uploads", "/messages/1/feedback", "/events")


@pytest.fixture
async def road(engine: Engine, tmp_path: Path) -> AsyncIterator[Road]:
    """Sandbox and gateway, connected."""
    async with zalo_road(tmp_path, engine.app(), DEMO) as running:
        await running.connect()
        yield running


def _whole(event: dict[str, Any], user: str) -> dict[str, Any]:
    """An event as the platform completes it."""
    body = {"app_id": APP_ID, "sender": {"id": user}, "recipient": {"id": OA_ID}, "timestamp": "1700000000000"}
    whole = copy.deepcopy(body | event)
    if isinstance(whole.get("message"), dict):
        whole["message"]["msg_id"] = uuid.uuid4().hex
    return whole


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value at which something else could stand."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, part in inner for place in [(*path, key), *_places(part, (*path, key))]]


@st.composite
def _broken_events(draw: st.DrawFn) -> dict[str, Any]:
    body = _whole(draw(st.sampled_from(EVENTS)), draw(st.sampled_from(["11", "12", "13"])))
    for _ in range(draw(st.integers(0, 3))):
        places = _places(body)
        if not places:
            break
        *way, last = draw(st.sampled_from(places))
        part: Any = body
        for key in way:
            part = part[key]
        if draw(st.booleans()):
            part[last] = draw(VALUES)
        elif isinstance(part, dict):
            del part[last]
    return body


async def _post_signed(road: Road, body: dict[str, Any]) -> int:
    raw, at = json.dumps(body).encode(), str(body.get("timestamp", "")).encode("ascii", "ignore").decode()
    signature = sign(APP_ID, raw, at, OA_SECRET)
    headers = {"X-ZEvent-Signature": signature, "X-ZEvent-Timestamp": "1"}
    # Not the test client itself, which keeps every response until its end.
    async with road.client.session.post(road.client.make_url("/zalo/webhook"), data=raw, headers=headers) as response:
        await response.read()
        return response.status


async def _worked_off() -> None:
    waiting = sync_to_async(InboundEvent.objects.filter(body__isnull=False, set_aside="").exists)
    async with asyncio.timeout(60):
        while await waiting():
            await asyncio.sleep(0.05)


@FUZZ
@given(body=_broken_events())
async def test_a_signed_event_of_any_shape_is_answered_and_breaks_nothing_behind_it(
    road: Road, body: dict[str, Any]
) -> None:
    with capture_logs() as logs:
        status = await _post_signed(road, body)
        await _worked_off()

    assert status in (200, 403)  # 403: the timestamp that was signed is not the one that the body holds now
    assert [line for line in logs if line.get("exc_info") or line["log_level"] == "critical"] == []
    assert not await InboundEvent.objects.exclude(set_aside="").aexists()


@FUZZ
@given(raw=st.binary(max_size=300) | VALUES.map(lambda value: json.dumps(value).encode()), mac=st.text(max_size=80))
async def test_the_webhook_refuses_any_bytes_without_a_right_signature(road: Road, raw: bytes, mac: str) -> None:
    headers = {"X-ZEvent-Signature": "".join(c for c in mac if c.isprintable() and c.isascii())}
    async with road.client.post("/zalo/webhook", data=raw, headers=headers) as response:
        assert response.status in (200, 401, 403)
        told = await response.json()

    assert response.status != 200 or told == {"outcome": "probe"}


@FUZZ
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE"]),
    path=st.sampled_from(PATHS),
    query=st.dictionaries(st.sampled_from(["after", "wait", "x"]), st.text(max_size=20), max_size=2),
    raw=st.binary(max_size=300)
    | VALUES.map(lambda value: json.dumps(value).encode())
    | st.fixed_dictionaries(
        {}, optional={"client_id": VALUES, "text": VALUES, "payload": VALUES, "location": VALUES, "value": VALUES}
    ).map(lambda value: json.dumps(value).encode()),
)
async def test_the_chat_api_answers_anything_below_500(
    resident: Resident, method: str, path: str, query: dict[str, str], raw: bytes
) -> None:
    if (method, path) == ("GET", "/events") or query.get("wait", "").strip().isdigit():
        return  # these stay open as long as they should
    with capture_logs() as logs:
        async with resident.client.request(
            method, f"/chat/v1{path}", params=query, data=raw, headers=resident.headers
        ) as response:
            assert response.status < 500

    assert [line for line in logs if line.get("exc_info")] == []


async def test_a_thousand_strange_requests_leave_no_memory_behind(road: Road) -> None:
    dice = Random(7)
    tracemalloc.start()
    try:
        before = _allocated()
        growth = list[int]()
        for _ in range(3):
            await _strange(road, dice, 700)
            before, earlier = _allocated(), before
            growth.append(before - earlier)
    finally:
        tracemalloc.stop()

    # A kilobyte kept of each would be more, every time; what the gateway makes once at its start grows once.
    assert min(growth) < 500_000


async def _strange(road: Road, dice: Random, count: int) -> None:
    for number in range(count):
        body = {"event_name": f"unknown_{dice.random()}", "sender": {"id": str(number)}, "app_id": APP_ID}
        await _post_signed(road, body | {"timestamp": str(number), "recipient": {"id": OA_ID}})
        address = road.client.make_url(f"/chat/v1/{dice.random()}")
        async with road.client.session.post(address, data=b"[" * 500) as response:
            await response.read()


def _allocated() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]

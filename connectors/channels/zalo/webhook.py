"""``POST /zalo/webhook``: probe, signature on the raw body, event; 200 only after the ledger's inbox has it.

Zalo waits two seconds, repeats for two hours, then stops sending for good. So whatever is genuine gets 200, also when
it cannot be used, unless a repetition will help.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import structlog
from aiohttp import web
from django.db import DatabaseError

from connectors.channels.zalo.events import Events
from connectors.channels.zalo.messages import (
    Event,
    UnreadableEventError,
    body_timestamp,
    named_ids,
    parse_body,
    parse_event,
    read_text,
)
from connectors.channels.zalo.signature import Verdict, judge
from connectors.channels.zalo.tokens import CHANNEL
from connectors.core.channel import Gateway
from connectors.core.errors import NotReadyError
from connectors.core.inbox import InboxFullError
from connectors.core.ledger_watch import trouble_of
from connectors.core.zalo_settings import ZaloSettings
from ledger.inbox import Arrival

log = structlog.get_logger()
MAX_BODY_BYTES = 1024 * 1024
MAX_PROBE_BYTES = 10_000


class Webhook:
    """Answers Zalo."""

    def __init__(self, settings: ZaloSettings, events: Events, gateway: Gateway) -> None:
        self._settings = settings
        self._events = events
        self._gateway = gateway
        self._metrics = gateway.metrics
        # Found once for each pair of labels, of which there are few dozen: looking is dearer than counting.
        self._events_counted = cache(partial(gateway.metrics.channel_events.labels, CHANNEL))
        self._signatures_counted = cache(partial(gateway.metrics.signatures.labels, CHANNEL))

    async def greet(self, _request: web.Request) -> web.Response:
        """GET: somebody looks whether the address exists."""
        return web.Response(text="ok")

    async def handle(self, request: web.Request) -> web.Response:
        """200 when it is done with, 401 or 403 without a right signature, 413 over 1 MB, 503 to have it sent again."""
        raw = await _read(request)
        header = request.headers.get("X-ZEvent-Signature", "")
        # Reading a megabyte of JSON costs time, which nobody gets for whom nothing speaks.
        body = parse_body(raw) if header or len(raw) <= MAX_PROBE_BYTES else None
        if not header and _is_probe(raw, body):
            return self._done("probe", "probe")
        verdict = self._judge(header, raw, body, request.headers.get("X-ZEvent-Timestamp"))
        self._signatures_counted(verdict.value).inc()
        if not verdict.genuine:
            return self._refuse(verdict)
        if body is None:
            log.warning("event unreadable", reason="no JSON object")
            return self._done("other", "unreadable")
        return await self._take(body, raw)

    def _judge(self, header: str, raw: bytes, body: object, header_time: str | None) -> Verdict:
        """With the secret of the OA that the event names; one that names none of ours is only counted, so any will do."""
        fields = body if isinstance(body, dict) else {}
        secrets = self._settings.oa_secrets
        named = list(secrets)
        if len(named) > 1:
            named = [oa for oa in named_ids(fields) if oa in secrets] or named
        by_app = self._settings.first_term == "app_id"
        keys = [(self._settings.app_id if by_app else oa, secrets[oa]) for oa in dict.fromkeys(named)]
        return judge(header, raw, keys, body_timestamp(fields), header_time)

    def _refuse(self, verdict: Verdict) -> web.Response:
        if not self._settings.strict:
            log.error("signature wrong, event dropped", result=verdict.value, setting="ZALO_SIGNATURE_MODE=report")
            self._metrics.channel_alerts.labels(CHANNEL, "signatures only reported").inc()
            return self._done("other", "dropped")
        log.warning("webhook refused", result=verdict.value)
        status = 401 if verdict is Verdict.MISSING else 403
        return web.json_response({"error": f"signature_{verdict.value}"}, status=status)

    async def _take(self, body: Mapping[str, Any], raw: bytes) -> web.Response:
        label = "other"
        try:
            event = parse_event(body, self._settings.oa_secrets)
            label = self._events.label(event)
            outcome = self._events.refusal(event)
            return self._done(label, outcome or await self._store(event, raw))
        except (UnreadableEventError, RecursionError) as error:
            log.warning("event unreadable", event_name=label, reason=str(error))
            return self._done(label, "unreadable")
        except (NotReadyError, InboxFullError, DatabaseError) as error:
            reason = trouble_of(error) if isinstance(error, DatabaseError) else type(error).__name__
            log.error("event not taken, zalo will repeat it", event_name=label, reason=reason)
            self._events_counted(label, "not_ready").inc()
            return web.json_response({"error": "not_ready"}, status=503)

    async def _store(self, event: Event, raw: bytes) -> str:
        if not self._gateway.intake.is_ready():
            raise NotReadyError
        arrival = Arrival(
            channel=CHANNEL,
            key=event.key,
            lane=event.address,
            body=raw.decode(),
            urgent=self._gateway.intake.is_danger(read_text(event)),
        )
        return "stored" if await self._gateway.inbox.put(arrival) else "repeated"

    def _done(self, label: str, outcome: str) -> web.Response:
        self._events_counted(label, outcome).inc()
        return web.Response(body=_said(outcome), content_type="application/json")


async def _read(request: web.Request) -> bytes:
    """The body, of more bytes than the other routes take.

    Raises:
        HTTPRequestEntityTooLarge: over 1 MB.
    """
    raw = b""
    while chunk := await request.content.readany():
        raw += chunk
        if len(raw) > MAX_BODY_BYTES:
            raise web.HTTPRequestEntityTooLarge(MAX_BODY_BYTES, len(raw))
    return raw


@cache
def _said(outcome: str) -> bytes:
    return json.dumps({"outcome": outcome}).encode()


def _is_probe(raw: bytes, body: object) -> bool:
    """What Zalo's console sends when the address is saved: nothing, or an object without an event."""
    return not raw.strip() or (isinstance(body, dict) and "event_name" not in body)

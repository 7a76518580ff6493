"""What each event of Zalo does. Whatever is not named here is answered with 200 and counted, nothing more."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from connectors.channels.zalo.attachments import MEDIA
from connectors.channels.zalo.echoes import Echoes, Parts
from connectors.channels.zalo.messages import Event, UnreadableEventError, parse_event
from connectors.channels.zalo.residents import Residents
from connectors.channels.zalo.skew import ZaloTime
from connectors.channels.zalo.tokens import CHANNEL
from connectors.core.channel import Gateway
from connectors.core.zalo_settings import ZaloSettings

log = structlog.get_logger()


class Events:
    """Gives genuine events their effect; each handler returns a word for the metrics."""

    def __init__(self, gateway: Gateway, settings: ZaloSettings, time: ZaloTime, parts: Parts) -> None:
        self._gateway = gateway
        self._accounts = settings.oa_secrets
        self._time = time
        self._echoes = Echoes(gateway, time, parts)
        residents = Residents(gateway, timedelta(hours=settings.answer_within_h))
        self._handlers: dict[str, Callable[[Event], Awaitable[str]]] = {
            "user_send_text": residents.text,
            "user_send_location": residents.location,
            "user_send_link": residents.link,
            **dict.fromkeys(MEDIA, residents.media),
            "follow": residents.greet,
            "user_click_chatnow": residents.greet,
            "user_submit_info": residents.contact,
            "user_withdraw": residents.withdraw,
            "user_received_message": self._echoes.receipt,
            "user_seen_message": self._echoes.receipt,
        }

    def refusal(self, event: Event) -> str:
        """Why nothing is done with an event; empty when it is to be stored and handled."""
        if self._handler(event) is None:
            return "ignored"
        if not event.oa_id or not event.user_id or (event.by_oa and event.name.startswith("user_send_")):
            return "foreign"  # another OA of the app, or a group: a reply to the sender would go astray
        return ""

    async def handle(self, body: str) -> None:
        """What a stored event asks for; its effect is committed on return, and happens once however often this runs.

        Raises:
            NotReadyError, DatabaseError: to be tried again.
        """
        label, outcome = "other", "unreadable"
        try:
            event = parse_event(json.loads(body), self._accounts)
            label, handler = self.label(event), self._handler(event)
            if event.at is not None:
                self._time.note(event.at, self._gateway.clock.real_now())
            outcome = "ignored" if handler is None else await handler(event)
        except (UnreadableEventError, RecursionError) as error:
            log.warning("event unreadable", event_name=label, reason=str(error))
        self._gateway.metrics.channel_events.labels(CHANNEL, label, outcome).inc()

    def label(self, event: Event) -> str:
        """The event's name for the metrics; names that we do not know share one label."""
        return event.name if self._handler(event) is not None and len(event.name) < 40 else "other"

    def _handler(self, event: Event) -> Callable[[Event], Awaitable[str]] | None:
        if event.name.startswith("oa_send_") and not event.name.startswith(("oa_send_anonymous_", "oa_send_group_")):
            return self._echoes.echo
        return self._handlers.get(event.name)

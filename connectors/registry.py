"""The channels of this gateway: one line each."""

from __future__ import annotations

from collections.abc import Callable

from connectors.channels.web.channel import WebChannel
from connectors.core.channel import Channel, Gateway
from connectors.core.config import GatewaySettings


def _web(gateway: Gateway, settings: GatewaySettings) -> Channel:
    return WebChannel(gateway, settings.session_life, settings.messages_per_minute)


CHANNELS: dict[str, Callable[[Gateway, GatewaySettings], Channel]] = {
    "web": _web,
}

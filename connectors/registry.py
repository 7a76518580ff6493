"""The channels of this gateway: one line each; None for a channel that is switched off."""

from __future__ import annotations

from collections.abc import Callable

from connectors.channels.web.channel import WebChannel
from connectors.channels.zalo.channel import ZaloChannel
from connectors.core.channel import Channel, Gateway
from connectors.core.config import GatewaySettings
from connectors.core.sending import CalledChannel
from connectors.snapshot.pictures import picture_folder
from ledger.replies import PULLED_CHANNELS


def _web(gateway: Gateway, settings: GatewaySettings) -> Channel:
    return WebChannel(gateway, settings.session_life, settings.behind_proxy)


def _zalo(gateway: Gateway, settings: GatewaySettings) -> Channel | None:
    if settings.zalo is None:
        return None
    return ZaloChannel(gateway, settings.zalo, picture_folder(settings.var_dir))


CHANNELS: dict[str, Callable[[Gateway, GatewaySettings], Channel | None]] = {
    "web": _web,
    "zalo": _zalo,
}


def make_channels(gateway: Gateway, settings: GatewaySettings) -> list[Channel]:
    """The channels that are switched on."""
    made = [make(gateway, settings) for make in CHANNELS.values()]
    channels = [channel for channel in made if channel is not None]
    for channel in channels:
        _check_way_out(channel)
    return channels


def _check_way_out(channel: Channel) -> None:
    if isinstance(channel, CalledChannel) == (channel.name in PULLED_CHANNELS):
        raise TypeError(
            f"replies on channel {channel.name!r} have no way out, or two: either its class has all of "
            "connectors.core.sending.CalledChannel, or ledger.replies.PULLED_CHANNELS names it"
        )

"""Which foreign addresses may be asked: those of a list, and never one of this machine or of an inner network."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult


class PublicResolver(AbstractResolver):
    """Names only: an address of this machine or of an inner network behind a name is as good as none."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """See parent class; the addresses that pass are the ones that are connected to, so no second look-up can differ."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        public = [(kind, proto, str(to[0])) for kind, _, proto, _, to in found if is_public(str(to[0]))]
        if not public:
            raise OSError(f"{host} has no public address")
        return [
            ResolveResult(hostname=host, host=ip, port=port, family=kind, proto=proto, flags=socket.AI_NUMERICHOST)
            for kind, proto, ip in public
        ]

    async def close(self) -> None:
        """Nothing to close."""


def is_allowed(url: str, hosts: Sequence[str]) -> bool:
    """Whether an address may be asked: http or https, a host of the list, and on its usual port where a name is listed."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or parts.username is not None:
        return False
    if f"{host}:{port or (443 if parts.scheme == 'https' else 80)}" in hosts:
        return True
    is_name = port in {None, 80, 443} and not _is_address(host)
    return is_name and any(host == name or host.endswith(f".{name}") for name in hosts)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (inner or found).is_global and not found.is_multicast


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True

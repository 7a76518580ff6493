"""``python -m sandbox``: the Zalo stand-in on 127.0.0.1:8090."""

from __future__ import annotations

import os
import socket
import sys

import structlog
from aiohttp import web

from contracts.settings import SettingsError
from sandbox.app import build_app
from sandbox.config import SandboxSettings, read_settings
from sandbox.platform import open_platform

SHUTDOWN_S = 1.0


def main() -> int:
    """Exit code: 0 stopped, 1 the port is in use, 2 the settings are not usable."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(),
        ]
    )
    try:
        settings = read_settings(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    listener = _listen(settings)
    if listener is None:
        return 1
    structlog.get_logger().info("sandbox_started", host=settings.host, port=settings.port, speed=settings.speed)
    web.run_app(
        build_app(open_platform(settings)),
        sock=listener,
        print=None,
        access_log=None,
        shutdown_timeout=SHUTDOWN_S,
        handler_cancellation=True,
    )
    return 0


def _listen(settings: SandboxSettings) -> socket.socket | None:
    try:
        return socket.create_server((settings.host, settings.port))
    except OSError as error:
        place = f"{settings.host}:{settings.port}"
        print(f"sandbox: cannot listen on {place} ({error.strerror}); set SANDBOX_PORT to a free port", file=sys.stderr)
        return None


if __name__ == "__main__":
    sys.exit(main())

"""``python -m connectors``: starts the gateway."""

from __future__ import annotations

import errno
import gc
import os
import sys

import django
from aiohttp import web

from connectors.core.logs import configure_logs
from contracts.clock import load_clock
from contracts.settings import SettingsError


def main() -> None:
    """Reads the settings, connects Django's models, serves until SIGTERM or Ctrl-C."""
    from connectors.core.config import read_settings

    os.environ["DJANGO_SETTINGS_MODULE"] = "ledger.settings"
    try:
        settings = read_settings(os.environ)
        django.setup()
    except SettingsError as error:
        print(f"gateway: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    from connectors.app import build_app  # Django's models can be imported only after setup
    from ledger.sqlite.base import DatabaseWrapper

    DatabaseWrapper.may_create = False
    configure_logs("gateway")
    app = build_app(settings, load_clock(settings.clock, settings.clock_file))
    _spare_pauses()
    try:
        web.run_app(app, host=settings.host, port=settings.port, print=None, shutdown_timeout=1.0)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(f"gateway: port {settings.port} is in use; set GATEWAY_PORT to a free one", file=sys.stderr)
        raise SystemExit(2) from None


def _spare_pauses() -> None:
    """What is there at the start stays until the end; looking through all of it for garbage took 30 to 130 ms each time,
    in which no webhook was answered. What comes later is looked through in larger portions."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


if __name__ == "__main__":
    main()

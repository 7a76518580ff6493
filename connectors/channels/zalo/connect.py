"""``python -m connectors.channels.zalo.connect``: connects the Official Account, or shows the link on which a person does.

With a platform on this machine (the sandbox) the consent is given at once. With the real one it prints the one-time
link: consent is a person's to give. ``--new-key`` prints a key for ZALO_TOKEN_KEY.
"""

from __future__ import annotations

import asyncio
import os
import sys

import django
from cryptography.fernet import Fernet
from django.db import DatabaseError, InterfaceError

from contracts.settings import SettingsError

USAGE = "usage: python -m connectors.channels.zalo.connect [--new-key]"


def main(arguments: list[str]) -> int:
    """0 connected (or link shown), 1 not connected, 2 settings."""
    if arguments == ["--new-key"]:
        print(Fernet.generate_key().decode())
        return 0
    if arguments:
        print(USAGE, file=sys.stderr)
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "ledger.settings"
    try:
        from connectors.core.config import read_settings

        settings = read_settings(os.environ)
        django.setup()
    except SettingsError as error:
        print(f"zalo: {error}", file=sys.stderr)
        return 2
    if settings.zalo is None:
        print("zalo: ZALO_ENABLED is no; set it to yes", file=sys.stderr)
        return 2
    from connectors.channels.zalo.connecting import connect  # Django's models can be imported only after setup
    from connectors.core.ledger_watch import trouble_of
    from ledger.sqlite.base import DatabaseWrapper

    DatabaseWrapper.may_create = False
    try:
        return asyncio.run(connect(settings.zalo))
    except (DatabaseError, InterfaceError) as error:
        print(f"zalo: ledger not usable: {trouble_of(error)}; see docs/operations.md", file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

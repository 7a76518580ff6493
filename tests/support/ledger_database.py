"""Connects the ledger's models to a fresh database, for tests of the ledger and the gateway.

``TEST_DATABASE`` is ``sqlite`` (default) or ``postgresql``; the runner calls the tests once with each.
"""

from __future__ import annotations

import atexit
import os
import tempfile
from contextlib import ExitStack
from functools import cache
from pathlib import Path


@cache
def connect() -> None:
    """Sets Django up on a new, migrated database of this process, once. Call from a conftest, before models are imported."""
    stack = ExitStack()
    atexit.register(stack.close)
    if os.environ.get("TEST_DATABASE", "sqlite") == "postgresql":
        from tests.support.postgres import create_database, postgres_server

        url = create_database(stack.enter_context(postgres_server()), "ledger")
    else:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tincay-ledger-"))
        url = f"sqlite:///{Path(folder) / 'ledger.sqlite3'}"
    os.environ["LEDGER_DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "ledger.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="ledger", verbosity=0)
    atexit.register(_disconnect)


def empty() -> None:
    """Removes all rows, so that each test begins with an empty ledger."""
    from ledger import models

    for model in (
        models.SentFile, models.Feedback, models.SessionCode, models.ButtonToken, models.WebSession, models.Delivery,
        models.Handoff, models.Effect, models.InboundEvent, models.Worker, models.ChannelCredential,
        models.ConsentLink, models.Upload,
    ):  # fmt: skip
        model.objects.all().delete()
    models.Entry.objects.all().update(reply_to=None)
    models.Entry.objects.all().delete()
    models.Conversation.objects.all().delete()


def _disconnect() -> None:
    from django.db import connections

    for connection in connections.all():
        connection.close()
        if getattr(connection, "pool", None):
            connection.close_pool()

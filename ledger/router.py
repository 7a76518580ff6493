"""Sends the ledger's models to the database alias ``ledger`` and keeps everything else out of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

ALIAS = "ledger"


class LedgerRouter:
    """Database router for the two aliases ``default`` (newsroom) and ``ledger``."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """The ledger's models are read from its alias."""
        return ALIAS if model._meta.app_label == "ledger" else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """The ledger's models are written to its alias."""
        return ALIAS if model._meta.app_label == "ledger" else None

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool | None:
        """No foreign keys across the aliases: staff are stored as id and display name."""
        return (first._meta.app_label == "ledger") == (second._meta.app_label == "ledger")

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Tables of the ledger only there, all other tables only elsewhere."""
        return (app_label == "ledger") == (db == ALIAS)

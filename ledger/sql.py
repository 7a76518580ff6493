"""Values between Python and SQL written by hand, the same on SQLite and PostgreSQL.

Composing a statement costs Django ten times what the database needs for it, so what every message needs is SQL.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connections

from ledger.router import ALIAS


def stored(moment: datetime) -> Any:
    """A time as a parameter."""
    return connections[ALIAS].ops.adapt_datetimefield_value(moment)


def for_update() -> str:
    """What locks the rows of a SELECT until the commit; SQLite has one writer at a time and no words for it."""
    return " FOR UPDATE" if connections[ALIAS].vendor == "postgresql" else ""

"""Database triggers that keep rows from being changed or removed, for both databases that we run on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {action} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_FUNCTION = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""
_POSTGRESQL = """CREATE TRIGGER {table}_no_{verb} BEFORE {action} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()"""


def protect(*tables: str) -> Callable[[Any, Any], None]:
    """For ``migrations.RunPython``: refuses UPDATE and DELETE on the tables."""

    def run(apps: Any, schema_editor: Any) -> None:
        postgresql = schema_editor.connection.vendor == "postgresql"
        if postgresql:
            schema_editor.execute(_FUNCTION, params=None)
        for table in tables:
            for action in ("UPDATE", "DELETE"):
                template = _POSTGRESQL if postgresql else _SQLITE
                schema_editor.execute(template.format(table=table, verb=action.lower(), action=action), params=None)

    return run

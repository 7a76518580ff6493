"""Rows and values between Python and SQL written by hand, the same on SQLite and PostgreSQL.

Composing a statement costs Django ten times what the database needs for it, so what every message needs is SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connections
from django.db.models import Model
from django.db.models.expressions import Col

from ledger.router import ALIAS

type Converter = Callable[[Any], Any]


def stored(moment: datetime) -> Any:
    """A time as a parameter."""
    return connections[ALIAS].ops.adapt_datetimefield_value(moment)


def for_update() -> str:
    """What locks the rows of a SELECT until the commit; SQLite has one writer at a time and no words for it."""
    return " FOR UPDATE" if connections[ALIAS].vendor == "postgresql" else ""


def select[M: Model](model: type[M], rest: str, values: Sequence[Any]) -> list[M]:
    """The model's rows of ``SELECT … FROM its table {rest}``, for a fifth of the time that ``objects.raw`` takes."""
    columns, names, converters = _reading(model, connections[ALIAS].vendor)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {model._meta.db_table} {rest}", values)  # noqa: S608 -- our own names
        found = cursor.fetchall()
    read = [[convert(value) for convert, value in zip(converters, row, strict=True)] for row in found]
    return [model.from_db(ALIAS, names, row) for row in read]


def insert(row: Model) -> None:
    """Stores a new row; one without a primary key gets the database's."""
    connection, given = connections[ALIAS], row.pk is not None
    fields, statement = _writing(type(row), given)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        if not given:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, ALIAS


@cache
def _reading(model: type[Model], vendor: str) -> tuple[str, list[str], list[Converter]]:
    """Columns, the attributes that they fill, and what makes Python's value of the database's."""
    fields = model._meta.concrete_fields
    columns = ", ".join(str(field.column) for field in fields)
    return columns, [field.attname for field in fields], [_converter(model, field) for field in fields]


def _converter(model: type[Model], field: Any) -> Converter:
    connection, column = connections[ALIAS], Col(model._meta.db_table, field)
    steps = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return value

    return convert


@cache
def _writing(model: type[Model], given: bool) -> tuple[list[Any], str]:
    fields = [field for field in model._meta.concrete_fields if given or not field.primary_key]
    names, places = ", ".join(str(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    returned = "" if given else f" RETURNING {model._meta.pk.column}"
    return fields, f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places}){returned}"  # noqa: S608 -- our own names

"""Every address of the newsroom, and what a request writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connections
from django.urls import get_resolver

from newsroom.workplace.closed import CLOSED, closed

# Everybody's own session and preferences, which pages they have open, and what the log notes about reading (exports).
OWN_TABLES = ("django_session", "wagtailusers_userprofile", "wagtailadmin_editingsession", "audit_event")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def addresses(arguments: dict[str, Any]) -> Iterator[str]:
    """Every address of the newsroom, its arguments filled in: by their names, else by the name of their kind
    (``int``, ``str``, ``slug``, ``path``), else with 1."""
    for pattern, prefix in _patterns(get_resolver().url_patterns, ""):
        if pattern.callback is closed:
            yield from (f"admin/{part}/" for part in CLOSED)
            continue
        filled = prefix
        for name, converter in pattern.pattern.converters.items():
            kind = _kind(converter)
            filled = filled.replace(f"<{kind}:{name}>", str(arguments.get(name, arguments.get(kind, 1))))
        if "(?P<" in filled:  # the one regular expression of Wagtail's: comparing two versions
            filled = f"{prefix.partition('(?P<')[0]}{arguments['pk']}/revisions/compare/earliest...latest/"
        yield filled.replace("^", "").replace("$", "")


def _patterns(patterns: Any, prefix: str) -> Iterator[tuple[Any, str]]:
    for pattern in patterns:
        whole = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern.url_patterns, whole)
        else:
            yield pattern, whole


def _kind(converter: Any) -> str:
    return type(converter).__name__.removesuffix("Converter").replace("String", "str").lower()


@contextmanager
def written_rows() -> Iterator[list[str]]:
    """The statements that change a table, on both databases."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES) and not any(f'"{table}"' in sql for table in OWN_TABLES):
            found.append(sql[:100])
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for name in ("default", "ledger"):
            stack.enter_context(connections[name].execute_wrapper(note))
        yield found

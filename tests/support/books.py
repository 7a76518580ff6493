"""The two sets of books of a resident: what the platform's stand-in recorded, and what the ledger holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.environment import DEMO_ACCOUNT
from tests.support.sandbox_phone import SandboxPhone
from tests.support.stack import Stack


@dataclass(frozen=True)
class Stretch:
    """Rows (by id) between a person's taking of a conversation and its end; ``ended_ms`` None while it lasts."""

    begin: int
    end: float
    ended_ms: float | None


@dataclass(frozen=True)
class Books:
    """One resident's. ``shown`` is what stands on the phone, ``entries`` the log in its order."""

    user_id: str
    shown: list[dict[str, Any]]
    entries: list[Any]
    deliveries: dict[int, Any]

    @property
    def messages(self) -> list[Any]:
        """The log without the changes of state."""
        return [entry for entry in self.entries if entry.kind == "message"]

    @property
    def of_account(self) -> list[dict[str, Any]]:
        """What the account has sent, as the phone shows it."""
        return [message for message in self.shown if message["author"] == "oa"]

    @property
    def of_resident(self) -> list[dict[str, Any]]:
        """What the resident has sent."""
        return [message for message in self.shown if message["author"] == "resident"]

    @property
    def entry_of(self) -> dict[str, Any]:
        """The log's row of each message id that the platform gave."""
        rows = {entry.pk: entry for entry in self.entries}
        return {given: rows[key] for key, delivery in self.deliveries.items() for given in delivery.provider_ids}

    def stretches(self) -> Iterator[Stretch]:
        """When a person owned the conversation."""
        begin: int | None = None
        for entry in self.entries:
            if entry.kind != "state":
                continue
            if entry.meta["state"] == "human" and begin is None:
                begin = entry.pk
            elif entry.meta["state"] != "human" and begin is not None:
                yield Stretch(begin, entry.pk, entry.at.timestamp() * 1000)
                begin = None
        if begin is not None:
            yield Stretch(begin, float("inf"), None)


def address_of(phone: SandboxPhone) -> str:
    """How the ledger names a resident of the demonstration's account."""
    return f"{DEMO_ACCOUNT}:{phone.user_id}"


def open_books(phone: SandboxPhone) -> Books:
    """Both sets, read now."""
    from ledger.models import Delivery, Entry

    entries = list(Entry.objects.filter(conversation__address=address_of(phone)).order_by("pk"))
    deliveries = Delivery.objects.filter(entry__in=[entry.pk for entry in entries]).order_by("entry_id")
    rows = {delivery.entry_id: delivery for delivery in deliveries}
    return Books(user_id=phone.user_id, shown=phone.transcript(), entries=entries, deliveries=rows)


@dataclass(frozen=True)
class Posted:
    """An event about a resident's message: when it was first sent to the gateway, when first acknowledged (ms)."""

    message_id: str
    state: str
    first_sent: int
    acknowledged: int | None


class Journal:
    """The platform's record of the events that it sent, read beside it."""

    def __init__(self, stack: Stack) -> None:
        self._file = Path(stack.environment["VAR_DIR"]) / "sandbox" / "platform.sqlite3"

    def pending(self) -> int:
        """Events that have not come to an end."""
        return int(self._rows("SELECT count(*) FROM webhook WHERE state = 'pending'")[0][0])

    def posted(self, user_ids: Collection[str]) -> dict[str, list[Posted]]:
        """The events of these residents' own messages, by resident, in the order in which they arose."""
        rows = self._rows(
            "SELECT user_id, message_id, state, min(at_ms), min(CASE WHEN status = 200 THEN at_ms + elapsed_ms END)"
            " FROM webhook JOIN attempt ON attempt.webhook_id = webhook.id"
            " WHERE event_name LIKE 'user_send_%' GROUP BY webhook.id ORDER BY webhook.id"
        )
        found: dict[str, list[Posted]] = {user_id: [] for user_id in user_ids}
        for user_id, *fields in rows:
            if user_id in found:
                found[user_id].append(Posted(*fields))
        return found

    def _rows(self, sql: str) -> list[Any]:
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(sql).fetchall()

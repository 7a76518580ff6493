"""Providers' events between their acknowledgement and their effect: stored once, worked on once, in each person's order.

A webhook has to be answered in milliseconds, whatever else the gateway is doing, so it only waits for the rows written
here, many in one commit; a worker gives them their effect right afterwards. The statements are SQL, because composing
one costs Django ten times what the database needs for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connections, transaction
from django.db.models import F

from ledger.models import InboundEvent, Worker
from ledger.router import ALIAS

LEASE = timedelta(seconds=6)
KEPT = timedelta(days=7)
MAX_TRIES = 3


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A genuine event as a channel hands it over. ``body`` is JSON in characters that any database takes: it was
    UTF-8, which has no lone surrogates, and was parsed, so it has no NUL."""

    channel: str
    key: str
    lane: str
    body: str
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A stored event that has no effect yet; ``left`` when another worker ended before it had one."""

    id: int
    arrival: Arrival
    left: bool = False


def event_key(channel: str, name: str, identity: str) -> str:
    """Fingerprint of an event: its name belongs to it, because receipts and reactions reuse a message's id."""
    return hashlib.sha256(f"{channel}\n{name}\n{identity}".encode()).hexdigest()


def put(worker: str, arrivals: Sequence[Arrival], now: datetime) -> dict[str, int]:
    """Stores events in one statement; key → id of those that are new within seven days (committed on return)."""
    connection = connections[ALIAS]
    at = connection.ops.adapt_datetimefield_value(now)
    values = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, 0, '')"] * len(arrivals))
    given: list[Any] = []
    for arrival in arrivals:
        given += [arrival.key, arrival.channel, at, arrival.lane, arrival.body, arrival.urgent, worker]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_inboundevent (key, channel, at, lane, body, urgent, worker, tries, set_aside)"  # noqa: S608 -- only placeholders
            f" VALUES {values} ON CONFLICT (key) DO NOTHING RETURNING key, id",
            given,
        )
        return dict(cursor.fetchall())


def finish(key: str) -> bool:
    """Whether the event still waited; call inside the transaction that gives it its effect."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_inboundevent SET body = NULL, lane = '' WHERE key = %s AND body IS NOT NULL", [key]
        )
        return bool(cursor.rowcount == 1)


def finish_all(ids: Iterable[int]) -> None:
    """Events that need nothing more, whatever their effect was."""
    InboundEvent.objects.filter(pk__in=list(ids)).update(body=None, lane="")


def set_aside(event_id: int, reason: str) -> None:
    """Nobody tries this event again; it stays for a person to look at until ``forget_events``."""
    InboundEvent.objects.filter(pk=event_id).update(set_aside=reason[:64])


def is_ahead_elsewhere(waiting: Waiting, worker: str) -> bool:
    """Whether another gateway still has an earlier event of the same person."""
    earlier = InboundEvent.objects.filter(lane=waiting.arrival.lane, pk__lt=waiting.id, body__isnull=False)
    return earlier.filter(set_aside="").exclude(worker=worker).exists()


def others_have(worker: str) -> bool:
    """Whether any event waits for another worker."""
    return InboundEvent.objects.filter(body__isnull=False, set_aside="").exclude(worker=worker).exists()


def stay_alive(worker: str, now: datetime) -> None:
    """Heartbeat: until its lease ends nobody takes this worker's events."""
    Worker.objects.update_or_create(name=worker, defaults={"alive_until": now + LEASE})


def leave(worker: str) -> None:
    """The worker stops; what it leaves behind is anybody's at once."""
    Worker.objects.filter(name=worker).delete()


def try_again(event_id: int) -> None:
    """Noted before a worker touches an event that another one left behind: perhaps it was what ended that one."""
    InboundEvent.objects.filter(pk=event_id).update(tries=F("tries") + 1)


def adopt(worker: str, now: datetime) -> tuple[list[Waiting], list[int]]:
    """Takes over what workers left behind that are gone: (to work on, in order; ids set aside after too many tries).

    To have waited while a worker ended is no try, however often that happens; only ``try_again`` counts.
    """
    with transaction.atomic(using=ALIAS):
        alive = Worker.objects.filter(alive_until__gte=now).values("name")
        left = InboundEvent.objects.filter(body__isnull=False, set_aside="").exclude(worker=worker)
        ids = list(left.exclude(worker__in=alive).select_for_update().values_list("pk", flat=True))
        mine = InboundEvent.objects.filter(pk__in=ids)
        mine.update(worker=worker)
        hopeless = list(mine.filter(tries__gte=MAX_TRIES).values_list("pk", flat=True))
        mine.filter(pk__in=hopeless).update(set_aside="left behind too often")
        rows = list(mine.exclude(pk__in=hopeless).order_by("pk"))
        Worker.objects.filter(alive_until__lt=now).exclude(name=worker).delete()
    return [_waiting(row) for row in rows], hopeless


def forget_events(now: datetime) -> int:
    """Deletes what is older than any repetition; the number of rows."""
    deleted, _ = InboundEvent.objects.filter(at__lt=now - KEPT).delete()
    return deleted


def _waiting(row: InboundEvent) -> Waiting:
    arrival = Arrival(channel=row.channel, key=row.key, lane=row.lane, body=row.body or "", urgent=row.urgent)
    return Waiting(id=row.pk, arrival=arrival, left=True)

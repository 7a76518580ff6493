"""Who was told a release: counted in the ledger, whose messages keep the id of the release that they say."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import Count, QuerySet

from ledger.models import DeliveryState, Entry, EntryKind

CHANNEL_NAMES = {"web": "Cửa sổ trò chuyện", "zalo": "Zalo"}
# Residents never saw these; what is on its way or uncertain counts as told.
NOT_TOLD = (DeliveryState.FAILED, DeliveryState.CANCELLED)


@dataclass(frozen=True)
class Told:
    """Residents of one channel who were told something."""

    channel: str
    residents: int


def messages_with(release_id: str) -> QuerySet[Entry]:
    """The messages by which residents were told a release; their conversations are who a correction has to reach."""
    return Entry.objects.filter(release=release_id, kind=EntryKind.MESSAGE).exclude(delivery__state__in=NOT_TOLD)


def told(release_id: str) -> list[Told] | None:
    """Residents by channel, most first; None when the ledger does not answer, which must not stop a retraction."""
    try:
        rows = messages_with(release_id).values_list("conversation__channel")
        counts = list(rows.annotate(residents=Count("conversation", distinct=True)).order_by("-residents"))
    except DatabaseError:
        return None
    return [Told(CHANNEL_NAMES.get(channel, channel), residents) for channel, residents in counts]

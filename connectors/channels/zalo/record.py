"""Zalo's own record of a conversation, searched for a message that may have been sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from connectors.channels.zalo.client import CONVERSATION, ZaloClient
from connectors.channels.zalo.codes import Remedy, ZaloError, remedy_of
from connectors.channels.zalo.messages import comparable
from connectors.channels.zalo.skew import ZaloTime
from connectors.core.sending import LookUp, SendError

PAGE = 10  # Zalo gives no more in one call
MAX_PAGES = 20
NO_FORMS = frozenset({"text", "photo", "GIF", "sticker", "voice", "location"})


class Record:
    """Reads conversations; newest first, page by page."""

    def __init__(self, client: ZaloClient, time: ZaloTime) -> None:
        self._client = client
        self._time = time

    async def find_sent(self, doubtful: LookUp) -> str | None:
        """See ``CalledChannel.find_sent``: of several messages alike the oldest one."""
        account, _, user_id = doubtful.address.partition(":")
        found = None
        for page in range(MAX_PAGES):
            items = await self._page(account, user_id, page * PAGE)
            for item in items:
                if self._time.ours(_time(item.get("time"))) < doubtful.since:
                    return found
                found = _match(item, doubtful) or found
            if len(items) < PAGE:
                return found
        if found is None:
            raise SendError("zalo's record is too long to be searched", permanent=True)
        return found

    async def _page(self, account: str, user_id: str, offset: int) -> list[Mapping[str, Any]]:
        try:
            items = await self._client.get(account, CONVERSATION, {"user_id": user_id, "offset": offset, "count": PAGE})
        except ZaloError as error:
            if remedy_of(error.code)[0] is Remedy.PAUSE:
                # Whether the app may read at all is for a person to settle; the messages behind must not wait for it.
                raise SendError(error.reason, permanent=True) from error
            raise
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise SendError("zalo's record has no list")
        return items


def _match(item: Mapping[str, Any], doubtful: LookUp) -> str | None:
    """The id of a message of ours in the record, if it may be the doubtful part."""
    provider_id, wanted = str(item.get("message_id") or ""), comparable(doubtful.part.text)
    if item.get("src") != 0 or not provider_id or provider_id in doubtful.known:
        return None
    if comparable(str(item.get("message") or "")) != wanted:
        return None
    # Without words only the kind tells messages apart; what a form is called there, nobody says.
    kind = item.get("type")
    if not wanted and (kind != "photo" if doubtful.part.image else kind in NO_FORMS):
        return None
    return provider_id


def _time(value: object) -> datetime:
    """Milliseconds as Zalo has them, number or text; what is no time counts as long ago."""
    text = str(value)
    return datetime.fromtimestamp(int(text[:14]) / 1000, UTC) if text.isdecimal() else datetime.fromtimestamp(0, UTC)

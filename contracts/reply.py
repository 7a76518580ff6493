"""How a release is shown to a resident: the text with source and date, and the meta data of the message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from contracts.clock import VIETNAM
from contracts.keys import SMALL_TALK_PREFIX
from contracts.release import Release, Source, source_to_json
from contracts.turn import Button, Payload, button_from_json


class Told(Protocol):
    """A release, or what a draft would release."""

    @property
    def key(self) -> str:
        """Its key."""
        ...

    @property
    def payload(self) -> Mapping[str, Any]:
        """The fields of its kind."""
        ...

    @property
    def source(self) -> Source | None:
        """The document that it cites."""
        ...


def vietnamese_date(day: date) -> str:
    """``12/08/2021``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def vietnamese_time(moment: datetime) -> str:
    """``14:05 ngày 12/08/2021`` in Vietnamese time."""
    local = moment.astimezone(VIETNAM)
    return f"{local:%H:%M} ngày {vietnamese_date(local.date())}"


def source_line(source: Source) -> str:
    """``Nguồn: 10696/BYT-MT, Bộ Y tế, ngày 16/12/2021.``; a document without number is named by its title."""
    name = source.number or source.title
    return f"Nguồn: {name}, {source.issuer}, ngày {vietnamese_date(source.date)}."


def with_source(text: str, release: Told) -> str:
    """The text of a release as a resident sees it, with document, issuer and date at its end.

    Small talk states no fact, so its source stays in the meta data only.
    """
    if release.source is None or release.key.startswith(SMALL_TALK_PREFIX):
        return text
    return f"{text.rstrip()}\n\n{source_line(release.source)}"


def release_meta(release: Release) -> dict[str, Any]:
    """``{id, source{number, title, issuer, date, url} | null, approved_at, valid_to}`` for a message's meta."""
    return {
        "id": release.id,
        "source": None if release.source is None else source_to_json(release.source),
        "approved_at": release.approved_at.isoformat(),
        "valid_to": None if release.valid_to is None else release.valid_to.isoformat(),
    }


def release_buttons(release: Told) -> tuple[Button, ...]:
    """Buttons of a release's payload: ``{title, answer | url | phone}``, the answer becoming a payload."""
    return tuple(_button(button) for button in release.payload.get("buttons", ()))


def _button(body: dict[str, Any]) -> Button:
    if "answer" in body:
        return Button(title=body["title"], payload=Payload(answer=body["answer"], slots=body.get("slots", {})))
    return button_from_json(body)

"""How a release is shown to a resident: the text with source and date, and the meta data of the message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from contracts.clock import VIETNAM
from contracts.keys import SMALL_TALK_PREFIX
from contracts.media import Picture, link_line, links_of, picture_line, picture_of
from contracts.release import Release, Source, source_to_json
from contracts.turn import Button, Payload, button_from_json
from contracts.zalo_layout import MOST_BUTTONS


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


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The message that tells a release of one text, whole: with what comes beside its words."""

    text: str
    buttons: tuple[Button, ...]
    picture: Picture | None


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


def answer_of(release: Told) -> Answer:
    """Text, whose its picture, video and files are, source. Video and files are buttons while Zalo takes so many.

    Else all of them are lines with their addresses: one button too many would make a list of all. What the picture
    shows stands in the text too, for Zalo has no other place for it.
    """
    picture, links = picture_of(release.payload), links_of(release.payload)
    buttons = release_buttons(release)
    fit = len(buttons) + len(links) <= MOST_BUTTONS
    lines = [picture_line(picture)] if picture else []
    lines += [link_line(link, with_address=not fit) for link in links]
    text = str(release.payload["text"])
    if lines:
        text = "\n".join([text.rstrip(), "", *lines])
    if fit:
        buttons = (*buttons, *(Button(title=link.title, url=link.url) for link in links))
    return Answer(text=with_source(text, release), buttons=buttons, picture=picture)


def picture_meta(picture: Picture | None) -> dict[str, str]:
    """``{image_text}`` for a message's meta, empty without a picture: what the picture shows, in words."""
    return {} if picture is None else {"image_text": picture.text}


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

"""What an action replies: bubbles made of releases, effects for the relay, and what the conversation remembers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from actions.shelf import Shelf, filled
from contracts.media import Picture
from contracts.release import Release
from contracts.reply import answer_of, picture_meta, release_meta
from contracts.turn import Button, Effect, ReplyMessage, button_to_json


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """At least one message. ``pending`` names the look-up that now waits for a place.

    ``keeps_pending`` leaves a waiting look-up and the last topic as they are: the reply answered nothing.
    """

    messages: tuple[ReplyMessage, ...]
    effects: tuple[Effect, ...] = ()
    pending: str = ""
    keeps_pending: bool = False


def bubble(
    key: str, text: str, release: Release | None, buttons: Iterable[Button] = (), picture: Picture | None = None
) -> ReplyMessage:
    """A message under an answer key, with the release that a later correction would concern."""
    meta = {"answer": key, "release": None if release is None else release_meta(release), **picture_meta(picture)}
    return ReplyMessage(text=text, meta=meta, buttons=tuple(buttons), image=picture.address if picture else "")


def approved(key: str, release: Release) -> ReplyMessage:
    """The text of a release with its source, buttons, picture, video and files."""
    answer = answer_of(release)
    return bubble(key, answer.text, release, answer.buttons, answer.picture)


def notice(key: str, shelf: Shelf, name: str, buttons: Iterable[Button] = (), **values: str) -> ReplyMessage:
    """A system text, its placeholders filled with ``values``.

    Raises:
        MissingReleaseError: the text is not in force, or holds a placeholder without a value.
    """
    release = shelf.need("system", name)
    return bubble(key, filled(release, values), release, buttons)


def response(message: ReplyMessage, effects: Iterable[Effect]) -> dict[str, Any]:
    """Arguments of the dispatcher for one bubble: everything that the engine's output channel keeps together."""
    return {
        "text": message.text,
        "buttons": [button_to_json(button) for button in message.buttons],
        "image": message.image or None,
        "json_message": {
            "meta": dict(message.meta),
            "effects": [{"kind": effect.kind, **effect.data} for effect in effects],
        },
    }

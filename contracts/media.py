"""What an answer or a bulletin has beside its words: a picture, a video, files, each with whose it is.

A release names its picture by the SHA-256 of the file, so that its fingerprint covers the picture too. The fields are
those of ``docs/content.md``; releases from before them lack them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PICTURES = "/pictures/"  # on the gateway, the only public place
PICTURE_NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|png)")
PICTURE_TYPES: Mapping[str, str] = {"jpg": "image/jpeg", "png": "image/png"}
VIDEO = "Video"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """``text`` is for who does not see it, ``credit`` says whose it is and by what right it is used."""

    name: str
    text: str
    credit: str

    @property
    def address(self) -> str:
        """Where residents find it, below the gateway's own address."""
        return PICTURES + self.name


@dataclass(frozen=True, kw_only=True)
class Link:
    """A video or a file elsewhere; ``title`` names it on a button."""

    title: str
    url: str
    credit: str


def picture_of(payload: Mapping[str, Any]) -> Picture | None:
    """The picture of a payload, None without one."""
    shown = payload.get("picture")
    return Picture(name=shown["name"], text=shown["text"], credit=shown["credit"]) if shown else None


def links_of(payload: Mapping[str, Any]) -> tuple[Link, ...]:
    """Video and files of an answer's payload. A bulletin's files stand in its own text (``contracts.bulletin``)."""
    video, files = payload.get("video"), payload.get("attachments", ())
    first = [Link(title=VIDEO, url=video["url"], credit=video["credit"])] if video else []
    return (*first, *(Link(title=file["title"], url=file["url"], credit=file["credit"]) for file in files))


def picture_line(picture: Picture) -> str:
    """What it shows, for whoever gets the words only, and whose it is."""
    return f"Hình: {_sentence(picture.text)} Nguồn: {_sentence(picture.credit)}"


def link_line(link: Link, *, with_address: bool) -> str:
    """Whose it is; with its address where it is no button."""
    name = f"{link.title}: {link.url}" if with_address else f"{link.title}."
    return f"{name} Nguồn: {_sentence(link.credit)}"


def _sentence(words: str) -> str:
    return f"{words.rstrip(' .')}."

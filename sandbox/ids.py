"""Ids and tokens as Zalo makes them: always text, and too long for a JavaScript number."""

from __future__ import annotations

from random import Random


class Ids:
    """Draws ids from one source of randomness; a seeded source repeats them."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw

    def user(self) -> str:
        """``user_id``: the resident as this Official Account sees them."""
        return self._digits("77")

    def user_by_app(self) -> str:
        """``user_id_by_app``: the same resident as the app sees them; not a recipient."""
        return self._digits("55")

    def message(self) -> str:
        """``msg_id`` / ``message_id``."""
        return f"{self._draw.getrandbits(80):020x}"

    def opaque(self) -> str:
        """A token, a code, or an attachment id; 256 bits."""
        return f"{self._draw.getrandbits(256):064x}"

    def _digits(self, prefix: str) -> str:
        return f"{prefix}{self._draw.randrange(10**17):017d}"

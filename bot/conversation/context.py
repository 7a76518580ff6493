"""What came before a message, as far as its meaning hangs on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Context:
    """``topics`` are the keys answered last, two where two questions were in one message; ``asked`` is what asked for them.

    ``offered`` are the keys that the latest message may have meant when it was not understood for sure; ``asked`` is then
    that message.
    """

    topics: tuple[str, ...] = ()
    asked: str = ""
    offered: tuple[str, ...] = ()


BEGINNING = Context()

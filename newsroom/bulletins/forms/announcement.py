"""How the commune's loudspeaker is spoken to: a greeting, what there is to say, what matters a second time, an end."""

from __future__ import annotations

from collections.abc import Sequence

from newsroom.bulletins.forms.spoken import spoken

GREETING = "Kính thưa bà con."
AGAIN = "Xin nhắc lại để bà con nghe rõ."
END = "Xin cảm ơn bà con đã nghe."


def announcement(told: Sequence[str], again: Sequence[str], source: str) -> str:
    """Paragraphs in the order of reading, everything in digits in words; ``source`` is a sentence, or empty."""
    parts = [GREETING, *told, AGAIN, *again, source, END]
    return "\n\n".join(spoken(part.replace("\n", " ")) for part in parts if part)

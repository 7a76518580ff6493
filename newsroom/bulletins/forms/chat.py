"""The bulletin as chat messages, for Zalo and the widget: word for word what the assistant says."""

from __future__ import annotations

from contracts.bulletin import bulletin_text
from contracts.reply import source_line
from contracts.split import split_text
from newsroom.bulletins.forms.edition import Edition


def chat_messages(edition: Edition) -> list[str]:
    """One message, or several when it is longer than Zalo takes; the source ends the last one."""
    text = bulletin_text(edition.payload)
    if edition.source is not None:
        text = f"{text}\n\n{source_line(edition.source)}"
    return split_text(text)

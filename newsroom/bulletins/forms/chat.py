"""The bulletin as chat messages, for Zalo and the widget: word for word what the assistant says."""

from __future__ import annotations

from contracts.bulletin import bulletin_text
from contracts.reply import source_line
from contracts.text import MAX_MESSAGE_CHARS
from newsroom.bulletins.forms.edition import Edition


def chat_messages(edition: Edition) -> list[str]:
    """One message, or several of whole paragraphs when it is longer than Zalo takes; the source ends the last one."""
    text = bulletin_text(edition.payload)
    if edition.source is not None:
        text = f"{text}\n\n{source_line(edition.source)}"
    messages: list[str] = []
    for paragraph in text.split("\n\n"):
        joined = f"{messages[-1]}\n\n{paragraph}" if messages else paragraph
        if messages and len(joined) <= MAX_MESSAGE_CHARS:
            messages[-1] = joined
        else:
            messages.append(paragraph)
    return messages

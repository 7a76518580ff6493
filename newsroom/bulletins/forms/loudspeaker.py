"""The bulletin as a script for the commune's loudspeaker: read by a person or by a machine, said twice."""

from __future__ import annotations

from contracts.bulletin import bulletin_as_of, bulletin_title, figure_lines
from contracts.reply import vietnamese_time
from newsroom.bulletins.forms.announcement import announcement
from newsroom.bulletins.forms.edition import Edition


def loudspeaker_script(edition: Edition) -> str:
    """Paragraphs in the order of reading; figures and advice come a second time."""
    payload = edition.payload
    title = f"Sau đây là {bulletin_title(payload)[:1].lower()}{bulletin_title(payload)[1:]}."
    figures = " ".join(f"{line}." for line in figure_lines(payload))
    counted = f"Tính đến {vietnamese_time(bulletin_as_of(payload))}. {figures}"
    commentary, advice = str(payload["commentary"]), str(payload["advice"])
    source = f"Bản tin theo số liệu của {edition.source.issuer}." if edition.source else ""
    return announcement((title, counted, commentary, advice), (counted, advice), source)

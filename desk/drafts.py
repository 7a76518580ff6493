"""A reply that could not be sent is kept in the browser's session, until its writer has logged in again and sent it.

A login keeps the contents of an anonymous session, so the text is there afterwards, for whoever logs in: the page says who
was writing, and only that operator is shown it. Without such a request the page's own script keeps what is being written.
"""

from __future__ import annotations

from django.http import HttpRequest

from desk.access import MAX_ID

_NAME = "desk_written"
_KEPT_DRAFTS = 5
_KEPT_CHARS = 10_000


def keep_draft(request: HttpRequest, conversation_id: str, writer: str, text: str) -> None:
    """Keeps the text of this operator (an id); of several conversations the last five."""
    drafts = dict(request.session.get(_NAME, {}))
    drafts.pop(conversation_id, None)
    drafts[conversation_id] = [writer[:MAX_ID], text[:_KEPT_CHARS]]
    request.session[_NAME] = dict(list(drafts.items())[-_KEPT_DRAFTS:])


def kept_draft(request: HttpRequest, conversation_id: str, operator_id: str) -> str:
    """The text that this operator wrote, else nothing."""
    writer, text = request.session.get(_NAME, {}).get(conversation_id, ("", ""))
    return str(text) if writer == operator_id else ""


def drop_draft(request: HttpRequest, conversation_id: str) -> None:
    """The text was sent."""
    drafts = dict(request.session.get(_NAME, {}))
    if drafts.pop(conversation_id, None) is not None:
        request.session[_NAME] = drafts

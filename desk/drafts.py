"""A reply that could not be sent is kept in the browser's session, until its writer has logged in again and sent it.

A login keeps the contents of an anonymous session, so the text is there afterwards; only the conversation's owner is shown it.
"""

from __future__ import annotations

from django.http import HttpRequest

_NAME = "desk_drafts"
_KEPT_DRAFTS = 5
_KEPT_CHARS = 10_000


def keep_draft(request: HttpRequest, conversation_id: str, text: str) -> None:
    """Keeps the text; of several conversations the last five."""
    drafts = dict(request.session.get(_NAME, {}))
    drafts.pop(conversation_id, None)
    drafts[conversation_id] = text[:_KEPT_CHARS]
    request.session[_NAME] = dict(list(drafts.items())[-_KEPT_DRAFTS:])


def kept_draft(request: HttpRequest, conversation_id: str) -> str:
    """The kept text, else nothing."""
    return str(request.session.get(_NAME, {}).get(conversation_id, ""))


def drop_draft(request: HttpRequest, conversation_id: str) -> None:
    """The text was sent."""
    drafts = dict(request.session.get(_NAME, {}))
    if drafts.pop(conversation_id, None) is not None:
        request.session[_NAME] = drafts

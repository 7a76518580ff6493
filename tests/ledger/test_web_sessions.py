"""A session's token opens its own conversation, until it expires."""

from __future__ import annotations

from datetime import datetime, timedelta

from ledger.models import WebSession
from ledger.web_sessions import make_code, open_session, open_with_code, session_of


def test_its_token_opens_its_conversation_until_it_expires(now: datetime) -> None:
    opened = open_session(now, timedelta(days=1))

    known = session_of(opened.token, now + timedelta(hours=23))

    assert known is not None
    assert known.session_id == opened.session_id
    assert session_of(opened.token, now + timedelta(days=1)) is None


def test_it_stores_no_token(now: datetime) -> None:
    opened = open_session(now, timedelta(days=1))

    assert opened.token not in str(WebSession.objects.values().get())


def test_a_wrong_token_opens_nothing(now: datetime) -> None:
    open_session(now, timedelta(days=1))

    assert session_of("\ud800" + "x" * 40, now) is None
    assert session_of("", now) is None


def test_a_code_is_good_for_ten_minutes(now: datetime) -> None:
    session = session_of(open_session(now, timedelta(days=1)).token, now)
    assert session is not None
    early, late = make_code(session.conversation_id, now), make_code(session.conversation_id, now)

    assert open_with_code(early, now + timedelta(minutes=9), timedelta(days=1)) is not None
    assert open_with_code(late, now + timedelta(minutes=10), timedelta(days=1)) is None

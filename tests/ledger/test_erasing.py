"""Erasing takes the words and keeps what statistics need."""

from __future__ import annotations

from datetime import datetime, timedelta

from ledger.conversations import find_or_open
from ledger.erasing import erase
from ledger.feedback import give_feedback
from ledger.inbound import Alarm, ResidentMessage, receive
from ledger.models import ButtonToken, Conversation, Entry, Feedback, State, WebSession
from ledger.replies import Reply
from ledger.web_sessions import open_session, session_of

ALARM = Alarm(
    key="nhay_cam/cap_cuu",
    priority=1,
    reply=Reply(
        text="Gọi 115.", release="r1", buttons=[{"title": "x", "payload": {"answer": "5k/tong_quan", "slots": {}}}]
    ),
)


def test_it_takes_texts_payloads_and_session_but_keeps_release_and_times(now: datetime) -> None:
    opened = open_session(now, timedelta(days=1))
    session = session_of(opened.token, now)
    assert session is not None
    receive(session.conversation_id, ResidentMessage(external_id="1", text="mẹ tôi khó thở"), ALARM, now)
    reply = Entry.objects.exclude(release="").get()
    give_feedback(session.conversation_id, reply.pk, "down", "tôi tên là …", now)

    erase(session.conversation_id, now)

    kept = Entry.objects.get(pk=reply.pk)
    assert set(Entry.objects.filter(kind="message").values_list("text", flat=True)) == {None}
    assert (kept.release, kept.at, kept.erased_at) == ("r1", now, now)
    assert Feedback.objects.get().reason == ""
    assert not ButtonToken.objects.exists()
    assert not WebSession.objects.exists()
    assert session_of(opened.token, now) is None
    conversation = Conversation.objects.get()
    assert conversation.state == State.BOT
    assert opened.session_id not in conversation.address


def test_it_keeps_the_confirmation_when_asked_in_the_chat(now: datetime) -> None:
    conversation = find_or_open("web", "a", now)
    receive(conversation.pk, ResidentMessage(external_id="1", text="chuyện riêng"), None, now)
    wish = receive(conversation.pk, ResidentMessage(external_id="2", text="xóa dữ liệu của tôi"), None, now)
    later = receive(conversation.pk, ResidentMessage(external_id="3", text="cảm ơn"), None, now)

    erase(conversation.pk, now, keep_from=wish.entry_id + 1)

    assert list(Entry.objects.exclude(text=None).values_list("pk", flat=True)) == [later.entry_id]
    assert Conversation.objects.get().erased_at is None


def test_it_names_the_pictures_whose_files_must_go_and_keeps_the_changes_of_state(now: datetime) -> None:
    conversation = find_or_open("web", "a", now)
    picture = ResidentMessage(external_id="1", text="", image="/chat/v1/uploads/x.png")
    receive(conversation.pk, picture, ALARM, now)

    assert erase(conversation.pk, now) == ["/chat/v1/uploads/x.png"]
    assert [row.meta["state"] for row in Entry.objects.filter(kind="state").order_by("pk")] == ["waiting", "bot"]

"""Giving back: what the resident is told, and who answers what was asked meanwhile."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from desk.clock import real_now
from ledger.appending import locked_conversation
from ledger.inbound import ResidentMessage, receive
from ledger.models import Author, Conversation, Delivery, Entry
from ledger.replies import Reply
from ledger.turns import complete, take_work
from newsroom.pack.loader import load
from tests.desk.acting import act as do
from tests.desk.residents import Residents

AFTER_ANSWER = "Cán bộ trực đã trả lời xong. Từ giờ trợ lý tự động trả lời bạn."
UNANSWERED = "Vâng, tôi là trợ lý tự động đây. Từ giờ tôi trả lời bạn."
SOURCE = {
    "id": "loi-thoai",
    "number": "Lời thoại",
    "title": "Lời thoại",
    "issuer": "Trợ lý",
    "date": "2021-12-01",
    "url": "",
}
SYSTEM = {"key": "he_thong/tra_lai_tro_ly", "text": AFTER_ANSWER}
CHAT = {
    "key": "tro_chuyen/quay_lai",
    "title": "Quay lại với trợ lý",
    "text": UNANSWERED,
    "source": "loi-thoai",
    "valid_to": "2099-01-01T00:00+07:00",
    "facts": "none",
    "buttons": [{"title": "Gặp cán bộ trực", "answer": "tro_chuyen/gap_nguoi"}],
}


@pytest.fixture(scope="session", autouse=True)
def approved(staff: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Both texts, released by the ordinary road."""
    approver = get_user_model().objects.create_user("phuong", last_name="Phương")
    approver.groups.add(Group.objects.get(name="Người phê duyệt"))
    folder: Path = tmp_path_factory.mktemp("pack")
    (folder / "faq").mkdir()
    empty = ["safety", "menu", "services", "hotlines", "offices", "rules", "fact_checks", "sites", "bulletins"]
    entries = {"sources": [SOURCE], "system": [SYSTEM], "chat": [CHAT]} | {name: [] for name in empty}
    for name, body in entries.items():
        (folder / f"{name}.yml").write_text(yaml.safe_dump(body, allow_unicode=True), "utf-8")
    load(folder, staff["binh"], approver)


def _told(conversation_id: str) -> list[str]:
    """What the assistant said after the last change of state."""
    rows = Entry.objects.filter(conversation=conversation_id)
    changed = rows.filter(kind="state").latest("pk")
    return [(row.text or "").split("\n")[0] for row in rows.filter(pk__gt=changed.pk, kind="message", author="bot")]


def _ask_in_vain(residents: Residents, conversation_id: str, text: str) -> None:
    """A message while a person owns the conversation: the relay takes it and is silent."""
    residents.say(conversation_id, text)
    work = take_work(conversation_id, "worker", real_now())
    assert work is not None
    complete(work, "worker", [], [], real_now())
    assert not residents.found(conversation_id).unhandled


def _next_for_the_assistant(conversation_id: str) -> str | None:
    work = take_work(conversation_id, "worker", real_now())
    return None if work is None else work.text


def _held(lan: Client, residents: Residents, channel: str = "web") -> str:
    """A conversation that Lan has taken; the assistant has answered what came before."""
    waiting = residents.wait("Cho tôi gặp cán bộ", channel=channel)
    work = take_work(waiting, "worker", real_now())
    assert work is not None
    complete(work, "worker", [Reply(text="Vâng, bạn chờ cán bộ trực nhé.")], [], real_now())
    do(lan, "take", waiting)
    return waiting


def test_the_resident_is_told_by_the_approved_text(lan: Client, residents: Residents) -> None:
    held = _held(lan, residents)
    do(lan, "reply", held, text="Chào bác")
    do(lan, "give-back", held)
    assert _told(held) == [AFTER_ANSWER]
    said = Entry.objects.filter(conversation=held).latest("pk")
    assert (said.author, len(said.release) > 0) == (Author.BOT, True)
    assert _next_for_the_assistant(held) is None


def test_nobody_is_told_of_an_answer_that_was_not_given(lan: Client, residents: Residents) -> None:
    held = _held(lan, residents)
    do(lan, "give-back", held)
    assert _told(held) == [UNANSWERED]
    said = Entry.objects.filter(conversation=held).latest("pk")
    assert [button["title"] for button in said.buttons] == ["Gặp cán bộ trực"]
    assert said.meta["answer"] == "tro_chuyen/quay_lai"


def test_it_goes_out_on_channels_that_are_called(lan: Client, residents: Residents) -> None:
    held = _held(lan, residents, "zalo")
    do(lan, "reply", held, text="Chào bác")
    do(lan, "give-back", held)
    assert Delivery.objects.filter(entry__author="bot").latest("pk").state == "pending"


@pytest.mark.parametrize("silent", [timedelta(hours=49), timedelta(days=8)])
def test_nothing_goes_out_that_would_cost_or_not_arrive(silent: timedelta, lan: Client, residents: Residents) -> None:
    held = _held(lan, residents, "zalo")
    Conversation.objects.filter(pk=held).update(last_resident_at=real_now() - silent)
    do(lan, "give-back", held)
    assert _told(held) == []
    assert residents.found(held).state == "bot"


def test_what_was_asked_in_vain_is_the_assistants_then(lan: Client, residents: Residents) -> None:
    held = _held(lan, residents)
    do(lan, "reply", held, text="Chào bác")
    _ask_in_vain(residents, held, "Điểm tiêm ở đâu?")
    do(lan, "give-back", held)
    assert _next_for_the_assistant(held) == "Điểm tiêm ở đâu?"


def test_what_the_operator_answered_is_not_answered_again(lan: Client, residents: Residents) -> None:
    held = _held(lan, residents)
    _ask_in_vain(residents, held, "Điểm tiêm ở đâu?")
    do(lan, "reply", held, text="Ở trạm y tế xã ạ")
    do(lan, "give-back", held)
    assert _next_for_the_assistant(held) is None


def test_a_danger_met_by_its_safety_text_is_not_answered_again(lan: Client, residents: Residents) -> None:
    held = _held(lan, residents)
    residents.cry(held, "Mẹ tôi khó thở tím môi")
    do(lan, "give-back", held)
    assert _next_for_the_assistant(held) is None


def test_a_form_and_an_old_question_are_left_alone(lan: Client, residents: Residents) -> None:
    held = _held(lan, residents)
    form = ResidentMessage(external_id="form", text="", meta={"contact": {"name": "Lê Văn A"}})
    receive(held, form, None, real_now())
    work = take_work(held, "worker", real_now())
    assert work is not None
    complete(work, "worker", [], [], real_now())
    do(lan, "give-back", held)
    assert _next_for_the_assistant(held) is None
    do(lan, "take", held)
    _ask_in_vain(residents, held, "Điểm tiêm ở đâu?")
    Entry.objects.filter(text="Điểm tiêm ở đâu?").update(at=real_now() - timedelta(hours=2))
    do(lan, "give-back", held)
    assert _next_for_the_assistant(held) is None


def test_the_conversation_can_be_taken_again_at_once(lan: Client, residents: Residents) -> None:
    held = _held(lan, residents, "zalo")
    do(lan, "reply", held, text="Chào bác")
    do(lan, "give-back", held)
    do(lan, "take", held)
    assert Delivery.objects.filter(entry__author="bot").latest("pk").state == "cancelled"
    with locked_conversation(held) as conversation:
        assert conversation.owner_name == "Nguyễn Thị Lan"

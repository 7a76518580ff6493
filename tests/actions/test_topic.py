"""What a conversation remembers of a turn."""

from __future__ import annotations

import pytest

from tests.actions.builders import Pack
from tests.actions.conftest import ActionServer


@pytest.fixture
def held(server: ActionServer) -> ActionServer:
    pack = Pack()
    pack.system_texts()
    for key in ("5k/khau_trang", "tro_chuyen/cam_on", "tro_chuyen/tu_choi"):
        pack.faq(key)
    server.hold(pack)
    return server


async def test_it_remembers_the_topic_when_a_question_was_answered(held: ActionServer) -> None:
    reply = await held.act("action_answer", "5k.khau_trang")
    assert reply.slots["chu_de"] == "5k/khau_trang"


async def test_it_keeps_the_topic_when_the_resident_only_says_thanks(held: ActionServer) -> None:
    reply = await held.act("action_answer", "tro_chuyen.cam_on", slots={"chu_de": "5k/khau_trang"})
    assert reply.answers == ["tro_chuyen/cam_on"]
    assert "chu_de" not in reply.slots


async def test_it_ends_the_topic_when_the_resident_says_no(held: ActionServer) -> None:
    reply = await held.act("action_answer", "tro_chuyen.tu_choi", slots={"chu_de": "5k/khau_trang"})
    assert reply.slots["chu_de"] == "tro_chuyen/tu_choi"

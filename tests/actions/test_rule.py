"""Quarantine rules by what the resident says about doses."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from actions.doses import states_told
from contracts.clock import VIETNAM
from tests.actions.builders import LETTER, NOW, THO_XUAN, Pack, place
from tests.actions.conftest import ActionServer


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("tôi là F1 đã tiêm đủ 2 mũi", ["du_lieu"]),
        ("tiem 2 mui roi thi cach ly may ngay", ["du_lieu"]),
        ("tiêm đủ liều rồi", ["du_lieu"]),
        ("F1 chưa tiêm mũi nào", ["chua_tiem"]),
        ("e chua tiem vx", ["chua_tiem"]),
        ("chưa tiêm mũi 2", ["chua_du"]),
        ("mới tiêm 1 mũi", ["chua_du"]),
        ("chưa tiêm đủ", ["chua_du"]),
        ("tôi từng là F0 nay lại là F1", ["khoi_benh"]),
        ("mới khỏi COVID tháng trước", ["khoi_benh"]),
        ("tôi tiêm 2 mũi, con tôi chưa tiêm", ["chua_tiem", "du_lieu"]),
        ("tiêm 2 mũi nhưng chưa đủ 14 ngày", []),
        ("tôi đã tiêm rồi", []),
        ("2 mũi rồi, chưa tiêm mũi 3", ["du_lieu"]),
        ("F1 phải cách ly bao nhiêu ngày", []),
    ],
)
def test_it_reads_the_state_of_doses_when_the_words_say_it(text: str, states: list[str]) -> None:
    assert states_told(text) == states


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("cach_ly/f1", "toi la f1 phai cach ly bao nhieu ngay", ["Trả lời cach_ly/f1."]),
        ("cach_ly/f1", "f1 tiêm 2 mũi", ["F1 đủ liều: 7 ngày."]),
        ("cach_ly/f1", "tôi tiêm 2 mũi, con chưa tiêm", ["F1 đủ liều: 7 ngày.", "Trả lời cach_ly/f1."]),
        ("cach_ly/f1", "f1 chưa tiêm", ["Trả lời cach_ly/f1."]),
        ("cach_ly/f0", "f0 chưa tiêm", ["F0: 10 ngày.", "Trả lời cach_ly/f0."]),
        ("cach_ly/f0", "tôi tiêm 2 mũi, con chưa tiêm", ["F0: 10 ngày.", "Trả lời cach_ly/f0."]),
    ],
)
async def test_it_puts_the_rule_first_when_one_fits_the_words(
    server: ActionServer, pack: Pack, key: str, text: str, expected: list[str]
) -> None:
    pack.rule("f1", "du_lieu", "F1 đủ liều: 7 ngày.")
    pack.rule("f0", "moi_nguoi", "F0: 10 ngày.")
    pack.faq("cach_ly/f1")
    pack.faq("cach_ly/f0")
    server.hold(pack)

    reply = await server.act("action_rule", key.replace("/", "."), text)

    assert [shown.split("\n\n")[0] for shown in reply.texts] == expected
    assert all(shown.endswith("Nguồn: 10696/BYT-MT, Bộ Y tế, ngày 16/12/2021.") for shown in reply.texts)
    assert set(reply.answers) == {key}


async def test_it_says_that_there_is_no_answer_when_neither_rule_nor_text_is_in_force(
    server: ActionServer, pack: Pack
) -> None:
    server.hold(pack)

    reply = await server.act("action_rule", "cach_ly.f2", "f2 tiêm 2 mũi")

    assert reply.answers == ["tro_chuyen/chua_co_cau_tra_loi"]


def day(text: str) -> datetime:
    """Midnight in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


NEW_YEAR = day("2022-01-01")


def first_parts(texts: list[str]) -> list[str]:
    """The texts without their source."""
    return [text.split("\n\n")[0] for text in texts]


async def test_it_lists_each_case_in_one_line_when_nothing_is_told_and_there_is_no_answer(
    server: ActionServer, pack: Pack
) -> None:
    pack.rule("f1", "chua_tiem", "F1 chưa tiêm: 7 ngày.\nThêm một dòng.")
    pack.rule("f1", "du_lieu", "F1 đủ liều: 5 ngày.\nThêm một dòng.")
    pack.rule("f0", "moi_nguoi", "F0: 10 ngày.")
    pack.hotlines()
    server.hold(pack)

    reply = await server.act("action_rule", "cach_ly.f1", "f1 cách ly mấy ngày")

    assert first_parts(reply.texts) == ["F1 đủ liều: 5 ngày.", "F1 chưa tiêm: 7 ngày."]
    assert len(set(reply.releases)) == 2
    assert [button["phone"] for button in reply.buttons] == ["02371022", "19009095"]


async def test_it_tells_the_whole_rule_when_it_is_the_only_one(server: ActionServer, pack: Pack) -> None:
    pack.rule("f0", "moi_nguoi", "F0: 10 ngày.\nGọi 115 khi khó thở.")
    server.hold(pack)

    reply = await server.act("action_rule", "cach_ly.f0", "tôi dương tính")

    assert first_parts(reply.texts) == ["F0: 10 ngày.\nGọi 115 khi khó thở."]


async def test_it_leaves_out_the_answer_when_a_rule_has_begun_since(server: ActionServer, pack: Pack) -> None:
    """The older text would contradict it."""
    pack.faq("cach_ly/f1", "F1: 7 ngày.")
    pack.rule("f1", "du_lieu", "F1 đủ liều: 5 ngày.", valid_from=NOW - timedelta(days=1))
    server.hold(pack)

    reply = await server.act("action_rule", "cach_ly.f1", "f1 cách ly mấy ngày")

    assert first_parts(reply.texts) == ["F1 đủ liều: 5 ngày."]


async def test_it_says_what_begins_soon_with_its_day_when_it_is_released(server: ActionServer, pack: Pack) -> None:
    pack.faq("cach_ly/nhap_canh", "Bạn hỏi 02371022.", source=replace(LETTER, number="3638/QĐ-BYT"))
    pack.rule("nhap_canh", "du_lieu", "Đã tiêm đủ: 3 ngày.\nPCR.", valid_from=NEW_YEAR)
    pack.rule("nhap_canh", "chua_tiem", "Chưa tiêm: 7 ngày.\nỞ nhà.", valid_from=NEW_YEAR)
    server.hold(pack)

    untold = await server.act("action_rule", "cach_ly.nhap_canh", "về nước cách ly mấy ngày")
    told = await server.act("action_rule", "cach_ly.nhap_canh", "về nước, đã tiêm 2 mũi")

    assert first_parts(untold.texts) == [
        "Bạn hỏi 02371022.",
        "Từ ngày 01/01/2022:\nĐã tiêm đủ: 3 ngày.",
        "Từ ngày 01/01/2022:\nChưa tiêm: 7 ngày.",
    ]
    assert first_parts(told.texts)[1:] == ["Từ ngày 01/01/2022:\nĐã tiêm đủ: 3 ngày.\nPCR."]


async def test_it_says_nothing_twice_when_the_answer_comes_from_the_document_that_begins_soon(
    server: ActionServer, pack: Pack
) -> None:
    pack.faq("cach_ly/nhap_canh", "Từ 01/01/2022: 3 ngày.")
    pack.rule("nhap_canh", "du_lieu", "Đã tiêm đủ: 3 ngày.\nPCR.", valid_from=NEW_YEAR)
    server.hold(pack)

    untold = await server.act("action_rule", "cach_ly.nhap_canh", "về nước cách ly mấy ngày")
    told = await server.act("action_rule", "cach_ly.nhap_canh", "về nước, đã tiêm 2 mũi")

    assert first_parts(untold.texts) == ["Từ 01/01/2022: 3 ngày."]
    assert first_parts(told.texts)[1:] == ["Từ ngày 01/01/2022:\nĐã tiêm đủ: 3 ngày.\nPCR."]


async def test_it_tells_the_rules_of_the_day_when_a_day_to_come_is_named(server: ActionServer, pack: Pack) -> None:
    pack.faq("cach_ly/nhap_canh", "Bạn hỏi 02371022.")
    pack.rule("nhap_canh", "du_lieu", "14 ngày.", valid_to=NEW_YEAR)
    pack.rule("nhap_canh", "du_lieu", "3 ngày.", valid_from=NEW_YEAR)
    server.hold(pack)

    async def told(text: str) -> list[str]:
        return first_parts((await server.act("action_rule", "cach_ly.nhap_canh", text)).texts)

    assert await told("ngày 5/1 tôi về nước, tiêm đủ rồi") == ["Quy định áp dụng ngày 05/01/2022:\n3 ngày."]
    gone_by = await told("tôi về nước ngày 20/12, tiêm đủ rồi")
    assert gone_by == ["14 ngày.", "Từ ngày 01/01/2022:\n3 ngày."]


async def test_it_starts_the_next_rule_by_itself_when_its_day_has_come(server: ActionServer, pack: Pack) -> None:
    pack.rule("f1", "du_lieu", "7 ngày.", valid_to=NOW)
    pack.rule("f1", "du_lieu", "5 ngày.", valid_from=NOW)
    server.hold(pack)

    reply = await server.act("action_rule", "cach_ly.f1", "f1 tiêm 2 mũi")

    assert first_parts(reply.texts) == ["5 ngày."]


async def test_it_prefers_the_rule_of_the_district_when_there_is_one(server: ActionServer, pack: Pack) -> None:
    pack.rule("f1", "du_lieu", "Cả tỉnh: 7 ngày.")
    own = {"subject": "f1", "vaccinated": "du_lieu", "isolate_days": 10, "monitor_days": 0, "tests": []}
    pack.add("rule", "f1-rieng", own | {"text": "Thọ Xuân: 10 ngày."}, place=THO_XUAN)
    server.hold(pack)

    reply = await server.act("action_rule", "cach_ly.f1", "f1 tiêm đủ ở Thọ Xuân", place(THO_XUAN, "Thọ Xuân"))

    assert first_parts(reply.texts) == ["Thọ Xuân: 10 ngày."]

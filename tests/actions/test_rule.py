"""Quarantine rules by what the resident says about doses."""

from __future__ import annotations

import pytest

from actions.doses import states_told
from tests.actions.builders import Pack
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
        ("cach_ly/f1", "f1 tiêm 2 mũi", ["F1 đủ liều: 7 ngày.", "Trả lời cach_ly/f1."]),
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

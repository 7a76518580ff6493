"""How many doses were given."""

from __future__ import annotations

from tests.actions.builders import Pack
from tests.actions.conftest import ActionServer

DOSES = {"new_cases": 184, "doses": 20134, "total_doses": 2989906}


async def test_it_tells_doses_with_their_time_when_the_bulletin_has_them(server: ActionServer, pack: Pack) -> None:
    pack.bulletin("2021-12-30T16:00+07:00", figures=DOSES)
    server.hold(pack)

    reply = await server.act("action_vaccination_progress", "ban_tin.tien_do_tiem", "tiêm được bao nhiêu mũi")

    assert reply.texts[0].split("\n\n")[0].split("\n") == [
        "Số liệu tính đến 16:00 ngày 30/12/2021:",
        "Mũi vắc xin đã tiêm: 20.134",
        "Tổng số mũi vắc xin đã tiêm: 2.989.906",
    ]
    assert "Nguồn:" in reply.texts[0]
    assert reply.answers == ["ban_tin/tien_do_tiem"]


async def test_it_gives_the_approved_statement_when_the_bulletin_has_no_doses(server: ActionServer, pack: Pack) -> None:
    pack.bulletin("2021-12-30T16:00+07:00")
    statement = pack.faq("ban_tin/tien_do_tiem", "Đến 08/12/2021: 2.989.906 mũi.")
    server.hold(pack)

    reply = await server.act("action_vaccination_progress", "ban_tin.tien_do_tiem", "tỷ lệ phủ vắc xin")

    assert reply.releases == [statement.id]


async def test_it_says_that_there_is_no_answer_when_neither_holds_doses(server: ActionServer, pack: Pack) -> None:
    server.hold(pack)

    reply = await server.act("action_vaccination_progress", "ban_tin.tien_do_tiem", "tỷ lệ phủ vắc xin")

    assert reply.answers == ["tro_chuyen/chua_co_cau_tra_loi"]
    assert reply.effects == [{"kind": "unanswered"}]

"""What a played turn is held to."""

from __future__ import annotations

import pytest

from bot.evaluation.conversations import Turn, what_is_wrong
from contracts.turn import Button, Candidate, Payload, ReplyMessage, TurnMeta, TurnReply

COST, SITE = "tiem_chung/chi_phi", "tiem_chung/diem_tiem"


def reply(answer: str, *, asked_back: bool = False, also: str = "", offered: str = "") -> TurnReply:
    keys = [key for key in (answer, also) if key]
    buttons = (Button(title="Xem", payload=Payload(answer=offered)),) if offered else ()
    messages = tuple(ReplyMessage(text=key, meta={"answer": key, "release": None}, buttons=buttons) for key in keys)
    candidates = (Candidate(answer=answer, confidence=0.4), Candidate(answer=SITE, confidence=0.3))
    meta = TurnMeta(answer=answer, confidence=0.4, asked_back=asked_back, candidates=candidates, model="m")
    return TurnReply(messages=messages, meta=meta)


@pytest.mark.parametrize(
    ("turn", "got", "place"),
    [
        (Turn("", COST), reply(COST), ""),
        (Turn("", SITE, asked_back=True), reply(COST, asked_back=True), ""),
        (Turn("", SITE, place="Thọ Xuân"), reply(SITE), "huyện Thọ Xuân"),
        (Turn("", SITE, also=COST), reply(SITE, also=COST), ""),
        (Turn("", SITE, also=COST), reply(COST, also=SITE), ""),
        (Turn("", SITE, also=COST), reply(SITE, offered=COST), ""),
    ],
)
def test_it_finds_nothing_wrong_when_the_reply_is_as_expected(turn: Turn, got: TurnReply, place: str) -> None:
    assert what_is_wrong(turn, got, place) == ""


@pytest.mark.parametrize(
    ("turn", "got", "complaint"),
    [
        (Turn("", COST), reply(SITE), f"answered {SITE}"),
        (Turn("", COST), reply(COST, asked_back=True), f"asked back {COST}"),
        (Turn("", COST, asked_back=True), reply(COST), f"answered {COST}"),
        (Turn("", "5k/xu_phat", asked_back=True), reply(COST, asked_back=True), f"asked back {COST}"),
        (Turn("", SITE, place="Thọ Xuân"), reply(SITE), "understood the place 'huyện Nông Cống'"),
        (Turn("", SITE, also=COST), reply(SITE), f"said nothing of {COST}"),
        (Turn("", SITE, also=COST), reply(COST), f"said nothing of {SITE}"),
    ],
)
def test_it_says_what_is_wrong_when_the_reply_differs(turn: Turn, got: TurnReply, complaint: str) -> None:
    assert what_is_wrong(turn, got, "huyện Nông Cống") == complaint


def test_it_takes_no_question_back_when_the_turn_is_sensitive() -> None:
    turn = Turn("", "nhay_cam/cap_cuu", asked_back=True)
    assert "never waits" in what_is_wrong(turn, reply("nhay_cam/cap_cuu", asked_back=True), "")

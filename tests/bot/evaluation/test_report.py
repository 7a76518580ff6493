"""The gate's report."""

from __future__ import annotations

from bot.evaluation.outcomes import Outcome
from bot.evaluation.questions import FOLDED, FULL, Question
from bot.evaluation.report import make_report
from contracts.turn import Candidate, TurnMeta

F1, DANGER = Question("f1 mấy ngày", "cach_ly/f1"), Question("cứu với", "nhay_cam/cap_cuu")
TEEN = Question("f1 cl bn ngay", "cach_ly/f1", "teencode")


def outcome(
    question: Question, answer: str, spelling: str = FULL, asked_back: bool = False, choices: tuple[str, ...] = ()
) -> Outcome:
    candidates = tuple(Candidate(answer=choice, confidence=0.2) for choice in choices)
    meta = TurnMeta(answer=answer, confidence=0.9, asked_back=asked_back, candidates=candidates, model="m")
    return Outcome(question, spelling, meta)


def test_it_counts_right_wrong_and_asked_back_when_all_occur() -> None:
    outcomes = [
        outcome(F1, "cach_ly/f1"),
        outcome(F1, "cach_ly/f2", FOLDED),
        outcome(DANGER, "nhay_cam/cap_cuu"),
        outcome(DANGER, "nhay_cam/cap_cuu", FOLDED, asked_back=True),
    ]
    report = make_report(outcomes)
    counted = {"questions": 4, "right": 2, "wrong": 1, "asked_back": 1, "offered": 0, "share": 0.5}
    assert report["total"] == counted
    assert report["by_spelling"][FULL]["share"] == 1.0
    assert report["sensitive_recall"] == 0.5
    assert report["false_alarms"] == 0.0


def test_it_tells_rightly_asked_back_apart_when_the_key_is_among_the_choices() -> None:
    back = [
        outcome(F1, "cach_ly/f2", asked_back=True, choices=("cach_ly/f2", "cach_ly/f1")),
        outcome(TEEN, "cach_ly/f2", "teencode", asked_back=True, choices=("cach_ly/f2", "cach_ly/f0")),
    ]
    report = make_report(back)
    assert (report["total"]["asked_back"], report["total"]["offered"]) == (2, 1)
    assert {name: part["offered"] for name, part in report["by_spelling"].items()} == {
        FULL: 1,
        FOLDED: 0,
        "teencode": 0,
    }


def test_it_counts_what_is_out_of_scope_when_it_was_answered_past_the_point() -> None:
    gold = Question("giá vàng", "tro_chuyen/ngoai_pham_vi")
    report = make_report(
        [
            outcome(gold, "5k/xu_phat"),
            outcome(gold, "5k/xu_phat", asked_back=True),
            outcome(gold, "tro_chuyen/chua_co_cau_tra_loi"),
            outcome(F1, "tro_chuyen/ngoai_pham_vi"),
        ]
    )
    assert report["out_of_scope"] == {"questions": 3, "right": 1, "wrong": 1, "asked_back": 1}


def test_it_counts_other_spellings_when_there_are_some() -> None:
    report = make_report([outcome(F1, "cach_ly/f1"), outcome(TEEN, "cach_ly/f2", "teencode")])
    assert {name: part["right"] for name, part in report["by_spelling"].items()} == {FULL: 1, FOLDED: 0, "teencode": 0}


def test_it_counts_recall_by_group_when_another_sensitive_key_answers() -> None:
    report = make_report([outcome(DANGER, "nhay_cam/phan_ung_nang"), outcome(F1, "nhay_cam/rieng_tu")])
    assert (report["sensitive_recall"], report["false_alarms"], report["total"]["right"]) == (1.0, 1.0, 0)


def test_it_lists_fixed_and_broken_when_there_was_a_model_before() -> None:
    before = [outcome(F1, "cach_ly/f2"), outcome(DANGER, "nhay_cam/cap_cuu")]
    after = [outcome(F1, "cach_ly/f1"), outcome(DANGER, "tro_chuyen/chao")]
    report = make_report(after, before)
    fixed = {"text": F1.text, "spelling": FULL, "expected": "cach_ly/f1", "before": "cach_ly/f2", "after": "cach_ly/f1"}
    assert report["fixed"] == [fixed]
    assert [change["text"] for change in report["broken"]] == [DANGER.text]
    assert (report["before"]["total"]["right"], report["before"]["sensitive_recall"]) == (1, 1.0)
    assert make_report(after)["before"] is None


def test_it_has_no_share_when_nothing_was_asked() -> None:
    assert make_report([])["total"]["share"] is None

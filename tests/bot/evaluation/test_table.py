"""The printed figures."""

from __future__ import annotations

from pathlib import Path

from bot.evaluation.conversations import Played, Turn
from bot.evaluation.outcomes import Outcome
from bot.evaluation.questions import Question
from bot.evaluation.table import figures, urgent_keys
from contracts.turn import Candidate, TurnMeta

ROOT = Path(__file__).resolve().parents[3]
OUTSIDE, URGENT = "tro_chuyen/ngoai_pham_vi", "nhay_cam/cap_cuu"


def outcome(text: str, expected: str, answer: str, asked_back: bool = False, offered: bool = True) -> Outcome:
    second = expected if offered else "tro_chuyen/che"
    candidates = (Candidate(answer=answer, confidence=0.4), Candidate(answer=second, confidence=0.3))
    meta = TurnMeta(answer=answer, confidence=0.9, asked_back=asked_back, candidates=candidates, model="m")
    return Outcome(Question(text, expected, "slips", "keys_1"), "slips", meta)


def printed(*outcomes: Outcome, played: tuple[Played, ...] = ()) -> list[str]:
    lines = "\n".join(figures(outcomes, played, urgent_keys(ROOT / "data/taxonomy.yml"))).splitlines()
    return [" ".join(line.split()) for line in lines]


def test_it_counts_by_spelling_group_and_file_when_questions_went_wrong() -> None:
    lines = printed(
        outcome("một", "5k/khau_trang", "5k/khau_trang"),
        outcome("hai", "5k/khau_trang", "5k/xu_phat"),
        outcome("ba", "5k/khau_trang", "5k/xu_phat", asked_back=True),
        outcome("bốn", "5k/khau_trang", "5k/xu_phat"),
        outcome("năm", "5k/khau_trang", "5k/xu_phat", asked_back=True, offered=False),
    )
    for part in ("slips", "5k", "keys_1", "all"):
        assert f"{part} 5 20.0% 20.0% 20.0% 40.0%" in lines
    confused = lines.index("2 5k/khau_trang → 5k/xu_phat")
    assert lines[confused + 1 : confused + 3] == ["hai [slips]", "bốn [slips]"]
    assert "2 5k/khau_trang → 5k/xu_phat?" in lines


def test_it_names_what_was_missed_when_a_sensitive_message_was() -> None:
    lines = printed(
        outcome("cứu", URGENT, URGENT),
        outcome("kiện", "nhay_cam/khieu_nai_to_cao", "tro_chuyen/che"),
        outcome("số mấy", "lien_he/duong_day_nong", URGENT),
    )
    assert "sensitive recall 50.0% of 2" in lines
    assert "of priority 1 100.0% of 1" in lines
    assert "missed: kiện [slips] nhay_cam/khieu_nai_to_cao → tro_chuyen/che" in lines
    assert f"false alarm: số mấy [slips] lien_he/duong_day_nong → {URGENT}" in lines


def test_it_counts_only_confident_answers_when_a_question_is_out_of_scope() -> None:
    lines = printed(
        outcome("vàng", OUTSIDE, "5k/xu_phat"),
        outcome("mưa", OUTSIDE, "5k/xu_phat", asked_back=True),
        outcome("gan", OUTSIDE, "tro_chuyen/chua_co_cau_tra_loi"),
        outcome("lô đề", OUTSIDE, OUTSIDE),
    )
    assert "out of scope, answered wrongly with confidence 25.0% of 4" in lines
    assert "asked back 25.0%" in lines


def test_it_counts_a_conversation_as_right_when_all_its_turns_are() -> None:
    turn = Turn("alo", "tro_chuyen/chao")
    lines = printed(played=(Played("a", turn, ""), Played("a", turn, "answered x"), Played("b", turn, "")))
    assert "conversations 1 of 2 right, 2 of 3 turns" in lines
    assert "a: 'alo' → tro_chuyen/chao: answered x" in lines

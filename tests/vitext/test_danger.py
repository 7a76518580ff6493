"""The danger rules on a table of messages in many voices, on their variants, and on naughty input."""

import time
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitext.danger import RULES, find_danger
from vitext.fold import fold
from vitext.rules.circumstances import MARKS
from vitext.rules.rule import Needs

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("danger.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
DANGERS = [(key, text) for key, text in ROWS if key != "-"]
HARMLESS = [text for key, text in ROWS if key == "-"]
# Traps for a matcher: beginnings of phrases, markers and gaps without end.
TRAPS = (
    "không khó thở, ",
    "nếu khó thở ",
    "đánh ",
    "có ",
    "mẹ em bị ",
    "a",
    "😷",
    "khó thở ",
    "spo2 ",
    "1 ",
    "chồng chết ",
    "con chó co giật ",
    "phim game bị đánh ",
    "đường dây nóng bị bạo hành tôi ",
    "gọi mãi lay mấy ",
    "huyết áp ",
    "không có em thì ",
)


def test_it_has_a_table_worth_the_name() -> None:
    assert len(DANGERS) >= 150
    assert len(HARMLESS) >= 150
    assert {key for key, _ in DANGERS} == {rule.key for rule in RULES}


@pytest.mark.parametrize(("key", "text"), DANGERS)
def test_it_finds_the_danger(key: str, text: str) -> None:
    danger = find_danger(text)

    assert danger is not None
    assert danger.key == key


@pytest.mark.parametrize("text", HARMLESS)
def test_it_finds_nothing_when_the_message_is_harmless(text: str) -> None:
    assert find_danger(text) is None


def test_it_finds_nearly_all_dangers_when_typed_without_diacritics() -> None:
    missed = [text for _, text in DANGERS if find_danger(fold(text)) is None]

    # Some words are told apart by their accents alone ("ngất", "tự tử", "hấn").
    assert len(missed) <= len(DANGERS) * 0.04, missed


def test_it_raises_few_alarms_when_harmless_messages_have_no_diacritics() -> None:
    alarms = [text for text in HARMLESS if find_danger(fold(text)) is not None]

    assert len(alarms) <= len(HARMLESS) * 0.02, alarms


@pytest.mark.parametrize("form", ["NFD", "NFKD"])
def test_it_gives_the_same_answer_when_text_is_decomposed(form: Literal["NFD", "NFKD"]) -> None:
    for _, text in ROWS:
        assert find_danger(unicodedata.normalize(form, text)) == find_danger(text)


@pytest.mark.parametrize(
    ("number", "dangerous"), [("99", False), ("97", False), ("95", False), ("94", True), ("93", True), ("70", True)]
)
def test_it_reads_the_oxygen_meter(number: str, dangerous: bool) -> None:
    assert (find_danger(f"SpO2 của mẹ em là {number}%") is not None) is dangerous


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_it_never_raises_when_given_any_characters(text: str) -> None:
    find_danger(text)


@given(st.lists(st.sampled_from(sorted({word for _, text in ROWS for word in text.split()})), max_size=60))
def test_it_never_raises_when_words_of_the_rules_are_shuffled(words: list[str]) -> None:
    find_danger(" ".join(words))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("em xin lỗi bố mẹ", None),
        ("tối nay là tối cuối cùng", "nhay_cam/tu_hai"),
        ("nhờ ai chăm con giúp em", None),
        ("em xin lỗi bố mẹ, nhờ ai chăm con giúp em", "nhay_cam/tu_hai"),
        ("chồng em nhậu rượu", None),
        ("chồng em nhậu rượu, em trốn ngoài vườn", "nhay_cam/bao_luc"),
    ],
)
def test_it_takes_two_hints_together_when_one_is_harmless(text: str, key: str | None) -> None:
    danger = find_danger(text)

    assert (danger and danger.key) == key


def test_it_takes_hints_together_only_when_they_are_near_each_other() -> None:
    between = "hôm qua đi chợ mua rau về nấu cơm"

    assert find_danger(f"chồng em nhậu rượu {between}, em trốn ngoài vườn") is not None
    assert find_danger(f"chồng em nhậu rượu {between} {between} {between}, em trốn ngoài vườn") is None


def test_it_names_only_rules_and_circumstances_that_exist() -> None:
    hints = {rule.name: rule.companions for rule in RULES if rule.needs is Needs.COMPANION}

    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {rule.unless for rule in RULES if rule.unless} <= MARKS.keys()
    for name, companions in hints.items():
        assert companions
        assert all(name in hints[companion] for companion in companions)


@pytest.mark.parametrize("trap", TRAPS)
def test_it_takes_linear_time_when_a_trap_is_repeated(trap: str) -> None:
    short, long = (trap * 2000)[:1000], (trap * 12000)[:10000]

    # Ten times the text may take ten times as long; quadratic work would take a hundred times.
    assert best_of_five(long) < best_of_five(short) * 35 + 0.005


def test_it_is_quick_enough_for_every_inbound_message() -> None:
    text = max(HARMLESS, key=len)

    # Measured about 0.2 ms for 200 characters; the bound leaves room for a busy machine.
    assert best_of_five(text) < 0.003


def best_of_five(text: str) -> float:
    """Processor seconds of the quickest of five runs."""
    times = []
    for _ in range(5):
        start = time.process_time()
        find_danger(text)
        times.append(time.process_time() - start)
    return min(times)

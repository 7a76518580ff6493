"""Example sentences and test questions as editors write them: one a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from contracts.text import clean_text, has_words
from newsroom.training.models import HeldOutQuestion, TrainingExample
from vitext.fold import fold, syllables

MAX_LINES = 500
LONGEST_EXAMPLE, LONGEST_QUESTION = 300, 600  # characters
MIN_QUESTIONS = 3  # fewer say nothing about a key
_SHOWN = 8  # remarks of one sort; more would hide the others
_MARKUP = frozenset("[]{}|")  # the engine reads them as marks of places and names


def lines_of(text: str) -> list[str]:
    """The sentences of a box, cleaned, without empty lines and repetitions."""
    cleaned = (" ".join(clean_text(line).split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in cleaned if line))


def text_of(lines: Iterable[str]) -> str:
    """The sentences as the content of a box."""
    return "\n".join(lines)


def spelling_of(text: str) -> str:
    """``full`` for a question with accents, ``none`` for one without."""
    return "none" if fold(text) == text.lower() else "full"


@lru_cache(maxsize=30_000)  # all examples of an installation, asked for at every look at a draft
@lru_cache(maxsize=65_536)  # every remark on a draft compares it with all examples, and folding takes most of that
def same_words(text: str) -> str:
    """What two sentences share that differ only in accents, case and punctuation."""
    return " ".join(syllable.folded for syllable in syllables(text))


def example_problems(key: str, examples: Sequence[str], questions: Sequence[str]) -> list[str]:
    """What makes approving these lists of one key impossible, in Vietnamese."""
    problems = _box_problems("Câu ví dụ", examples, LONGEST_EXAMPLE)
    problems += _box_problems("Câu kiểm tra", questions, LONGEST_QUESTION)
    if examples and len(questions) < MIN_QUESTIONS:
        problems.append(
            f"Cần ít nhất {MIN_QUESTIONS} câu kiểm tra, viết khác với các câu ví dụ. Hiện có {len(questions)}."
        )
    usable = (comparable(examples, LONGEST_EXAMPLE), comparable(questions, LONGEST_QUESTION))
    return problems + _learnt_questions(key, *usable)


def comparable(lines: Sequence[str], longest: int) -> list[str]:
    """The lines that are compared with others. A paste of megabytes is refused for its size; comparing would take hours."""
    return [line for line in lines[:MAX_LINES] if len(line) <= longest]


def first_of(remarks: list[str]) -> list[str]:
    """The first remarks of one sort, and how many more there are."""
    rest = len(remarks) - _SHOWN
    return remarks if rest <= 0 else [*remarks[:_SHOWN], f"Và {rest} trường hợp nữa."]


def _box_problems(box: str, lines: Sequence[str], longest: int) -> list[str]:
    many = [f"{box}: tối đa {MAX_LINES} dòng, hiện có {len(lines)}."] if len(lines) > MAX_LINES else []
    problems = []
    for line in lines[:MAX_LINES]:
        if len(line) > longest:
            problems.append(f"{box} “{line[:40]}…” dài {len(line)} ký tự. Tối đa {longest} ký tự.")
        elif not has_words(line):
            problems.append(f"{box} “{line}” không có chữ nào.")
        elif line.startswith("/") or _MARKUP & set(line):
            problems.append(f"{box} “{line[:40]}”: không bắt đầu bằng / và không dùng các dấu [ ] {{ }} |.")
    return many + first_of(problems)


def _learnt_questions(key: str, examples: Sequence[str], questions: Sequence[str]) -> list[str]:
    """A question that is also learnt measures nothing: of this key's lists, and against those of all other keys."""
    asked = {same_words(question): question for question in questions}
    others = TrainingExample.objects.exclude(key=key).values_list("text", flat=True) if asked else ()
    learnt = {same_words(text) for text in (*examples, *others)}
    found = [
        f"Câu kiểm tra “{text}” cũng là câu ví dụ. Hãy viết câu khác." for same, text in asked.items() if same in learnt
    ]
    held_out = HeldOutQuestion.objects.exclude(key=key).values_list("text", flat=True) if examples else ()
    measured = {same_words(text) for text in held_out}
    found += [f"Câu ví dụ “{text}” là câu kiểm tra của khóa khác." for text in examples if same_words(text) in measured]
    return found

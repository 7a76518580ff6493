"""Reading test questions and conversations."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.conversations import Turn, read_conversations
from bot.evaluation.questions import Question, QuestionFileError, read_questions


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_it_reads_spelling_and_file_when_a_question_has_them(tmp_path: Path) -> None:
    path = write(tmp_path, "keys.yml", "- {text: a, answer: b/c, spelling: slips}\n- {text: d, answer: e/f}\n")
    assert read_questions([path]) == [Question("a", "b/c", "slips", "keys"), Question("d", "e/f", "full", "keys")]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("- {text: a}", "entry 1, lacks answer"),
        ("- {text: a, answer: b, speling: full}", "unknown names speling"),
        ("- {text: a, answer: b, spelling: fast}", "spelling 'fast'; it is one of full, none"),
        ("text: a", "something else than a list"),
        ("- [", "cannot be read as YAML"),
    ],
)
def test_it_says_what_is_wrong_when_a_question_is(tmp_path: Path, body: str, complaint: str) -> None:
    with pytest.raises(QuestionFileError, match=complaint) as error:
        read_questions([write(tmp_path, "q.yml", body)])
    assert "q.yml" in str(error.value)


def test_it_leaves_conversations_to_their_reader_when_they_stand_beside(tmp_path: Path) -> None:
    path = write(
        tmp_path, "conversations.yml", "- {name: n, turns: [{say: a, answer: b/c, also: d/e, place: Thọ Xuân}]}"
    )
    assert read_questions([path]) == []
    (conversation,) = read_conversations(path)
    assert conversation.turns == (Turn("a", "b/c", also="d/e", place="Thọ Xuân"),)


def test_it_has_no_conversations_when_there_is_no_file(tmp_path: Path) -> None:
    assert read_conversations(tmp_path / "conversations.yml") == []


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("- {name: n}", "lacks turns"),
        ("- {name: n, turns: []}", "write at least one"),
        ("- {name: n, turns: [{say: a}]}", "lacks answer"),
        ("- {name: n, turns: [{say: a, answer: b, and: c}]}", "unknown names and; it takes say, answer, asked_back"),
        ("- {name: n, turns: [{say: a, answer: b, asked_back: maybe}]}", "asked_back is 'maybe'"),
        ("- {name: n, turns: [{say: a, answer: b}]}\n- {name: n, turns: [{say: a, answer: b}]}", "stands there twice"),
    ],
)
def test_it_says_what_is_wrong_when_a_conversation_is(tmp_path: Path, body: str, complaint: str) -> None:
    with pytest.raises(QuestionFileError, match=complaint):
        read_conversations(write(tmp_path, "conversations.yml", body))

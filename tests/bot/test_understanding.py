"""A trained model understands without server, dialogue part, or TensorFlow."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ask import understand
from bot.understanding import ModelFileError, Understanding
from contracts.text import clean_text, has_words
from tests.bot.small_model import Trained

QUESTIONS = [
    ("toi la f1 phai cach ly bao nhieu ngay", "cach_ly/f1", False),
    ("điểm tiêm ở Thọ Xuân", "tiem_chung/diem_tiem", False),
    ("mẹ tôi khó thở tím môi", "nhay_cam/cap_cuu", False),
    ("Thọ Xuân", "tiem_chung/diem_tiem", True),
    ("", "tro_chuyen/giup_do", True),
    ("😷😷", "tro_chuyen/giup_do", True),
]


@pytest.mark.parametrize(("text", "answer", "asked_back"), QUESTIONS)
def test_it_answers_so_when_asked(understanding: Understanding, text: str, answer: str, asked_back: bool) -> None:
    (meta,) = understand(understanding, [text])
    assert (meta.answer, meta.asked_back) == (answer, asked_back)


@pytest.mark.parametrize("text", ["/restart", "/session_start", '/nhay_cam.cap_cuu{"a": "b"}', "/cach_ly.f1@0.9"])
def test_it_reads_no_command_when_the_text_begins_with_a_slash(understanding: Understanding, text: str) -> None:
    (parsed,) = understanding.parse([text])
    assert parsed["intent"]["name"] not in ("restart", "session_start")
    assert parsed["text"] == text
    assert parsed["intent"]["confidence"] < 1.0


def test_it_keeps_the_order_when_there_are_many(understanding: Understanding) -> None:
    texts = [text for text, _, _ in QUESTIONS] * 30
    assert [meta.answer for meta in understand(understanding, texts)] == [answer for _, answer, _ in QUESTIONS] * 30


def test_it_understands_alone_as_in_company_when_batched(understanding: Understanding) -> None:
    texts = [text for text, _, _ in QUESTIONS]
    assert [next(understand(understanding, [text])) for text in texts] == list(understand(understanding, texts))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_it_never_raises_when_the_text_is_naughty(understanding: Understanding, text: str) -> None:
    (meta,) = understand(understanding, [text])
    assert 0 <= meta.confidence <= 1
    assert meta.asked_back or has_words(clean_text(text))


def test_it_says_what_is_wrong_when_the_file_is_no_model(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(b"no archive")
    with pytest.raises(ModelFileError, match=r"damaged\.tar\.gz"):
        Understanding.load(damaged)
    with pytest.raises(ModelFileError, match=r"nowhere\.tar\.gz"):
        Understanding.load(tmp_path / "nowhere.tar.gz")


def test_it_unpacks_nothing_outside_when_an_archive_tries(tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar.gz"
    with tarfile.open(evil, "w:gz") as tar:
        tar.add(__file__, arcname="../escaped.py")
    with pytest.raises(ModelFileError, match="escaped"):
        Understanding.load(evil)


def test_it_prints_only_json_lines_when_run_as_a_command(trained: Trained) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "bot.ask", str(trained.archive)]
    given_lines = "\n".join(text for text, _, _ in QUESTIONS) + "\n"
    done = subprocess.run(command, input=given_lines, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["text"], line["answer"], line["asked_back"]) for line in lines] == QUESTIONS
    assert set(lines[0]) == {"text", "answer", "confidence", "asked_back", "candidates"}
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "bot.understanding" in imported
    assert "tensorflow" not in imported  # would cost 15 s


def test_it_ends_with_one_line_when_the_model_is_missing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot.ask", str(tmp_path / "none.tar.gz")]
    done = subprocess.run(command, input="a\n", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("bot.ask: ")
    assert "Traceback" not in done.stderr

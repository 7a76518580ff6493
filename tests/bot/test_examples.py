"""Reading training examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.examples import ExampleFileError, WrittenExample, read_examples

FILE = """version: "3.1"
nlu:
- intent: 5k.khau_trang
  metadata: {voice: c}
  examples: |
    - đeo khẩu trang khi nào
    - - hai gạch [đầu] dòng
    - đeo khẩu trang khi nào
- intent: cach_ly.f1
  examples: |
    - F1 mấy ngày
"""


def test_it_reads_text_intent_and_voice_when_blocks_have_them(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.yml").write_text(FILE, "utf-8")
    assert read_examples(tmp_path) == [
        WrittenExample("đeo khẩu trang khi nào", "5k.khau_trang", "c"),
        WrittenExample("- hai gạch [đầu] dòng", "5k.khau_trang", "c"),
        WrittenExample("F1 mấy ngày", "cach_ly.f1", ""),
    ]


@pytest.mark.parametrize(
    "body", ["nlu: {", "nlu:\n- intent: a\n  examples: [b]\n", "nlu:\n- examples: a\n", "- a\n", ""]
)
def test_it_names_the_file_when_it_has_another_shape(tmp_path: Path, body: str) -> None:
    (tmp_path / "broken.yml").write_text(body, "utf-8")
    with pytest.raises(ExampleFileError, match=r"broken\.yml"):
        read_examples(tmp_path)

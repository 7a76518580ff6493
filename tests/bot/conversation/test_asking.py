"""Questions told by their words."""

from __future__ import annotations

import pytest

from bot.conversation.asking import asks


@pytest.mark.parametrize(
    "text",
    ["F1 cách ly mấy ngày", "tiêm ở đâu ạ", "có mất tiền ko vậy", "trẻ em thì sao", "ai được tiêm", "mở chưa nhỉ"],
)
def test_it_finds_a_question_when_a_word_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["tôi là F1", "nhà tôi ở Thọ Xuân", "sốt cao", "cảm ơn", ""])
def test_it_finds_no_question_when_no_word_asks(text: str) -> None:
    assert not asks(text)

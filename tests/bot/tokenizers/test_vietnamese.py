"""The tokenizer as Rasa uses it."""

from __future__ import annotations

import unicodedata

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.tokenizers.vietnamese import VietnameseTokenizer


def tokenizer() -> VietnameseTokenizer:
    return VietnameseTokenizer(VietnameseTokenizer.get_default_config())


def test_it_cleans_the_text_of_the_message_when_it_is_nfd_with_surrogates() -> None:
    message = Message({TEXT: unicodedata.normalize("NFD", "Ðeo khẩu trang\ud800")})
    tokenizer().process([message])
    text = message.get(TEXT)
    assert text == "Đeo khẩu trang"
    assert [text[token.start : token.end] for token in message.get(TOKENS_NAMES[TEXT])] == ["Đeo", "khẩu trang"]


@pytest.mark.parametrize("wanted", [True, False])
def test_it_cuts_examples_when_a_component_learns_from_words(wanted: bool) -> None:
    config = VietnameseTokenizer.get_default_config() | {"cut_examples": wanted}
    data = TrainingData([Message({TEXT: "đeo khẩu trang", INTENT: "5k.khau_trang"})])
    (example,) = VietnameseTokenizer(config).process_training_data(data).training_examples
    assert bool(example.get(TOKENS_NAMES[TEXT])) is wanted


def test_it_takes_only_vietnamese_when_rasa_asks() -> None:
    assert VietnameseTokenizer.supported_languages() == ["vi"]

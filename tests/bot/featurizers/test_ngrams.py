"""N-gram features: fixed vocabulary, unit length, nothing for unknown text."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bot.featurizers.ngrams import BLOCKS, NgramFeatures
from bot.featurizers.sentence import Sentence, make_sentence
from bot.tokenizers.words import cut

TEXTS = ("đeo khẩu trang khi nào", "khẩu trang loại nào tốt", "cách ly bao nhiêu ngày", "F1 cách ly ở đâu") * 2


def sentence(text: str) -> Sentence:
    return make_sentence(text, cut(text), [])


@pytest.fixture(scope="module")
def features() -> NgramFeatures:
    return NgramFeatures.fit([sentence(text) for text in TEXTS])


def test_it_gives_each_block_length_one_when_the_text_is_known(features: NgramFeatures) -> None:
    _, values = features.row(sentence(TEXTS[0]))
    assert np.isclose(np.linalg.norm(values) ** 2, len(BLOCKS), atol=1e-4)


def test_it_gives_nothing_when_the_text_shares_nothing(features: NgramFeatures) -> None:
    indices, values = features.row(Sentence((), (), (), ()))
    assert len(values) == len(indices)
    indices, values = features.row(sentence("zzqx"))
    assert set(indices) <= set(features.row(sentence(""))[0])  # only the marks of beginning and end


def test_it_agrees_with_the_matrix_when_one_row_is_asked(features: NgramFeatures) -> None:
    matrix = features.matrix([sentence(text) for text in TEXTS]).toarray()
    indices, values = features.row(sentence(TEXTS[2]))
    assert np.allclose(matrix[2, indices], values)
    assert np.count_nonzero(matrix[2]) == len(indices)


def test_it_gives_the_same_rows_when_it_went_through_json(features: NgramFeatures) -> None:
    restored = NgramFeatures.from_json(json.loads(json.dumps(features.to_json())), features.idf)
    for text in TEXTS:
        assert all(
            np.array_equal(a, b)
            for a, b in zip(features.row(sentence(text)), restored.row(sentence(text)), strict=True)
        )


def test_it_keeps_the_most_frequent_when_the_vocabulary_is_bounded() -> None:
    features = NgramFeatures.fit([sentence(text) for text in TEXTS])
    assert all(len(grams) <= block.limit for grams, block in zip(features.to_json(), BLOCKS, strict=True))
    assert "khau trang" in features.to_json()[0]

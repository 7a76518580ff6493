"""N-gram features: fixed vocabulary, fixed length, nothing for unknown text."""

from __future__ import annotations

import io

import numpy as np
import pytest

from bot.featurizers.ngrams import BLOCKS, NgramFeatures
from bot.featurizers.sentence import Sentence, make_sentence

TEXTS = ("đeo khẩu trang khi nào", "khẩu trang loại nào tốt", "cách ly bao nhiêu ngày", "F1 cách ly ở đâu") * 2


@pytest.fixture(scope="module")
def features() -> NgramFeatures:
    return NgramFeatures.fit([make_sentence(text) for text in TEXTS])


def test_it_gives_each_block_its_length_when_the_text_is_known(features: NgramFeatures) -> None:
    _, values = features.row(make_sentence(TEXTS[0]))
    assert np.isclose(np.linalg.norm(values) ** 2, sum(block.weight**2 for block in BLOCKS), atol=1e-4)


def test_it_gives_little_when_the_text_shares_nothing(features: NgramFeatures) -> None:
    marks, _ = features.row(Sentence((), ()))
    indices, values = features.row(make_sentence("zzqx"))
    assert len(values) == len(indices)
    assert set(indices) <= set(marks)  # only beginning and end


def test_it_agrees_with_the_matrix_when_one_row_is_asked(features: NgramFeatures) -> None:
    matrix = features.matrix([make_sentence(text) for text in TEXTS]).toarray()
    indices, values = features.row(make_sentence(TEXTS[2]))
    assert np.allclose(matrix[2, indices], values)
    assert np.count_nonzero(matrix[2]) == len(indices)


def test_it_gives_the_same_rows_when_it_was_stored(features: NgramFeatures) -> None:
    stored = io.BytesIO()
    np.savez(stored, **features.to_arrays())
    stored.seek(0)
    restored = NgramFeatures.from_arrays(np.load(stored))
    for text in (*TEXTS, "", "zzqx khau trang"):
        before, after = features.row(make_sentence(text)), restored.row(make_sentence(text))
        assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


def test_it_bounds_the_vocabulary_when_there_are_many_grams() -> None:
    texts = [make_sentence(f"câu số {number} nói chuyện {number * 7}") for number in range(9000)]
    arrays = NgramFeatures.fit(texts).to_arrays()
    assert len(arrays["slots_words"]) == BLOCKS[0].limit
    assert all(len(arrays[f"slots_{block.name}"]) <= block.limit for block in BLOCKS)

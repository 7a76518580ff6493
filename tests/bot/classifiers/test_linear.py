"""The linear model: repeatable, the same after saving, sure only of what it knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.classifiers.linear import FIRST, LinearModel, softmax
from bot.classifiers.linear_training import Example, held_back, train_linear_model
from bot.featurizers.sentence import make_sentence as sentence

EXAMPLES = {
    "5k.khau_trang": ["đeo khẩu trang khi nào", "khẩu trang vải có được không", "ra đường phải đeo khẩu trang à", "mua khẩu trang y tế", "quên khẩu trang ở nhà"],
    "cach_ly.f1": ["F1 cách ly bao nhiêu ngày", "tôi là F1 thì làm gì", "cách ly f1 tại nhà", "f1 đã tiêm cách ly mấy ngày", "hết hạn cách ly F1 chưa"],
    "tiem_chung.diem_tiem": ["điểm tiêm ở đâu", "chỗ tiêm gần nhất", "tiêm vắc xin ở chỗ nào", "lịch tiêm xã tôi", "sáng mai tiêm ở đâu"],
}  # fmt: skip


def examples(voices: str = "") -> list[Example]:
    """All examples; with ``voices`` each intent's examples are theirs in turn."""
    return [
        Example(sentence(text), intent, voices[place % len(voices)] if voices else "")
        for intent, texts in EXAMPLES.items()
        for place, text in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def model() -> LinearModel:
    return train_linear_model(examples())


@pytest.mark.parametrize("text", ["khẩu trang", "deo khau trang", "F1 phải cách ly", "tiem o dau vay"])
def test_it_ranks_all_intents_when_asked(model: LinearModel, text: str) -> None:
    ranking = model.ranking(sentence(text))
    assert {name for name, _ in ranking} == set(EXAMPLES)
    chances = [chance for _, chance in ranking]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1)


def test_it_ranks_as_the_plain_product_does_when_sentences_of_all_lengths_come_in_turn(model: LinearModel) -> None:
    texts = ("mai tiêm ở đâu", "khẩu", "tôi là f1 phải cách ly ở nhà mấy ngày vậy ạ", "zzz", "đeo khẩu trang")
    for text in texts:
        row = model.features.matrix([sentence(text)])
        chances = softmax(row @ model.weights + model.bias, model.temperature)[0]
        plain = dict(zip(model.intents, chances.tolist(), strict=True))
        assert dict(model.ranking(sentence(text))) == pytest.approx(plain, abs=1e-5)


@pytest.mark.parametrize(("sureness", "ranked"), [(0.0, 200), (100.0, FIRST)])
def test_it_leaves_out_the_unlikely_behind_the_first_few(model: LinearModel, sureness: float, ranked: int) -> None:
    names = [f"i{number}" for number in range(200)]
    weights = np.zeros((model.features.size, len(names)))
    bias = np.zeros(len(names), dtype=np.float32)
    bias[7] = sureness

    ranking = LinearModel(names, model.features, weights, bias, 1.0).ranking(sentence("khẩu trang"))

    assert len(ranking) == ranked
    assert sum(chance for _, chance in ranking) == pytest.approx(1)
    assert sureness == 0 or ranking[0][0] == "i7"


def test_it_keeps_each_row_of_weights_in_one_piece(model: LinearModel) -> None:
    turned = np.asfortranarray(model.weights)
    again = LinearModel(model.intents, model.features, turned, model.bias, model.temperature)
    assert again.weights.flags.c_contiguous
    assert np.array_equal(again.weights, model.weights)


def test_it_knows_both_spellings_when_trained_on_one(model: LinearModel) -> None:
    for text in ("đeo khẩu trang loại nào", "deo khau trang loai nao"):
        assert model.ranking(sentence(text))[0][0] == "5k.khau_trang"


def test_it_is_less_sure_when_the_text_is_unknown(model: LinearModel) -> None:
    known, unknown = model.ranking(sentence("khẩu trang"))[0][1], model.ranking(sentence("zzz qqq"))[0][1]
    assert unknown < known


def test_it_ranks_the_same_when_saved_and_loaded(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    loaded = LinearModel.load(tmp_path)
    for text in ("khẩu trang", "tôi là f1", "tiêm ở đâu", "trời mưa"):
        before, after = model.ranking(sentence(text)), loaded.ranking(sentence(text))
        assert [name for name, _ in before] == [name for name, _ in after]
        assert [c for _, c in before] == pytest.approx([c for _, c in after], abs=2e-3)


def test_it_learns_the_same_when_trained_again(model: LinearModel) -> None:
    again = train_linear_model(examples())
    assert again.ranking(sentence("mai tiêm ở đâu")) == model.ranking(sentence("mai tiêm ở đâu"))


def test_it_works_when_there_are_only_two_intents() -> None:
    two = [example for example in examples() if example.intent != "cach_ly.f1"]
    assert train_linear_model(two).ranking(sentence("khẩu trang vải"))[0][0] == "5k.khau_trang"


def test_it_tells_more_intents_apart_than_it_compares_each_example_with() -> None:
    syllables = ["ban", "bên", "biển", "cây", "chim", "đá", "gạo"]
    words = [f"{one} {other}" for one in syllables for other in syllables if one != other]
    many = [
        Example(sentence(text), f"nhom.so_{n}")
        for n, word in enumerate(words)
        for text in (f"hỏi về {word}", f"{word} ở đâu", f"cần biết {word} ạ", f"{word}", f"khi nào có {word}")
    ]
    trained = train_linear_model(many)

    assert [trained.ranking(sentence(f"cho hỏi {word} nhé"))[0][0] for word in words] == [
        f"nhom.so_{n}" for n in range(len(words))
    ]


def test_it_prefers_out_of_scope_when_the_examples_tell_no_difference() -> None:
    """Strangers ask for more that has no answer here than examples can show."""
    same = [
        Example(sentence(text), intent)
        for text in EXAMPLES["5k.khau_trang"]
        for intent in ("5k.khau_trang", "tro_chuyen.ngoai_pham_vi", "5k.xu_phat")
    ]
    assert train_linear_model(same).ranking(sentence("khẩu trang vải"))[0][0] == "tro_chuyen.ngoai_pham_vi"


def test_it_refuses_when_there_is_one_intent() -> None:
    with pytest.raises(ValueError, match="two or more"):
        train_linear_model([example for example in examples() if example.intent == "cach_ly.f1"])


def test_it_learns_voices_when_an_intent_has_three(model: LinearModel) -> None:
    """Who wrote an example steers only how sure the model is, never the order of its ranking."""
    ranked = train_linear_model(examples("abc")).ranking(sentence("mai tiêm ở đâu"))
    assert [name for name, _ in ranked] == [name for name, _ in model.ranking(sentence("mai tiêm ở đâu"))]


def test_it_is_unsure_when_strangers_are_not_understood() -> None:
    """Voices a and b contradict c: whoever is left out is misunderstood, so no confidence may be high."""
    texts = ["một hai", "ba bốn", "năm sáu", "bảy tám", "chín mười", "trăm nghìn"]
    contradicting = [
        Example(sentence(text), intent, voice)
        for voice, swapped in (("a", False), ("b", True), ("c", False), ("d", True))
        for place, text in enumerate(texts)
        for intent in (["x", "y"][(place % 2 == 0) != swapped],)
    ]
    assert max(train_linear_model(contradicting).ranking(sentence(text))[0][1] for text in texts) < 0.7


def test_it_holds_the_same_examples_back_when_a_key_is_added() -> None:
    """Else every new answer of the newsroom would move the confidences, and the urgent messages, of all the others."""
    old = examples("abc")
    new = [Example(sentence(f"thư viện {word}"), "an_sinh.thu_vien", word) for word in "abc"]
    assert [(new + old)[index] for index in held_back(new + old) if index >= len(new)] == [
        old[index] for index in held_back(old)
    ]

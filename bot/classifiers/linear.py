"""Linear intent model: one weight vector an intent, and confidences that mean what they say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.featurizers.ngrams import Floats, NgramFeatures
from bot.featurizers.sentence import Sentence

# Best of 0.1, 0.3, 1 in 4-fold cross-validation; balanced class weights cost two points.
_PENALTY = 0.3
_HELD_BACK = 5  # every fifth example tells how sure the scores are
_TEMPERATURES = np.geomspace(0.05, 1.0, 40)


class LinearModel:
    """Scores of a linear support vector machine, turned into probabilities by a temperature."""

    def __init__(
        self, intents: Sequence[str], features: NgramFeatures, weights: Floats, bias: Floats, temperature: float
    ) -> None:
        self.intents = tuple(intents)
        self._features = features
        self._weights = weights  # features x intents, so that a sentence gathers few rows
        self._bias = bias
        self._temperature = temperature

    def ranking(self, sentence: Sentence) -> list[tuple[str, float]]:
        """All intents with their probabilities, most likely first."""
        indices, values = self._features.row(sentence)
        scores = values @ self._weights[indices] + self._bias
        chances = _softmax(scores[None, :], self._temperature)[0]
        order = np.argsort(-chances, kind="stable")
        return [(self.intents[index], float(chances[index])) for index in order]

    def save(self, folder: Path) -> None:
        """Writes ``vocabulary.json`` and ``weights.npz`` (half precision: the ranking is the same to 3 digits)."""
        (folder / "vocabulary.json").write_text(
            json.dumps({"intents": self.intents, "blocks": self._features.to_json()}, ensure_ascii=False), "utf-8"
        )
        np.savez_compressed(
            folder / "weights.npz",
            idf=self._features.idf,
            weights=self._weights.astype(np.float16),
            bias=self._bias,
            temperature=np.float32(self._temperature),
        )

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Reads what ``save`` wrote."""
        body = json.loads((folder / "vocabulary.json").read_text("utf-8"))
        with np.load(folder / "weights.npz") as arrays:
            features = NgramFeatures.from_json(body["blocks"], arrays["idf"])
            weights = arrays["weights"].astype(np.float32)
            return cls(body["intents"], features, weights, arrays["bias"], float(arrays["temperature"]))


def train_linear_model(examples: Sequence[tuple[Sequence[Sentence], str]]) -> LinearModel:
    """Trains on (spellings of one example, intent); deterministic, some seconds for 6,000 sentences.

    The temperature comes from a model that has not seen every fifth example: scores on known sentences say nothing.

    Raises:
        ValueError: fewer than two intents.
    """
    intents = sorted({intent for _, intent in examples})
    if len(intents) < 2:
        raise ValueError(f"training data has {len(intents)} intents; give examples for two or more")
    held_back = [index % _HELD_BACK == 0 for index in range(len(examples))]
    seen = [example for example, held in zip(examples, held_back, strict=True) if not held]
    unseen = [example for example, held in zip(examples, held_back, strict=True) if held]
    temperature = 1.0
    if {intent for _, intent in seen} == set(intents):
        temperature = _fit_temperature(_train(seen, intents), intents, unseen)
    features, weights, bias = _train(examples, intents)
    return LinearModel(intents, features, weights, bias, temperature)


def _train(
    examples: Sequence[tuple[Sequence[Sentence], str]], intents: Sequence[str]
) -> tuple[NgramFeatures, Floats, Floats]:
    from sklearn.svm import LinearSVC  # only training needs scikit-learn; answering starts a second sooner without

    sentences = [sentence for spellings, _ in examples for sentence in spellings]
    labels = [intents.index(intent) for spellings, intent in examples for _ in spellings]
    features = NgramFeatures.fit(sentences)
    machine = LinearSVC(C=_PENALTY, random_state=0)
    machine.fit(features.matrix(sentences), labels)
    weights, bias = machine.coef_, machine.intercept_
    if len(intents) == 2:  # scikit-learn keeps one vector for two classes
        weights, bias = np.vstack([-weights, weights]), np.array([-bias[0], bias[0]])
    return features, np.ascontiguousarray(weights.T, dtype=np.float32), np.asarray(bias, dtype=np.float32)


def _fit_temperature(
    trained: tuple[NgramFeatures, Floats, Floats],
    intents: Sequence[str],
    unseen: Sequence[tuple[Sequence[Sentence], str]],
) -> float:
    """The temperature under which the unseen examples are most likely."""
    features, weights, bias = trained
    sentences = [sentence for spellings, _ in unseen for sentence in spellings]
    labels = [intents.index(intent) for spellings, intent in unseen for _ in spellings]
    scores = np.asarray(features.matrix(sentences) @ weights) + bias

    def surprise(temperature: float) -> float:
        chances = _softmax(scores, temperature)[np.arange(len(labels)), labels]
        return float(-np.log(np.maximum(chances, 1e-9)).mean())

    return float(min(_TEMPERATURES, key=surprise))


def _softmax(scores: Floats, temperature: float) -> npt.NDArray[np.float64]:
    shifted = (scores - scores.max(axis=1, keepdims=True)) / temperature
    powers = np.exp(shifted.astype(np.float64))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))

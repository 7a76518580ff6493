"""Linear intent model: one weight vector an intent, and confidences that mean what they say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.featurizers.ngrams import Floats, NgramFeatures
from bot.featurizers.sentence import Sentence


class LinearModel:
    """Scores of a linear support vector machine, turned into probabilities by a temperature."""

    def __init__(
        self, intents: Sequence[str], features: NgramFeatures, weights: Floats, bias: Floats, temperature: float
    ) -> None:
        """``weights`` is features x intents, so that a sentence gathers few rows; ``bias`` has one entry an intent."""
        self.intents = tuple(intents)
        self.features = features
        self.weights = weights
        self.bias = bias
        self.temperature = temperature

    def ranking(self, sentence: Sentence) -> list[tuple[str, float]]:
        """All intents with their probabilities, most likely first."""
        indices, values = self.features.row(sentence)
        scores = values @ self.weights[indices].astype(np.float32) + self.bias
        chances = softmax(scores[None, :], self.temperature)[0]
        order = np.argsort(-chances, kind="stable")
        return list(zip((self.intents[index] for index in order.tolist()), chances[order].tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Writes ``intents.json`` and ``weights.npz``."""
        (folder / "intents.json").write_text(json.dumps(self.intents, ensure_ascii=False), "utf-8")
        np.savez_compressed(
            folder / "weights.npz",
            weights=self.weights,
            bias=self.bias,
            temperature=np.float32(self.temperature),
            **self.features.to_arrays(),
        )

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Reads what ``save`` wrote."""
        intents = json.loads((folder / "intents.json").read_text("utf-8"))
        with np.load(folder / "weights.npz") as arrays:
            features = NgramFeatures.from_arrays(arrays)
            return cls(intents, features, arrays["weights"], arrays["bias"], float(arrays["temperature"]))


def softmax(scores: Floats, temperature: float) -> npt.NDArray[np.float64]:
    """Probabilities of rows of scores: the lower the temperature, the surer."""
    powers = np.exp(((scores - scores.max(axis=1, keepdims=True)) / temperature).astype(np.float64))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))

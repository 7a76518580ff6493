"""Linear intent model: one weight vector an intent, and confidences that mean what they say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.featurizers.ngrams import Floats, NgramFeatures, Slots
from bot.featurizers.sentence import Sentence

# A ranking leaves out who is as unlikely as this, behind the first few: with a thousand keys that is nearly everybody.
NEVER = 1e-6
FIRST = 10


class LinearModel:
    """Scores of a linear support vector machine, turned into probabilities by a temperature; for one thread at a time."""

    def __init__(
        self, intents: Sequence[str], features: NgramFeatures, weights: Floats, bias: Floats, temperature: float
    ) -> None:
        """``weights`` is features x intents, so that a sentence gathers few rows; ``bias`` has one entry an intent.

        The weights count in half precision, which the file holds, and are kept in single, which the processor knows;
        each row lies in one piece, whatever the order in which they were computed.
        """
        self.intents = tuple(intents)
        self.features = features
        self.weights = np.ascontiguousarray(weights.astype(np.float16), dtype=np.float32)
        self.bias = bias
        self.temperature = temperature
        self._gathered = np.empty((0, len(self.intents)), dtype=np.float32)

    def ranking(self, sentence: Sentence) -> list[tuple[str, float]]:
        """The likely intents, and the first few in any case, with their probabilities, most likely first."""
        indices, values = self.features.row(sentence)
        chances = softmax((values @ self._rows(indices) + self.bias)[None, :], self.temperature)[0]
        order = np.argsort(-chances, kind="stable")
        order = order[: max(np.count_nonzero(chances >= NEVER), FIRST)]
        return list(zip((self.intents[index] for index in order.tolist()), chances[order].tolist(), strict=True))

    def _rows(self, indices: Slots) -> Floats:
        """The weights of these features, in memory that is used again: to get it anew takes longer than to fill it."""
        if len(indices) > len(self._gathered):
            self._gathered = np.empty((len(indices), len(self.intents)), dtype=np.float32)
        gathered: Floats = self._gathered[: len(indices)]
        np.take(self.weights, indices, axis=0, out=gathered, mode="clip")  # the usual mode copies once more
        return gathered

    def save(self, folder: Path) -> None:
        """Writes ``intents.json`` and ``weights.npz``."""
        (folder / "intents.json").write_text(json.dumps(self.intents, ensure_ascii=False), "utf-8")
        np.savez_compressed(
            folder / "weights.npz",
            weights=self.weights.astype(np.float16),
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

"""Training of the linear intent model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.classifiers.linear import LinearModel, softmax
from bot.featurizers.ngrams import Floats, NgramFeatures
from bot.featurizers.sentence import Sentence

# Best of 0.25, 0.5, 1, 2 on voices that training had not seen; the tolerance halves the time and changes nothing there.
_PENALTY = 0.5
_TOLERANCE = 0.1
_VOICES = 3  # as many writers of an intent tell how it does on a stranger's questions
_FIFTH = 5  # with fewer, every fifth example has to tell
_TEMPERATURES = np.geomspace(0.01, 1.0, 100)


@dataclass(frozen=True)
class Example:
    """A training sentence with its intent; ``voice`` names who wrote it, "" when nobody noted it."""

    sentence: Sentence
    intent: str
    voice: str = ""


def train_linear_model(examples: Sequence[Example]) -> LinearModel:
    """Trains a model; deterministic, some 10 s for 11,000 examples of 123 intents.

    The temperature comes from a model that has not seen a part of the examples: scores on known sentences say nothing,
    and scores on other sentences of a known writer say too much.

    Raises:
        ValueError: fewer than two intents.
    """
    intents = sorted({example.intent for example in examples})
    if len(intents) < 2:
        raise ValueError(f"training data has {len(intents)} intents; give examples for two or more")
    unseen_at = set(_held_back(examples))
    seen = [example for index, example in enumerate(examples) if index not in unseen_at]
    temperature = 1.0
    if {example.intent for example in seen} == set(intents):
        temperature = _fit_temperature(_fit(seen, intents), intents, [examples[index] for index in sorted(unseen_at)])
    features, weights, bias = _fit(examples, intents)
    # Half precision: the ranking is the same to three digits, and the model takes half the memory.
    return LinearModel(intents, features, weights.astype(np.float16), bias, temperature)


def _held_back(examples: Sequence[Example]) -> Iterator[int]:
    """Which examples the first training does not see: of each intent one voice, the intents taking turns, or a fifth."""
    of_intent: dict[str, list[int]] = defaultdict(list)
    for index, example in enumerate(examples):
        of_intent[example.intent].append(index)
    for turn, intent in enumerate(sorted(of_intent)):
        indices = of_intent[intent]
        voices = sorted({examples[index].voice for index in indices})
        if len(voices) >= _VOICES:
            yield from (index for index in indices if examples[index].voice == voices[turn % len(voices)])
        else:
            yield from (index for place, index in enumerate(indices) if place % _FIFTH == 0)


def _fit(examples: Sequence[Example], intents: Sequence[str]) -> tuple[NgramFeatures, Floats, Floats]:
    from sklearn.svm import LinearSVC  # only training needs scikit-learn; answering starts a second sooner without

    sentences = [example.sentence for example in examples]
    features = NgramFeatures.fit(sentences)
    labels = _labels(examples, intents)
    machine = LinearSVC(C=_PENALTY, tol=_TOLERANCE, class_weight=_class_weights(labels), random_state=0)
    machine.fit(features.matrix(sentences), labels)
    weights, bias = machine.coef_, machine.intercept_
    if len(intents) == 2:  # scikit-learn keeps one vector for two classes
        weights, bias = np.vstack([-weights, weights]), np.array([-bias[0], bias[0]])
    return features, np.ascontiguousarray(weights.T, dtype=np.float32), np.asarray(bias, dtype=np.float32)


def _class_weights(labels: Any) -> dict[int, float]:
    """Half way between none and balanced.

    Without weights the intents with many examples take what is new in the others; balanced, a third of what is out of
    scope is answered with something else.
    """
    sizes = np.bincount(labels)
    return {label: float(np.sqrt(sizes.mean() / size)) for label, size in enumerate(sizes)}


def _fit_temperature(
    trained: tuple[NgramFeatures, Floats, Floats], intents: Sequence[str], unseen: Sequence[Example]
) -> float:
    """The temperature under which the unseen examples are most likely."""
    features, weights, bias = trained
    scores = features.matrix([example.sentence for example in unseen]) @ weights + bias
    labels = _labels(unseen, intents)

    def surprise(temperature: float) -> float:
        chances = softmax(scores, temperature)[np.arange(len(labels)), labels]
        return float(-np.log(np.maximum(chances, 1e-9)).mean())

    return float(min(_TEMPERATURES, key=surprise))


def _labels(examples: Sequence[Example], intents: Sequence[str]) -> Any:
    number = {intent: index for index, intent in enumerate(intents)}
    return np.array([number[example.intent] for example in examples])

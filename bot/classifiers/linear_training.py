"""Training of the linear intent model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

from bot.classifiers.linear import LinearModel, softmax
from bot.featurizers.ngrams import Floats, NgramFeatures
from bot.featurizers.sentence import Sentence
from bot.second_core import beside
from contracts.keys import NO_ANSWER_YET, OUT_OF_SCOPE, intent_of

# Best of 0.25, 0.5, 1, 2 on voices that training had not seen. A tolerance of 0.1 takes a third longer and gains nothing.
_PENALTY = 0.5
_TOLERANCE = 1.0
# Of 0.003 to 0.5 and of 0.01 to 0.1, on the same.
_SMOOTHING, _BAYES_SHARE = 0.003, 0.02
# For what has no answer here: strangers ask for more of it than examples can show. Of 0 to 0.2, on the same: a fifth less is
# answered past the point, and as many of all questions reach their answer.
_HEAD_START = 0.2
_OUTSIDE = frozenset(map(intent_of, (OUT_OF_SCOPE, NO_ANSWER_YET)))
# Each intent's border is drawn among its own examples, those that Bayes counts to its RIVALS likeliest intents, and every
# tenth of the others, for those far away say nothing: half the time, and no worse on the same (12 to 40, a tenth to a quarter).
_RIVALS, _EVERY = 25, 10
_VOICES = 3  # as many writers of an intent tell how it does on a stranger's questions
_FIFTH = 5  # with fewer, every fifth example has to tell
_TEMPERATURES = (0.01, 1.0)


@dataclass(frozen=True)
class Example:
    """A training sentence with its intent; ``voice`` names who wrote it, "" when nobody noted it."""

    sentence: Sentence
    intent: str
    voice: str = ""


def train_linear_model(examples: Sequence[Example]) -> LinearModel:
    """Trains a model; deterministic, some 15 s on two cores for 30,000 examples of 123 intents.

    The temperature comes from a model that has not seen a part of the examples: scores on known sentences say nothing,
    and scores on other sentences of a known writer say too much. That model is trained on the second core.

    Raises:
        ValueError: fewer than two intents.
    """
    intents = sorted({example.intent for example in examples})
    if len(intents) < 2:
        raise ValueError(f"training data has {len(intents)} intents; give examples for two or more")
    with beside(lambda: _temperature(examples, intents)) as temperature:
        features, weights, bias = _fit(examples, intents)
        return LinearModel(intents, features, weights, bias, temperature())


def _temperature(examples: Sequence[Example], intents: Sequence[str]) -> float:
    """The temperature that fits examples held back; 1 when an intent would have none left."""
    unseen_at = set(held_back(examples))
    seen = [example for index, example in enumerate(examples) if index not in unseen_at]
    if {example.intent for example in seen} != set(intents):
        return 1.0
    return _fit_temperature(_fit(seen, intents), intents, [examples[index] for index in sorted(unseen_at)])


def held_back(examples: Sequence[Example]) -> Iterator[int]:
    """Which examples the first training does not see: of each intent one voice, or a fifth.

    Which voice depends on the intent alone: a new key must not move the confidences of all the others.
    """
    of_intent: dict[str, list[int]] = defaultdict(list)
    for index, example in enumerate(examples):
        of_intent[example.intent].append(index)
    for intent, indices in of_intent.items():
        voices = sorted({examples[index].voice for index in indices})
        if len(voices) >= _VOICES:
            yield from (
                index for index in indices if examples[index].voice == voices[crc32(intent.encode()) % len(voices)]
            )
        else:
            yield from (index for place, index in enumerate(indices) if place % _FIFTH == 0)


def _fit(examples: Sequence[Example], intents: Sequence[str]) -> tuple[NgramFeatures, Floats, Floats]:
    """Features, and the sum of two linear models: weights (features x intents) and bias.

    The machine draws borders between the examples, Bayes counts what each intent's examples are made of. They err on
    different sentences: together they are right on one stranger's question in a hundred more, of those with typing
    slips on two, and in one sum they cost an answer nothing.
    """
    sentences = [example.sentence for example in examples]
    features = NgramFeatures.fit(sentences)
    matrix, labels = features.matrix(sentences), _labels(examples, intents)
    bayes = _bayes(matrix, labels)
    weights, bias = _machine(matrix, labels, bayes)
    head_start = np.array([_HEAD_START * (intent in _OUTSIDE) for intent in intents], dtype=np.float32)
    return features, weights + np.float32(_BAYES_SHARE) * bayes, bias + head_start


def _machine(matrix: Any, labels: Any, bayes: Floats) -> tuple[Floats, Floats]:
    """Each intent against those of the others that could be taken for it."""
    from sklearn.svm import LinearSVC  # only training needs scikit-learn; answering starts a second sooner without

    weights, bias = np.empty_like(bayes), np.empty(bayes.shape[1], dtype=np.float32)
    rivals = _rivals(matrix @ bayes)
    places, priorities = np.arange(len(labels)), _class_weights(labels)
    for label in range(bayes.shape[1]):
        rows = np.flatnonzero((labels == label) | rivals[:, label] | (places % _EVERY == label % _EVERY))
        machine = LinearSVC(C=_PENALTY, tol=_TOLERANCE, class_weight={True: priorities[label]}, random_state=0)
        machine.fit(matrix[rows], labels[rows] == label)
        weights[:, label], bias[label] = machine.coef_[0], machine.intercept_[0]
    return weights, bias


def _rivals(scores: Floats) -> Any:
    """For each example (row) whether an intent (column) is among its likeliest."""
    found = np.zeros(scores.shape, dtype=bool)
    likeliest = np.argpartition(-scores, min(_RIVALS, scores.shape[1]) - 1, axis=1)[:, :_RIVALS]
    np.put_along_axis(found, likeliest, True, axis=1)
    return found


def _bayes(matrix: Any, labels: Any) -> Floats:
    """Logarithm of each feature's share in an intent's examples, compared with the other intents.

    Shares are smoothed, not counts: what is new says the same of an intent with many examples as of one with few.
    """
    of_intent = np.stack([np.asarray(matrix[labels == label].sum(axis=0))[0] for label in range(labels.max() + 1)])
    sizes = of_intent.sum(axis=1, keepdims=True)
    logarithms = np.log(of_intent / sizes + _SMOOTHING / sizes.mean()).T
    return np.asarray(logarithms - logarithms.mean(axis=1, keepdims=True), dtype=np.float32)


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
    from scipy.optimize import minimize_scalar  # only training needs it

    features, weights, bias = trained
    scores = features.matrix([example.sentence for example in unseen]) @ weights + bias
    labels = _labels(unseen, intents)

    def surprise(temperature: float) -> float:
        chances = softmax(scores, temperature)[np.arange(len(labels)), labels]
        return float(-np.log(np.maximum(chances, 1e-9)).mean())

    return float(minimize_scalar(surprise, bounds=_TEMPERATURES, method="bounded").x)


def _labels(examples: Sequence[Example], intents: Sequence[str]) -> Any:
    number = {intent: index for index, intent in enumerate(intents)}
    return np.array([number[example.intent] for example in examples])

"""PhoATIS, public Vietnamese questions about flights, with and without accents: how the features do on other data.

The data (github VinAIResearch/JointIDSF, ``PhoATIS/syllable-level``) stays outside of the project: the folder holds
``train``, ``dev``, ``test``, each with ``seq.in`` and ``label``. Penalty and class weights are tuned on dev, reported is test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.svm import LinearSVC

from bot.featurizers.ngrams import NgramFeatures
from bot.featurizers.sentence import Sentence, make_sentence
from vitext.fold import fold

_PENALTIES = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0)


def phoatis(folder: Path) -> dict[str, Any]:
    """Share of right intents in percent on dev and test, accented and stripped, with the setting that dev chose."""
    train, intents = _read(folder / "train")
    features = NgramFeatures.fit([make_sentence(text) for text in train])
    matrix = features.matrix([make_sentence(text) for text in train])
    dev, test = (_both(folder / name, features) for name in ("dev", "test"))
    settings = [(penalty, balanced) for balanced in ("balanced", None) for penalty in _PENALTIES]
    machines = {
        setting: LinearSVC(C=setting[0], class_weight=setting[1], tol=0.1, random_state=0).fit(matrix, intents)
        for setting in settings
    }
    best = max(settings, key=lambda setting: sum(_shares(machines[setting], dev)))  # the first of equals
    accented, stripped = _shares(machines[best], test)
    return {
        "penalty": best[0],
        "class_weight": best[1],
        "dev": dict(zip(("accented", "stripped"), _shares(machines[best], dev), strict=True)),
        "test": {"accented": accented, "stripped": stripped},
    }


def _read(folder: Path) -> tuple[list[str], list[str]]:
    texts, labels = ((folder / name).read_text("utf-8").splitlines() for name in ("seq.in", "label"))
    return texts, [label.strip() for label in labels]


def _both(folder: Path, features: NgramFeatures) -> tuple[Any, Any, list[str]]:
    texts, intents = _read(folder)
    accented: list[Sentence] = [make_sentence(text) for text in texts]
    return features.matrix(accented), features.matrix([make_sentence(fold(text)) for text in texts]), intents


def _shares(machine: Any, part: tuple[Any, Any, list[str]]) -> list[float]:
    *matrices, intents = part
    return [round(100 * float(np.mean(machine.predict(matrix) == np.array(intents))), 2) for matrix in matrices]

"""``make bench-nlu``: our understanding beside the pipeline that Rasa's documentation recommends, on the same data.

Both are trained on ``data/nlu`` and asked ``tests/nlu``. The recommended one takes long (100 epochs of DIET), so its figures
are kept in ``bench/nlu_recommended.json`` and taken from there while data and questions are the same; ``--recommended`` measures it
again (start it in the background: ``nice make bench-nlu ARGS=--recommended``). ``--share N`` gives both pipelines every Nth
example of a key: an epoch of DIET on all of them takes minutes. ``--phoatis FOLDER`` adds ``phoatis.py``.
Engine's environment; prints a table.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from bench.nlu_data import to_examples, write_share
from bench.nlu_voices import ask
from bench.phoatis import phoatis
from bot.classifiers.linear import LinearModel
from bot.classifiers.linear_training import train_linear_model
from bot.examples import read_examples

DATA, TESTS = Path("data/nlu"), Path("tests/nlu")
OURS, RECOMMENDED = Path("config.yml"), Path("bench/nlu_recommended.yml")
CONVERSATIONS = TESTS / "conversations.yml"  # of several turns: not asked here
KEPT = RECOMMENDED.with_suffix(".json")
TIMES_KEYS = 10
QUESTIONS = 500
_ROWS = ("training_s", "training_cpu_s", "model_mb", "memory_mb", "parse_p50_ms", "parse_p95_ms")


def main() -> int:
    """0 with the table printed."""
    parser = argparse.ArgumentParser(prog="python -m bench.nlu", description=__doc__)
    parser.add_argument("--recommended", action="store_true", help="measure Rasa's pipeline even when figures are kept")
    parser.add_argument(
        "--share", type=int, default=1, help="with --recommended: train both on every Nth example of a key"
    )
    parser.add_argument("--phoatis", type=Path, help="folder with train, dev, test, each with seq.in and label")
    arguments = parser.parse_args()
    state = fingerprint()
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    if arguments.recommended:
        kept = {"fingerprint": state, "share": arguments.share, **run_pipeline(RECOMMENDED, arguments.share)}
        KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    if kept.get("fingerprint") != state:
        print(f"{KEPT} is missing or of other data: nice make bench-nlu ARGS=--recommended", file=sys.stderr)
        kept = {}
    share = kept.get("share", 1)
    print(f"trained on every {share}th example of a key" if share > 1 else "trained on all examples")
    print("\n".join(table(run_pipeline(OURS, share), kept)))
    print(f"\nunderstanding with {TIMES_KEYS} times as many keys: {many_keys():.2f} times as long")
    if arguments.phoatis:
        print(f"PhoATIS: {json.dumps(phoatis(arguments.phoatis))}")
    return 0


def fingerprint() -> str:
    """SHA-256 over training data, questions and the recommended configuration, first 16 digits."""
    digest = hashlib.sha256()
    questions = [path for path in sorted(TESTS.glob("*.yml")) if path != CONVERSATIONS]
    for path in [*sorted(DATA.glob("*.yml")), *questions, RECOMMENDED]:
        digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def run_pipeline(config: Path, share: int) -> dict[str, Any]:
    """Training on a share of the examples and measuring of one pipeline, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        archive, data = f"{folder}/model.tar.gz", Path(folder) / "nlu"
        write_share(DATA, data, share)
        return {**_worker("train", config, data, archive), **_worker("measure", archive, TESTS)}


def _worker(*arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", "-m", "bench.nlu_pipeline", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def table(ours: Mapping[str, Any], recommended: Mapping[str, Any]) -> Iterator[str]:
    """Lines: one a figure, ours and the recommended pipeline's; "-" where it was not measured."""
    yield f"{'':24s}{'ours':>12s}{'recommended':>14s}"
    for name in _ROWS:
        yield _line(name, ours[name], recommended.get(name))
    for spelling, figures in {**ours["by_spelling"], "all": ours["all"]}.items():
        other = {**recommended.get("by_spelling", {}), "all": recommended.get("all", {})}.get(spelling, {})
        yield f"{spelling} ({figures['questions']} questions)"
        yield from (
            _line(f"  {name} %", value, other.get(name)) for name, value in figures.items() if name != "questions"
        )


def _line(name: str, ours: object, recommended: object) -> str:
    shown = ["-" if value is None else str(value) for value in (ours, recommended)]
    return f"{name:24s}{shown[0]:>12s}{shown[1]:>14s}"


def many_keys() -> float:
    """How much longer understanding takes when every key has nine made-up siblings, each a shuffled copy of its weights."""
    lines = read_examples(DATA)
    model = train_linear_model(to_examples(lines))
    chosen = lines[:: len(lines) // QUESTIONS]
    seconds = []
    for asked in (model, multiplied(model, TIMES_KEYS)):
        ask(asked, chosen[:50], ["full"])
        start = time.process_time()
        ask(asked, chosen, ["full"])
        seconds.append(time.process_time() - start)
    return seconds[1] / seconds[0]


def multiplied(model: LinearModel, times: int) -> LinearModel:
    """The model with ``times`` as many intents; the features stay."""
    dice = np.random.default_rng(0)
    copies = [model.weights] + [dice.permutation(model.weights, axis=1) for _ in range(times - 1)]
    intents = [f"{intent}_{copy}" for copy in range(times) for intent in model.intents]
    weights, bias = np.concatenate(copies, axis=1), np.tile(model.bias, times)
    return LinearModel(intents, model.features, weights, bias, model.temperature)


if __name__ == "__main__":
    sys.exit(main())

"""``make ask`` answers as the gateway does."""

from __future__ import annotations

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.environment import ROOT
from deploy.prepare import ENGINE_PYTHON
from tests.support.resident import Resident
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e

QUESTIONS = [entry["text"] for entry in yaml.safe_load((ROOT / "tests/nlu/sensitive.yml").read_text("utf-8"))][:200]


def test_it_answers_two_hundred_questions_as_the_gateway_does(stack: Stack) -> None:
    model = next(Path(stack.environment["VAR_DIR"]).glob("models/shipped-*.tar.gz"))
    asked = _ask(str(model))
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda text: Resident(stack.gateway).ask(text)["meta"], QUESTIONS))

    differing = [
        (text, by_ask["answer"], reply["answer"])
        for text, by_ask, reply in zip(QUESTIONS, asked, replies, strict=True)
        if (by_ask["answer"], by_ask["asked_back"]) != (reply["answer"], reply["asked_back"])
    ]
    assert len(QUESTIONS) == 200
    assert differing == []


def _ask(model: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [ENGINE_PYTHON, "-m", "bot.ask", model],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        input="\n".join(QUESTIONS) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]

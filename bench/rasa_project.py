"""An untouched Rasa project on our training data, to compare turns with: nothing of ``bot/`` or ``actions/`` is in it.

Pipeline as Rasa recommends it (``nlu_recommended.yml``: DIET and ResponseSelector), answers as its documentation gives
them to frequent questions (retrieval intents and a rule each, https://rasa.com/docs/rasa/chitchat-faqs), policies, REST
channel and in-memory tracker store as ``rasa init`` leaves them, its own action server called in every turn. Trained for
one epoch, because only its speed is asked for, and once: the project is kept in ``var/bench/rasa``; delete that folder to
train it anew. ``python -m bench.rasa_project`` prepares it (minutes).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from contracts.keys import key_of
from deploy.environment import ROOT, installation_environment
from deploy.ports import free_port

RASA, ENGINE_PYTHON = str(ROOT / "bot/.venv/bin/rasa"), str(ROOT / "bot/.venv/bin/python")
EPOCHS = 1
PATIENCE_S = 300.0
MODEL = Path("models/project.tar.gz")
ACTIONS = """
from rasa_sdk import Action


class Answer(Action):
    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        selected = tracker.latest_message.get("response_selector", {}).get("default", {}).get("response", {})
        for response in selected.get("responses") or [{"text": "Xin lỗi, tôi chưa hiểu."}]:
            dispatcher.utter_message(text=response["text"])
        return []
"""


def prepared() -> Path:
    """The project's folder, trained when it is not there."""
    folder = ROOT / installation_environment(os.environ)["VAR_DIR"] / "bench/rasa"
    if not (folder / MODEL).exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _write(folder)
        print(f"training Rasa's own pipeline once, {EPOCHS} epoch, in {folder}", file=sys.stderr, flush=True)
        command = [
            RASA,
            "train",
            "--skip-validation",
            "--data",
            "data",
            "--out",
            "models",
            "--fixed-model-name",
            "project",
        ]
        subprocess.run(command, cwd=folder, env=_environment(), stdout=sys.stderr, check=True)
    return folder


@contextmanager
def running() -> Iterator[str]:
    """Address of the project's server, with its action server beside it."""
    folder, port, actions = prepared(), free_port(), free_port()
    endpoints = {"action_endpoint": {"url": f"http://127.0.0.1:{actions}/webhook"}}
    (folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints), "utf-8")
    programs = [
        [ENGINE_PYTHON, "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions)],
        [RASA, "run", "-i", "127.0.0.1", "-p", str(port), "-m", str(MODEL)],
    ]
    with (folder / "log").open("wb") as log:
        started = [
            subprocess.Popen(program, cwd=folder, env=_environment(), stdout=log, stderr=log) for program in programs
        ]
        try:
            _wait_until_it_answers(f"http://127.0.0.1:{port}", folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(20)


def _write(folder: Path) -> None:
    examples: dict[str, list[str]] = {}
    for file in sorted((ROOT / "data/nlu").glob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            examples.setdefault(key_of(block["intent"]), []).append(block["examples"])
    groups = sorted({key.split("/")[0] for key in examples})
    (folder / "actions.py").write_text(ACTIONS, "utf-8")
    (folder / "credentials.yml").write_text("rest:\n", "utf-8")
    files = {
        "config.yml": _config(),
        "domain.yml": {
            "version": "3.1",
            "intents": groups,
            "actions": ["action_answer"],
            "responses": {f"utter_{key}": [{"text": f"Câu trả lời cho {key}."}] for key in examples},
        },
        "data/nlu.yml": {
            "version": "3.1",
            "nlu": [{"intent": key, "examples": "".join(blocks)} for key, blocks in examples.items()],
        },
        "data/rules.yml": {
            "version": "3.1",
            "rules": [
                {"rule": intent, "steps": [{"intent": intent}, {"action": "action_answer"}]}
                for intent in [*groups, "nlu_fallback"]
            ],
        },
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def _config() -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load((ROOT / "bench/nlu_recommended.yml").read_text("utf-8"))
    for component in config["pipeline"]:
        if "epochs" in component:
            component["epochs"] = EPOCHS
    learned = {"max_history": 5, "epochs": EPOCHS}
    config["policies"] = [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", **learned},
        {"name": "TEDPolicy", **learned, "constrain_similarities": True},
    ]
    return config


def _environment() -> Mapping[str, str]:
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}


def _wait_until_it_answers(url: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        body = b'{"sender": "first", "message": "5k"}'
        request = urllib.request.Request(f"{url}/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                if response.read() != b"[]":  # which is what it answers when its action server is not there yet
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass
        time.sleep(0.5)
    raise AssertionError(f"Rasa's own project does not answer:\n{log.read_text('utf-8', 'replace')[-2000:]}")


if __name__ == "__main__":
    print(prepared())

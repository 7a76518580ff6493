"""Whole turns: through gateway, engine and actions; at the engine's own channel; and of Rasa's own project.

Held-out questions by residents who each wait for their answer before the next one. Runs take turns; the first round is
not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench import rasa_project
from bench.gateway_runs import Measured, Run, load, one_more_gateway, own_settings, program
from bench.turns import questions
from deploy.ports import free_port
from tests.support.stack import COMMANDS, Stack

ROUNDS, SECONDS, AT_ONCE = 5, 5, 8


def turns(stack: Stack) -> Measured:
    """Gateway beside engine alone beside Rasa's own project."""
    with rasa_project.running() as rasa:
        kinds: dict[str, dict[str, Any]] = {
            "engine": {"kind": "engine", "urls": [stack.environment["ENGINE_URL"]]},
            "rasa": {"kind": "rasa", "urls": [rasa]},
            "gateway": {"kind": "turns", "urls": [stack.gateway]},
        }
        found = Measured(runs=_interleaved(stack, kinds))
    found.compare("turns/s through the gateway, beside the engine alone", "per_s", "gateway", "engine", at_least=0.8)
    found.compare("  p50 ms", "p50_ms", "gateway", "engine")
    found.compare("  p95 ms", "p95_ms", "gateway", "engine")
    found.compare("turns/s through the gateway, beside Rasa's own project", "per_s", "gateway", "rasa", at_least=3)
    found.compare("  p50 ms", "p50_ms", "gateway", "rasa")
    found.compare("  p95 ms", "p95_ms", "gateway", "rasa")
    return found


def engines(stack: Stack) -> Measured:
    """How turns grow with a second engine beside the first: of the engines alone, and through a gateway that has both."""
    one = stack.environment["ENGINE_URL"]
    with _second_engine(stack) as two:
        settings = own_settings(stack, "two-engines") | {"ENGINE_URL": f"{one},{two}"}
        with one_more_gateway(settings) as gateway:
            kinds: dict[str, dict[str, Any]] = {
                "one engine": {"kind": "engine", "urls": [one]},
                "two engines": {"kind": "engine", "urls": [one, two]},
                "gateway": {"kind": "turns", "urls": [stack.gateway]},
                "gateway with two": {"kind": "turns", "urls": [gateway]},
            }
            found = Measured(runs=_interleaved(stack, kinds))
    found.compare("turns/s of two engine processes alone, beside one", "per_s", "two engines", "one engine")
    found.compare("  p95 ms", "p95_ms", "two engines", "one engine")
    found.compare("turns/s through a gateway with two engines, beside one", "per_s", "gateway with two", "gateway")
    found.compare("  p95 ms", "p95_ms", "gateway with two", "gateway")
    return found


def _interleaved(stack: Stack, kinds: dict[str, dict[str, Any]]) -> dict[str, list[Run]]:
    order: dict[str, Any] = {"at_once": AT_ONCE, "seconds": SECONDS, "questions": list(questions())}
    found: dict[str, list[Run]] = {name: [] for name in kinds}
    for _ in range(ROUNDS + 1):
        for name, kind in kinds.items():
            found[name].append(load(stack.environment, **order, **kind))
    return {name: runs[1:] for name, runs in found.items()}


@contextmanager
def _second_engine(stack: Stack) -> Iterator[str]:
    port, var = free_port(), stack.folder / "second-engine"
    var.mkdir(exist_ok=True)
    environment = {**stack.environment, "ENGINE_PORT": str(port), "VAR_DIR": str(var)}
    url = f"http://127.0.0.1:{port}"
    with program(COMMANDS["engine"], environment, f"{url}/webhooks/loopback/health", 120):
        yield url

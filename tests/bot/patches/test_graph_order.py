"""Graphs run in an order of their own give what Rasa's own runner gives."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.exceptions import GraphComponentException, GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.patches import graph_order

ORIGINAL = DaskGraphRunner.__dict__["run"]
CALLS: list[str] = []


class Adder(GraphComponent):
    """Adds what it gets, and fails when told to."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Adder:
        return cls(config)

    def add(self, **numbers: int) -> int:
        CALLS.append(self._config["name"])
        if self._config["name"] == "broken":
            raise ValueError("broken")
        return sum(numbers.values()) + int(self._config["own"])

    def add_two(self, one: int, two: int) -> int:
        return self.add(one=one, two=two)

    def add_one(self, one: int) -> int:
        return self.add(one=one)

    def own(self) -> int:
        return self.add()


def _node(name: str, own: int, is_target: bool = False, **needs: str) -> SchemaNode:
    method = {0: "own", 1: "add_one", 2: "add_two"}[len(needs)]
    return SchemaNode(needs, Adder, "create", method, {"own": own, "name": name}, is_target=is_target)


SCHEMA = GraphSchema(
    {
        "last": _node("last", 1000, True, one="left", two="right"),
        "left": _node("left", 10, one="first"),
        "right": _node("right", 100, one="first"),
        "first": _node("first", 1, one="__given__"),
        "aside": _node("aside", 5),
        "broken": _node("broken", 0),
        "unmet": _node("unmet", 0, one="nobody"),
    }
)


@pytest.fixture
def runner(tmp_path: Any) -> DaskGraphRunner:
    CALLS.clear()
    return DaskGraphRunner.create(SCHEMA, LocalModelStorage(tmp_path), ExecutionContext(SCHEMA))


@pytest.mark.parametrize(
    ("inputs", "targets"),
    [
        ({"__given__": 7}, None),
        ({"__given__": 7}, ["right"]),
        ({"__given__": 7}, ["aside", "last"]),
        ({"first": 3}, ["last"]),
    ],
)
def test_it_gives_what_rasas_own_runner_gives(
    runner: DaskGraphRunner, inputs: dict[str, int], targets: list[str] | None
) -> None:
    for _ in range(2):  # the second time the order is known
        assert graph_order.run(runner, inputs, targets) == ORIGINAL(runner, inputs, targets)


def test_it_runs_each_node_that_is_needed_once_and_no_other(runner: DaskGraphRunner) -> None:
    graph_order.run(runner, {"__given__": 7}, ["last"])
    assert CALLS == ["first", "left", "right", "last"]
    CALLS.clear()
    assert graph_order.run(runner, {"left": 1, "right": 2}, ["last"]) == {"last": 1003}
    assert CALLS == ["last"]


@pytest.mark.parametrize("target", ["broken", "unmet"])
def test_it_fails_as_rasas_own_runner_fails(runner: DaskGraphRunner, target: str) -> None:
    failed = []
    for run in (ORIGINAL, graph_order.run):
        with pytest.raises((GraphRunError, GraphComponentException)) as caught:
            run(runner, {}, [target])
        failed.append((caught.type, str(caught.value)))
    assert failed[0] == failed[1]

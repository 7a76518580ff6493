"""Each key of the taxonomy, asked through the gateway as its first writer asked it, is answered with approved text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts.keys import intent_of
from tests.support.resident import Resident
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e

type Replies = Mapping[str, Future[dict[str, Any] | None]]

ROOT = Path(__file__).resolve().parents[2]
TAXONOMY = yaml.safe_load((ROOT / "data/taxonomy.yml").read_text("utf-8"))["answers"]
TRIES = 5  # of a key's first examples; how many are understood is what make eval tells
AT_ONCE = 4  # residents; more would wait for the engine, which takes one turn after the other
LOOKED_UP = "service"  # may ask for a place first, and then has no release yet


@pytest.fixture(scope="module")
def replies(stack: Stack) -> Replies:
    """What comes of asking each key's examples, asked by several residents at a time."""
    with ThreadPoolExecutor(AT_ONCE) as residents:
        return {key: residents.submit(_answer, stack, key) for key in (answer["key"] for answer in TAXONOMY)}


@cache
def _blocks(group: str) -> list[dict[str, str]]:
    return list(yaml.safe_load((ROOT / f"data/nlu/{group}.yml").read_text("utf-8"))["nlu"])


def _examples(key: str) -> Iterator[str]:
    for block in _blocks(key.split("/")[0]):
        if block["intent"] == intent_of(key):
            yield from (line.removeprefix("- ") for line in block["examples"].splitlines())


def _answer(stack: Stack, key: str) -> dict[str, Any] | None:
    """The reply to the first example that is understood as its key, each in a conversation of its own."""
    for text in islice(_examples(key), TRIES):
        reply = Resident(stack.gateway).ask(text)
        if reply["meta"]["answer"] == key and not reply["meta"]["asked_back"]:
            return reply
    return None


@pytest.mark.parametrize("key", [answer["key"] for answer in TAXONOMY if answer["kind"] != LOOKED_UP])
def test_it_is_answered_with_its_release(replies: Replies, key: str) -> None:
    reply = replies[key].result()

    assert reply is not None, f"none of the first {TRIES} examples of {key} is understood"
    assert reply["text"].strip()
    assert reply["meta"]["release"]["id"]


@pytest.mark.parametrize("key", [answer["key"] for answer in TAXONOMY if answer["kind"] == LOOKED_UP])
def test_it_is_looked_up_or_asks_for_what_the_look_up_needs(replies: Replies, key: str) -> None:
    reply = replies[key].result()

    assert reply is not None, f"none of the first {TRIES} examples of {key} is understood"
    assert reply["text"].strip()

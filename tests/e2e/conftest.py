"""One running product for all end-to-end tests of a run; what a test breaks it mends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.resident import Resident
from tests.support.stack import Stack, running_stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The real programs on free ports."""
    # The platform's retry ladder of 30 s to 1 h runs thirty times faster.
    with running_stack(tmp_path_factory.mktemp("stack"), {"SANDBOX_SPEED": "30"}) as running:
        yield running


@pytest.fixture
def resident(stack: Stack) -> Resident:
    """Somebody with a new conversation."""
    return Resident(stack.gateway)

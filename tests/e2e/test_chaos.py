"""A short run of chaos; `make chaos` plays the long ones."""

from __future__ import annotations

import random

import pytest

from tests.chaos.plan import make_plan
from tests.chaos.run import KILLED, run_plan
from tests.support.accountant import Account, connect_ledger
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e


def test_the_books_agree_after_a_short_run_of_chaos(stack: Stack) -> None:
    connect_ledger(stack)
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")  # shown when the test fails

    assert run_plan(stack, make_plan(seed, 240, 24, KILLED), print) == Account()

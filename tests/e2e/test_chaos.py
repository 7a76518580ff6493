"""A short run of chaos with one seed, so that a failure can be told from bad luck; `make chaos` draws others and plays longer."""

from __future__ import annotations

import pytest

from tests.chaos.plan import make_plan
from tests.chaos.run import KILLED, run_plan
from tests.support.accountant import Account, connect_ledger
from tests.support.stack import Stack

pytestmark = pytest.mark.e2e
SEED = 1


def test_the_books_agree_after_a_short_run_of_chaos(stack: Stack) -> None:
    connect_ledger(stack)

    assert run_plan(stack, make_plan(SEED, 240, 24, KILLED), print) == Account()

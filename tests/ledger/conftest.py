"""Each test of the ledger begins with an empty, real database."""

from __future__ import annotations

from datetime import datetime

import pytest

from contracts.clock import VIETNAM
from tests.support import ledger_database

ledger_database.connect()


@pytest.fixture(autouse=True)
def _empty_ledger() -> None:
    ledger_database.empty()


@pytest.fixture
def now() -> datetime:
    """A fixed moment."""
    return datetime(2026, 1, 5, 8, 0, tzinfo=VIETNAM)

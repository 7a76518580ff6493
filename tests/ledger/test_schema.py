"""The models and their migrations say the same."""

from __future__ import annotations

from django.core.management import call_command


def test_it_has_a_migration_for_every_change_of_the_models() -> None:
    call_command("makemigrations", "ledger", check=True, dry_run=True, verbosity=0)

"""``python -m ledger migrate``: brings the ledger's tables up to date; other management commands work as well."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from contracts.settings import SettingsError


def main() -> None:
    """Runs a Django management command with the ledger's own settings, on the ledger's database where one is named."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ledger.settings"
    arguments = sys.argv[1:]
    if arguments[:1] == ["migrate"]:
        arguments.append("--database=ledger")
    try:
        execute_from_command_line(["python -m ledger", *arguments])
    except SettingsError as error:
        sys.exit(f"ledger: {error}")


if __name__ == "__main__":
    main()

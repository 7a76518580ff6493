#!/usr/bin/env python
"""Django's command line for the newsroom: ``migrate``, ``seed``, ``register_model`` and the rest."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from contracts.settings import SettingsError


def main() -> int:
    """Exit code 2 when settings are missing or wrong, with the list of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.development")
    try:
        execute_from_command_line(sys.argv)
    except SettingsError as error:
        sys.stderr.write(f"newsroom: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

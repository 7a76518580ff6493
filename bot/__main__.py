"""Starts the engine on loopback: ``python -m bot``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from bot.config import read_settings
from bot.engine import PortInUseError, run_engine
from bot.logs import configure_logs
from contracts.settings import SettingsError


def main(variables: Mapping[str, str]) -> int:
    """Runs until ended; 2 when settings are not usable, 1 when the port is in use."""
    try:
        settings = read_settings(variables)
    except SettingsError as error:
        print(f"engine: {error}", file=sys.stderr)
        return 2
    configure_logs()
    try:
        run_engine(settings)
    except PortInUseError as error:
        print(f"engine: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ))

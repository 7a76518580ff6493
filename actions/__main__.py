"""Starts the action server on loopback: ``python -m actions``."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Mapping

import structlog

from actions.app import build_app
from actions.config import DATA, Settings, read_settings
from actions.gazetteer import DataFileError, load_gazetteer
from actions.logs import configure_logs
from actions.priorities import load_priorities
from actions.shelf import Library
from actions.snapshot import SnapshotRefresher
from contracts.clock import ClockSettingError, load_clock
from contracts.processor import TURNS, step_back
from contracts.settings import SettingsError
from contracts.snapshot import SnapshotCopy

log = structlog.get_logger(__name__)


def main(variables: Mapping[str, str]) -> int:
    """Runs until ended; 2 when settings or data files are not usable."""
    try:
        settings = read_settings(variables)
        library = _open_library(settings)
    except (SettingsError, ClockSettingError, DataFileError) as error:
        print(f"actions: {error}", file=sys.stderr)
        return 2
    configure_logs()
    step_back(TURNS)
    # The engine is frozen at 3.6.21 and works with this SDK; the warning would come with the first turn.
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk might not be compatible")
    refresher = SnapshotRefresher(library.copy, library.clock, settings.snapshot_url, settings.snapshot_token)
    app = build_app(library, refresher)
    log.info("actions_start", port=settings.port)
    app.run(host="127.0.0.1", port=settings.port, single_process=True, access_log=False, motd=False)
    return 0


def _open_library(settings: Settings) -> Library:
    copy = SnapshotCopy(settings.snapshot_file)
    copy.load()
    return Library(
        copy=copy,
        clock=load_clock(settings.clock, settings.var_dir / "clock.json"),
        gazetteer=load_gazetteer(DATA / "places" / "thanh_hoa_2021.json"),
        priorities=load_priorities(DATA / "taxonomy.yml"),
    )


if __name__ == "__main__":
    sys.exit(main(os.environ))

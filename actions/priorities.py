"""How urgent a sensitive key is, from the taxonomy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from actions.gazetteer import DataFileError


def load_priorities(path: Path) -> Mapping[str, int]:
    """Key → priority (1 is the most urgent) of every ``nhay_cam/*`` key of ``data/taxonomy.yml``.

    Raises:
        DataFileError: the file is missing or of another shape.
    """
    try:
        body = yaml.safe_load(path.read_text("utf-8"))
        return {entry["key"]: int(entry["priority"]) for entry in body["answers"] if entry["kind"] == "sensitive"}
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise DataFileError(f"{path} is not a taxonomy ({error!r}); restore it from the repository") from error

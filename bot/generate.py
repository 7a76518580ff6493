"""``python -m bot.generate``: writes domain.yml and data/rules/ from the answer keys with training examples."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.domain import TaxonomyError, engine_files, kinds_of_keys, trained_intents


def write_engine_files(taxonomy_file: Path, nlu_folder: Path, target: Path) -> list[Path]:
    """Writes the files below ``target`` and removes rules of groups that are gone; the paths written.

    Raises:
        TaxonomyError: see ``bot.domain.engine_files``.
    """
    files = engine_files(kinds_of_keys(taxonomy_file), trained_intents(nlu_folder))
    rules = target / "data" / "rules"
    rules.mkdir(parents=True, exist_ok=True)
    for path in rules.glob("*.yml"):
        if f"data/rules/{path.name}" not in files:
            path.unlink()
    for name, content in files.items():
        (target / name).write_text(content, "utf-8")
    return [target / name for name in files]


def main() -> int:
    """0 when written, 1 with one line on what to correct."""
    parser = argparse.ArgumentParser(prog="python -m bot.generate", description=__doc__)
    parser.add_argument("--taxonomy", type=Path, default=Path("data/taxonomy.yml"), help="the answer keys")
    parser.add_argument("--nlu", type=Path, default=Path("data/nlu"), help="folder with the training examples")
    parser.add_argument("--target", type=Path, default=Path("."), help="folder that gets domain.yml and data/rules")
    arguments = parser.parse_args()
    try:
        written = write_engine_files(arguments.taxonomy, arguments.nlu, arguments.target)
    except TaxonomyError as error:
        print(f"bot.generate: {error}", file=sys.stderr)
        return 1
    print(f"{len(written)} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())

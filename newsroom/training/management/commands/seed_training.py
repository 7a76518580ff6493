"""``manage.py seed_training``: fills the training data from files, once."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.training.seeding import SeedFileError, seed


class Command(BaseCommand):
    """Fills empty tables; afterwards the database is the truth and this does nothing."""

    help = "Fill the tables of examples and test questions from files, when they are empty."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--nlu FOLDER --tests FOLDER``."""
        parser.add_argument("--nlu", type=Path, default=Path("data/nlu"), help="folder with training examples")
        parser.add_argument("--tests", type=Path, default=Path("tests/nlu"), help="folder with test questions")

    def handle(self, *args: Any, nlu: Path, tests: Path, **options: Any) -> None:
        """Seeds; prints one line.

        Raises:
            CommandError: a file cannot be used.
        """
        try:
            filled = seed(nlu, tests)
        except SeedFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("training data seeded" if filled else "training data is there already and stays")

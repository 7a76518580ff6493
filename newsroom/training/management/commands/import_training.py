"""``manage.py import_training``: files with examples and test questions become drafts, for four eyes like any other."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.accounts.models import User
from newsroom.training.importing import ImportRefusedError, import_files


class Command(BaseCommand):
    """Writes drafts in the name of one account; nothing is submitted, nothing is trained."""

    help = "Turn data/nlu/*.yml and tests/nlu/*.yml into drafts of the answers whose sentences differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--nlu FOLDER --tests FOLDER --by USER``."""
        parser.add_argument("--nlu", type=Path, default=Path("data/nlu"), help="folder with training examples")
        parser.add_argument("--tests", type=Path, default=Path("tests/nlu"), help="folder with test questions")
        parser.add_argument("--by", required=True, help="user name of the author of the drafts")

    def handle(self, *args: Any, nlu: Path, tests: Path, by: str, **options: Any) -> None:
        """Imports; prints what became a draft and what could not.

        Raises:
            CommandError: unknown account, or a file cannot be used; nothing was imported then.
        """
        user = User.objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"--by {by!r} is no account")
        try:
            done = import_files(nlu, tests, user)
        except ImportRefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(done.drafts)} drafts: {', '.join(done.drafts) or 'none'}")
        if done.left_out:
            self.stdout.write(f"without an answer of their own, left out: {', '.join(done.left_out)}")

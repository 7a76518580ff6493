"""``manage.py register_model``: gives the newsroom a trained model."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.accounts.models import User
from newsroom.training.archives import register


class Command(BaseCommand):
    """Copies an archive and its report; activates it only when there was never an active model."""

    help = "Register a trained model archive; it becomes current only when no model was ever current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--archive FILE --report FILE --by USER``."""
        parser.add_argument("--archive", type=Path, required=True, help="tar.gz written by bot.train")
        parser.add_argument("--report", type=Path, required=True, help="JSON report written by bot.train")
        parser.add_argument("--by", required=True, help="user name of the person who answers for it")

    def handle(self, *args: Any, archive: Path, report: Path, by: str, **options: Any) -> None:
        """Registers; prints one line.

        Raises:
            CommandError: unknown user, unreadable file, or a report that is no JSON object.
        """
        user = User.objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"--by {by!r} is no account; create it or run `manage.py seed` first")
        try:
            body = json.loads(report.read_text("utf-8"))
            row, activated = register(archive, body, user)
        except (OSError, json.JSONDecodeError) as error:
            raise CommandError(f"--archive {archive} or --report {report} cannot be read: {error}") from error
        self.stdout.write(f"model {row} registered, {'now current' if activated else 'the current model stays'}")

"""``manage.py seed``: loads a content pack through drafts and approval."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.accounts.demo import ensure_demo_accounts
from newsroom.accounts.models import User
from newsroom.clock import clock
from newsroom.pack.loader import load
from newsroom.pack.reader import PackError


class Command(BaseCommand):
    """Adds what is missing and touches nothing else, so it may run at every start."""

    help = "Load a content pack: drafts by one account, approved by another; existing content is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--content FOLDER [--editor USER --approver USER]``."""
        parser.add_argument("--content", type=Path, default=settings.ROOT / "content", help="folder of the pack")
        parser.add_argument("--editor", default="bien_tap", help="user name that signs the drafts")
        parser.add_argument("--approver", default="phe_duyet", help="user name that approves")

    def handle(self, *args: Any, content: Path, editor: str, approver: str, **options: Any) -> None:
        """Loads; prints one line.

        Raises:
            CommandError: the pack is wrong, an account is missing, or demo accounts were asked for on a real clock.
        """
        if clock().demo:
            ensure_demo_accounts(Path(settings.VAR_DIR) / "demo_accounts.json", settings.DEMO_PASSWORD)
        try:
            tally = load(content, self._account(editor), self._account(approver))
        except PackError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"content: {tally.added} entries added, {tally.kept} left as they are")

    def _account(self, username: str) -> User:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(
                f"account {username!r} does not exist; demo accounts are made under CLOCK=demo:… only, "
                "otherwise name accounts with --editor and --approver"
            )
        return user

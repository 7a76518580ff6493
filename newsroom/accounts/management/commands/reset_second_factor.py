"""``manage.py reset_second_factor NAME``: for an administrator who lost the telephone and has no colleague."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.accounts.models import User
from newsroom.accounts.second_factor import forget


class Command(BaseCommand):
    """Removes the second factor of one account; its next login sets a new one up."""

    help = "Removes the second factor of an account."

    def add_arguments(self, parser: CommandParser) -> None:
        """See parent class for the full docstring."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises ``CommandError`` when there is no such account, or nothing to remove."""
        name = options["username"]
        account = User.objects.filter(username=name).first()
        if account is None:
            raise CommandError(f"username {name!r}: no such account")
        if not forget(account, None):
            raise CommandError(f"username {name!r}: this account has no second factor")
        self.stdout.write(f"second factor of {name} removed; the next login sets a new one up")

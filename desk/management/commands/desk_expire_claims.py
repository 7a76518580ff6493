"""``manage.py desk_expire_claims``: for a timer, so that claims end also when nobody has the desk open."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from desk.upkeep import return_overdue


class Command(BaseCommand):
    """Returns conversations of silent operators to the queue."""

    help = "Returns to the queue every conversation whose operator has been silent for CLAIM_TIMEOUT_MIN minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints how many were returned."""
        self.stdout.write(f"Đã trả về hàng chờ: {len(return_overdue())} cuộc")

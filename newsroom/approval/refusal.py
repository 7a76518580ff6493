"""Why something may not be approved."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


class ApprovalRefusedError(PermissionDenied):
    """An approval, or a way around it, was refused; ``reasons`` are Vietnamese sentences for staff.

    Always raised inside the transaction of the approval, which rolls back. Being a PermissionDenied, it never becomes a
    server error in Wagtail's own pages.
    """

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons

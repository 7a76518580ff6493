"""Drafts that arrive over the API: saved as a revision of a service account, never submitted, never published."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from newsroom.accounts.models import User
from newsroom.content.models import MODEL_OF_KIND
from newsroom.content.slots import stored_in_same_slot

SERVICE_ACCOUNT = "api"


class DraftRefusedError(Exception):
    """The request cannot become a draft; ``status`` and ``code`` are those of the answer."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@transaction.atomic
def save_draft(body: Any) -> dict[str, Any]:
    """Saves ``{kind, …fields of the content pack}`` as a new draft, or as a new draft version of existing content.

    Raises:
        DraftRefusedError: not an object, unknown kind, or the content is under review.
        ValidationError: a field is wrong.
    """
    if not isinstance(body, dict):
        raise DraftRefusedError(400, "not_an_object", "Send a JSON object")
    model = MODEL_OF_KIND.get(str(body.get("kind")))
    if model is None:
        raise DraftRefusedError(400, "unknown_kind", f"kind must be one of {', '.join(MODEL_OF_KIND)}")
    content = model()
    content.fill(body)
    existing = stored_in_same_slot(content)
    if existing is not None:
        if existing.get_lock() is not None:
            raise DraftRefusedError(409, "under_review", "This content is under review; try again after the decision")
        content = existing.get_latest_revision_as_object()
        content.fill(body)
    content.full_clean()
    if existing is None:
        content.save()
    revision = content.save_revision(user=service_account(), log_action=True)
    return {"kind": content.kind, "key": content.key, "place": content.place, "revision": revision.pk, "state": "draft"}


def service_account() -> User:
    """The account that signs drafts of the API; it has no password and no role."""
    account, made = User.objects.get_or_create(username=SERVICE_ACCOUNT, defaults={"last_name": "Giao diện nhập liệu"})
    if made:
        account.set_unusable_password()
        account.save()
    return account

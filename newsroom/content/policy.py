"""Who may do what with content in the admin: nobody publishes by permission, nobody deletes what was ever released."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from newsroom.accounts.models import User
from newsroom.approval.rules import released

REFUSED = frozenset({"publish"})


class FourEyesPolicy(ModelPermissionPolicy):
    """Django's permissions, without ``publish``, for superusers too: publishing follows from an approval only."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """As Django says, but never ``publish``."""
        return action not in REFUSED and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Any) -> bool:
        """As above, and never ``delete`` once there is a release."""
        if action == "delete" and released(instance).exists():
            return False
        return self.user_has_permission(user, action)

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        """The accounts that may do one of the actions."""
        allowed = set(actions) - REFUSED
        return super().users_with_any_permission(allowed) if allowed else User.objects.none()

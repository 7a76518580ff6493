"""The roles, their permissions, and the approval workflow: made after every migration, so that none is ever missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.contrib.contenttypes.models import ContentType

from newsroom.accounts.models import User

EDITORS = "Biên tập viên"
APPROVERS = "Người phê duyệt"
OPERATORS = "Trực ban"
LEADS = "Trưởng ca"
AUDITORS = "Kiểm tra viên"
ADMINISTRATORS = "Quản trị"
ROLES = (EDITORS, APPROVERS, OPERATORS, LEADS, AUDITORS, ADMINISTRATORS)


def is_approver(user: User | AnonymousUser | None) -> bool:
    """Whether the account is an active approver. Asked of the role itself: being a superuser grants nothing here."""
    return isinstance(user, User) and user.is_active and user.groups.filter(name=APPROVERS).exists()


def ensure_roles() -> None:
    """Creates the groups and gives each exactly its permissions; nobody gets ``publish``, nobody deletes accounts."""
    for group in ("Moderators", "Editors"):  # Wagtail's own, meant for page trees
        Group.objects.filter(name=group).delete()
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in ROLES}
    enter = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    reading, writing = [*enter, *_content("view")], [*enter, *_content("view", "add", "change", "delete")]
    groups[EDITORS].permissions.set(writing)
    for name in (APPROVERS, OPERATORS, LEADS):
        groups[name].permissions.set(reading)
    groups[AUDITORS].permissions.set([*reading, *_permissions([User], "view")])
    groups[ADMINISTRATORS].permissions.set([*reading, *_permissions([User], "view", "add", "change")])


def _content(*actions: str) -> Iterable[Permission]:
    return _permissions(apps.get_app_config("content").get_models(), *actions)


def _permissions(models: Iterable[Any], *actions: str) -> Iterable[Permission]:
    of_models = list(models)
    types = ContentType.objects.get_for_models(*of_models)
    names = [f"{action}_{model._meta.model_name}" for model in of_models for action in actions]
    return Permission.objects.filter(content_type__in=types.values(), codename__in=names)

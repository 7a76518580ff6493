"""What is heard of accounts: made, changed, roles given and taken, logins, failures, lockouts."""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from newsroom.accounts.models import User
from newsroom.audit.models import Event
from newsroom.audit.record import record

Area = Event.Area
WATCHED = ("username", "first_name", "last_name", "email", "is_active", "is_superuser", "is_staff")
_BEFORE = "_before_saving"


def listen_to_accounts() -> None:
    """Connects all of it."""
    user_logged_in.connect(_logged_in, dispatch_uid="newsroom.audit.login")
    user_logged_out.connect(_logged_out, dispatch_uid="newsroom.audit.logout")
    user_login_failed.connect(_login_failed, dispatch_uid="newsroom.audit.login_failed")
    user_locked_out.connect(_locked_out, dispatch_uid="newsroom.audit.locked_out")
    pre_save.connect(_before_saving, sender=User, dispatch_uid="newsroom.audit.user_before")
    post_save.connect(_account_saved, sender=User, dispatch_uid="newsroom.audit.user")
    post_delete.connect(_account_deleted, sender=User, dispatch_uid="newsroom.audit.user_gone")
    m2m_changed.connect(_roles_changed, sender=User.groups.through, dispatch_uid="newsroom.audit.roles")


def _logged_in(user: User, **kwargs: Any) -> None:
    record(Area.LOGIN, "login", user, actor=user)


def _logged_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(Area.LOGIN, "logout", user, actor=user)


def _login_failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    """An unknown name is not kept: people type their password into the wrong field."""
    known = User.objects.filter(username=credentials.get("username") or "").first()
    record(Area.LOGIN, "login_failed", known, detail="" if known else "Tên tài khoản không có")


def _locked_out(username: str | None = None, **kwargs: Any) -> None:
    known = User.objects.filter(username=username or "").first()
    record(Area.LOGIN, "locked_out", known, detail="" if known else "Tên tài khoản không có")


def _before_saving(instance: User, raw: bool = False, **kwargs: Any) -> None:
    stored = None if instance._state.adding or raw else User.objects.filter(pk=instance.pk).first()
    setattr(instance, _BEFORE, stored)


def _account_saved(instance: User, created: bool, **kwargs: Any) -> None:
    before: User | None = getattr(instance, _BEFORE, None)
    if created:
        record(Area.ACCOUNT, "account_made", instance)
    elif before is not None and (changes := list(_changes(before, instance))):
        record(Area.ACCOUNT, "account_changed", instance, detail="; ".join(changes))


def _changes(before: User, after: User) -> Any:
    """What changed, old and new; of a password only that it did."""
    for name in WATCHED:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            label = getattr(User._meta.get_field(name), "verbose_name", name)
            yield f"{label}: {_shown(old)} → {_shown(new)}"
    if before.password != after.password:
        yield "đổi mật khẩu"


def _shown(value: Any) -> str:
    return {True: "có", False: "không", "": "trống"}.get(value, str(value))


def _account_deleted(instance: User, **kwargs: Any) -> None:
    record(Area.ACCOUNT, "account_deleted", instance)


def _roles_changed(instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Whichever side changed, one event an account. A clearing is told before it, while the roles are still known."""
    if action not in {"post_add", "post_remove", "pre_clear"}:
        return
    what = "role_given" if action == "post_add" else "role_taken"
    for user, role in _pairs(instance, reverse, pk_set):
        record(Area.ACCOUNT, what, user, detail=role)


def _pairs(instance: Any, reverse: bool, pk_set: set[int] | None) -> list[tuple[User, str]]:
    if reverse:
        users = instance.user_set.all() if pk_set is None else User.objects.filter(pk__in=pk_set)
        return [(user, instance.name) for user in users]
    groups = instance.groups.all() if pk_set is None else Group.objects.filter(pk__in=pk_set)
    return [(instance, group.name) for group in groups]

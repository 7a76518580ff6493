"""Writing an event, in the transaction of what it tells: both or neither."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from wagtail.log_actions import get_active_log_context

from newsroom.accounts.models import User
from newsroom.audit.models import Event
from newsroom.clock import clock

SUBJECT_LENGTH = 300


def record(
    area: Event.Area, action: str, subject: Model | None = None, *, actor: User | None = None, detail: str = ""
) -> Event:
    """Appends an event. Without ``actor`` it is the account whose request is being answered, if there is one."""
    who = actor or acting_user()
    event = Event(
        at=clock().real_now(),
        area=area,
        action=action,
        actor=who.username if who else "",
        actor_name=str(who) if who else "",
        subject_kind=str(subject._meta.verbose_name) if subject is not None else "",
        subject=str(subject)[:SUBJECT_LENGTH] if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        detail=detail,
    )
    event.save()
    return event


def acting_user() -> User | None:
    """Whose request is being answered: Wagtail notes it around every page for staff."""
    user: Any = get_active_log_context().user
    return user if isinstance(user, User) else None

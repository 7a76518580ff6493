"""What is heard of content, releases and training: Wagtail's log, and every row that is written once and for all."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_save
from wagtail.models import ModelLogEntry

from newsroom.accounts.models import User
from newsroom.audit.models import Event
from newsroom.audit.record import record
from newsroom.clock import clock
from newsroom.releases.models import AppendOnly, Release

Area = Event.Area
# The account behind such a row, under whichever name its model has for it.
_ACTORS = ("by", "approved_by", "registered_by", "requested_by")
_AREAS = {"releases": Area.RELEASE, "training": Area.TRAINING}
_REASONS = ("reason", "remark", "message")


def listen_to_content() -> None:
    """Hears Wagtail's log, all append-only tables, and trainings and changed examples as they are asked for."""
    post_save.connect(_heard_wagtail, sender=ModelLogEntry, dispatch_uid="newsroom.audit.wagtail")
    for model in heard_models():
        post_save.connect(_heard_row, sender=model, dispatch_uid=f"newsroom.audit.{model._meta.label}")


def heard_models() -> list[type[Model]]:
    """Append-only tables, and the tables of training whose rows somebody answers for."""
    written_once = [model for model in apps.get_models() if issubclass(model, AppendOnly) and model is not Event]
    trained = [model for model in apps.get_app_config("training").get_models() if _has_actor(model)]
    return list(dict.fromkeys([*written_once, *trained]))


def _heard_wagtail(instance: ModelLogEntry, created: bool, **kwargs: Any) -> None:
    """Content and accounts as Wagtail's pages change them."""
    if not created or _is_heard_better(instance):
        return
    area = Area.ACCOUNT if instance.content_type.app_label == "accounts" else Area.CONTENT
    event = Event(
        at=clock().real_now(),
        area=area,
        action=instance.action,
        actor=instance.user.username if instance.user else "",
        actor_name=str(instance.user) if instance.user else "",
        subject_kind=str(instance.content_type.name),
        subject=instance.label[:300],
        subject_id=instance.object_id,
        detail=str(instance.comment or ""),
    )
    event.save()


def _is_heard_better(entry: ModelLogEntry) -> bool:
    """``accounts_heard`` tells what changed in an account, Wagtail's log only that something did."""
    return entry.content_type.model_class() is User and entry.action in {"wagtail.create", "wagtail.edit"}


def _heard_row(instance: Any, created: bool, **kwargs: Any) -> None:
    if not created:
        return
    area = _AREAS.get(instance._meta.app_label, Area.CONTENT)
    reasons = (getattr(instance, name, "") for name in _REASONS)
    detail = next((reason for reason in reasons if reason), "")
    record(area, f"{instance._meta.label_lower}.add", instance, actor=_actor(instance), detail=detail)


def _actor(row: Any) -> User | None:
    if isinstance(row, Release):
        return User.objects.filter(username=row.approver).first()
    return next((getattr(row, name) for name in _ACTORS if hasattr(row, name)), None)


def _has_actor(model: Any) -> bool:
    return any(field.name in _ACTORS for field in model._meta.get_fields())

"""Django application: see the package's docstring."""

from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import post_migrate


def prepare(using: str, **kwargs: Any) -> None:
    """Makes roles and workflow after every ``migrate`` of the newsroom's own database."""
    if using != DEFAULT_DB_ALIAS:
        return
    from newsroom.accounts.roles import ensure_roles
    from newsroom.approval.workflow import ensure_workflow

    ensure_roles()
    ensure_workflow()


class WorkplaceConfig(AppConfig):
    """Names the application."""

    name = "newsroom.workplace"
    label = "workplace"
    verbose_name = "Bàn làm việc"

    def ready(self) -> None:
        """Roles need the permissions of all applications, so they are made after the last of them was migrated."""
        from django.apps import apps

        last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
        post_migrate.connect(prepare, sender=last, dispatch_uid="newsroom.workplace.prepare")

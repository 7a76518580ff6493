"""Django application: see the package's docstring."""

from django.apps import AppConfig


class ApprovalConfig(AppConfig):
    """Names the application."""

    name = "newsroom.approval"
    label = "approval"
    verbose_name = "Phê duyệt"

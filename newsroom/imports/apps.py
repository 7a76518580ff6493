"""Django application: see the package's docstring."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Names the application."""

    name = "newsroom.imports"
    label = "imports"
    verbose_name = "Nhập và xuất tệp"

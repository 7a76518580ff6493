"""Django application: see the package's docstring."""

from django.apps import AppConfig


class PackConfig(AppConfig):
    """Names the application."""

    name = "newsroom.pack"
    label = "pack"
    verbose_name = "Gói nội dung"

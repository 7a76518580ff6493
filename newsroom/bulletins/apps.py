"""Django application: see the package's docstring."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """Names the application."""

    name = "newsroom.bulletins"
    label = "bulletins"
    verbose_name = "Bản tin"

"""Django application: see the package's docstring."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """Names the application."""

    name = "newsroom.releases"
    label = "releases"
    verbose_name = "Bản phát hành"

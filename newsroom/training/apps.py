"""Django application: see the package's docstring."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Names the application."""

    name = "newsroom.training"
    label = "training"
    verbose_name = "Mô hình"

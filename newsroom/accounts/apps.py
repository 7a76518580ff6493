"""Django application: see the package's docstring."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the application."""

    name = "newsroom.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"

"""Django application: see the package's docstring."""

from __future__ import annotations

import os
from datetime import timedelta

from django.apps import AppConfig

from desk.config import load_settings


class DeskConfig(AppConfig):
    """Lives in the newsroom's process, under ``/desk/``; reads its settings once, at start."""

    name = "desk"
    verbose_name = "Bàn trực"
    claim_timeout = timedelta(minutes=10)
    charged_sends = True
    callback_url = ""

    def ready(self) -> None:
        """Raises ``SettingsError`` when a setting is wrong; the newsroom's programs report it and stop."""
        settings = load_settings(os.environ)
        self.claim_timeout, self.charged_sends = settings.claim_timeout, settings.charged_sends
        self.callback_url = settings.callback_url

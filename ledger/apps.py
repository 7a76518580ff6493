"""Django app of the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Installed in the gateway's small Django and in the newsroom."""

    name = "ledger"
    verbose_name = "Sổ hội thoại"
    default_auto_field = "django.db.models.BigAutoField"

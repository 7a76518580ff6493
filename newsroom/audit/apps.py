"""Django application: see the package's docstring."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Names the application and begins to listen."""

    name = "newsroom.audit"
    label = "audit"
    verbose_name = "Nhật ký"

    def ready(self) -> None:
        """All models are known by now."""
        from newsroom.audit.accounts_heard import listen_to_accounts
        from newsroom.audit.content_heard import listen_to_content

        listen_to_accounts()
        listen_to_content()

"""Django application: see the package's docstring."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Names the application and registers who may do what."""

    name = "newsroom.content"
    label = "content"
    verbose_name = "Nội dung"

    def ready(self) -> None:
        """Registers the policies before anything asks for one."""
        from wagtail.permissions import register_permission_policy

        from newsroom.content.models import CONTENT_MODELS
        from newsroom.content.policy import FourEyesPolicy

        for model in CONTENT_MODELS:
            register_permission_policy(model, FourEyesPolicy(model))

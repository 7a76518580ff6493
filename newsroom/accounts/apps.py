"""Django applications: staff accounts, and Wagtail's pages about them with this product's rules."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """Names the application."""

    name = "newsroom.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
    default = True

    def ready(self) -> None:
        """Sessions note when they began."""
        from newsroom.accounts import gate  # noqa: F401 -- connects its receiver


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's ``wagtail.users`` with other pages for accounts."""

    default = False
    user_viewset = "newsroom.accounts.staff_pages.StaffViewSet"

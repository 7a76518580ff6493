"""Wagtail's pages about accounts, with this product's rules.

Roles decide everything, so nobody becomes a superuser here; nobody changes their own roles; accounts are switched off,
never deleted, because releases and history name them.
"""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, BaseSettingsPanel
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import EditView, IndexView, UserViewSet


class StaffLoginForm(LoginForm):
    """Name and password; no session outlives the browser, so there is nothing to remember."""

    password = forms.CharField(
        label="Mật khẩu", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    remember = None


ORDER = ("username", "last_name", "first_name", "email", "password1", "password2", "groups", "is_active")


class StaffCreationForm(UserCreationForm):
    """A new account: name, password, roles."""

    field_order = ORDER
    email = forms.EmailField(required=False, label="Thư điện tử")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_superuser"]


class StaffEditForm(UserEditForm):
    """An account; one's own without the roles."""

    field_order = ORDER
    email = forms.EmailField(required=False, label="Thư điện tử")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)
        if kwargs.get("editing_self"):
            del self.fields["groups"]


class StaffIndexView(IndexView):
    """The list, with what is of use here."""

    def get_delete_url(self, instance: Any) -> None:
        """None: no account is deleted."""


class StaffEditView(EditView):
    """One account."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """See parent class for the full docstring."""
        super().setup(request, *args, **kwargs)
        self.can_delete = False


class StaffViewSet(UserViewSet):
    """Wagtail's pages for accounts under ``/admin/users/``."""

    index_view_class = StaffIndexView
    edit_view_class = StaffEditView
    copy_view_enabled = False
    # One page instead of two tabs, whose templates name the superuser's field.
    create_template_name = "wagtailadmin/generic/form.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:
        """See parent class for the full docstring."""
        return StaffEditForm if for_update else StaffCreationForm


class OwnAccountView(AccountView):
    """The page of one's own account, without a picture: there is nowhere to keep it, and nobody needs it."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        """See parent class for the full docstring."""
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]

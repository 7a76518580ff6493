"""A staff account. Own model from the start, because Django cannot change it later."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Someone of the health department, or a service account that may only create drafts."""

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def get_full_name(self) -> str:
        """Family name first, as Vietnamese names are written."""
        return f"{self.last_name} {self.first_name}".strip()

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def natural_key(self) -> tuple[Any, ...]:
        """The user name, which releases keep."""
        return (self.username,)

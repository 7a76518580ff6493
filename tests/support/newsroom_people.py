"""People of the newsroom in tests that speak to Django directly."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from newsroom.accounts.models import User

PASSWORD = "mật khẩu dài của bài thử"


def person(username: str, *roles: str, **fields: Any) -> User:
    """An account with these roles."""
    user = User.objects.create_user(username, password=PASSWORD, last_name="Người", first_name="Thử", **fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def browser_of(user: User) -> Client:
    """A browser in which that account is logged in."""
    client = Client()
    client.force_login(user)
    return client


def type_password(client: Client, username: str, password: str = PASSWORD) -> Any:
    """The answer to the login form."""
    return client.post("/admin/login/", {"username": username, "password": password, "next": "/admin/"})

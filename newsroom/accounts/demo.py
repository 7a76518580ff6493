"""The accounts of the demonstration. They exist only under the demo clock, which production refuses."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group

from newsroom.accounts.models import User
from newsroom.accounts.roles import ADMINISTRATORS, APPROVERS, AUDITORS, EDITORS, LEADS, OPERATORS


@dataclass(frozen=True)
class DemoAccount:
    """A role to play; the name says that nobody real stands behind it."""

    username: str
    name: str
    role: str
    superuser: bool = False


DEMO_ACCOUNTS = (
    DemoAccount("bien_tap", "Biên tập viên (minh họa)", EDITORS),
    DemoAccount("phe_duyet", "Người phê duyệt (minh họa)", APPROVERS),
    DemoAccount("truc_ban", "Trực ban (minh họa)", OPERATORS),
    DemoAccount("truong_ca", "Trưởng ca (minh họa)", LEADS),
    DemoAccount("kiem_tra", "Kiểm tra viên (minh họa)", AUDITORS),
    DemoAccount("quan_tri", "Quản trị (minh họa)", ADMINISTRATORS, superuser=True),
)


def ensure_demo_accounts(password_file: Path, common_password: str = "") -> None:
    """Creates what is missing. Passwords are made once and kept in ``password_file`` (mode 0600), a list of
    ``{role, username, password}``.

    With ``common_password`` all accounts get that one, and the file says so too.
    """
    known = _known(password_file)
    passwords = {
        account.username: common_password or known.get(account.username) or secrets.token_urlsafe(9)
        for account in DEMO_ACCOUNTS
    }
    for account in DEMO_ACCOUNTS:
        _ensure(account, passwords[account.username])
    if passwords != known:
        _write(password_file, passwords)


def _ensure(account: DemoAccount, password: str) -> None:
    user, made = User.objects.get_or_create(
        username=account.username,
        defaults={"last_name": account.name, "is_superuser": account.superuser, "is_staff": account.superuser},
    )
    user.groups.add(Group.objects.get(name=account.role))
    if made or not user.check_password(password):
        user.set_password(password)
        user.save()


def _known(password_file: Path) -> dict[str, str]:
    try:
        entries = json.loads(password_file.read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return {entry["username"]: entry["password"] for entry in entries}


def _write(password_file: Path, passwords: dict[str, str]) -> None:
    """The file is private from its first byte and swapped whole."""
    entries = [
        {"role": account.role, "username": account.username, "password": passwords[account.username]}
        for account in DEMO_ACCOUNTS
    ]
    password_file.parent.mkdir(parents=True, exist_ok=True)
    draft = password_file.with_name(f"{password_file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(entries, file, ensure_ascii=False, indent=2)
    draft.replace(password_file)

"""The admin's menu shows each role its own work."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from newsroom.accounts.roles import OPERATORS


@pytest.mark.django_db(databases=["default", "ledger"])
def test_it_leads_operators_to_the_desk_and_editors_not(staff: Any) -> None:
    pages = []
    for user in (staff.editor, staff.approver):
        if user == staff.approver:
            user.groups.add(Group.objects.get(name=OPERATORS))
        client = Client()
        client.force_login(user)
        pages.append(client.get("/admin/").content.decode())

    assert ["/desk/" in page for page in pages] == [False, True]

"""Who did what when: heard from every door, readable, exportable, never changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from newsroom.accounts.models import User
from newsroom.accounts.roles import APPROVERS, AUDITORS, EDITORS
from newsroom.audit.content_heard import heard_models
from newsroom.audit.models import Event
from newsroom.audit.record import record
from newsroom.audit.wording import action_name
from newsroom.releases.correct import begin_correction
from newsroom.releases.models import ImmutableRowError
from newsroom.releases.retract import retract
from newsroom.training.models import ModelActivation, ModelArchive

PASSWORD = "mật khẩu dài của bài thử"
pytestmark = pytest.mark.django_db(databases=["default", "ledger"])


def heard(action: str) -> list[Event]:
    """The events of one action, oldest first."""
    return list(Event.objects.filter(action=action).order_by("pk"))


@pytest.fixture
def auditor(staff: Any) -> User:
    """An account that reads everything."""
    user = User.objects.create_user("kiem_tra", password=PASSWORD)
    user.groups.set(Group.objects.filter(name=AUDITORS))
    return user


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A browser."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return enter


def test_it_hears_the_road_of_an_answer(staff: Any, draft: Any, publish: Any) -> None:
    """Submitted, approved, released, corrected, taken back: each by whom."""
    release = publish(draft())
    begin_correction(release, staff.editor, "Sai số")
    retract(release, staff.approver, "Gây hại")
    expected = {
        "wagtail.workflow.start": ("bien_tap", ""),
        "wagtail.workflow.approve": ("phe_duyet", ""),
        "releases.release.add": ("phe_duyet", ""),
        "releases.correction.add": ("bien_tap", "Sai số"),
        "releases.retraction.add": ("phe_duyet", "Gây hại"),
        "wagtail.unpublish": ("phe_duyet", ""),
    }
    said = {action: [(event.actor, event.detail) for event in heard(action)] for action in expected}
    assert said == {action: [who] for action, who in expected.items()}


def test_it_hears_edits_of_the_pages(staff: Any, draft: Any, sign_in: Any, source: Any) -> None:
    """With the title as it was then."""
    content = draft()
    fields = {"key": content.key, "title": "Khẩu trang?", "text": "Mới.", "buttons-count": "0", "source": source.pk}
    address = reverse(type(content).snippet_viewset.get_url_name("edit"), args=[content.pk])
    sign_in(staff.editor).post(address, fields)
    [event] = heard("wagtail.edit")
    assert (event.actor, event.area) == ("bien_tap", "content")
    assert "hẩu trang" in event.subject


def test_it_hears_models_and_their_activation(staff: Any) -> None:
    """By whom they were approved."""
    now = staff.editor.date_joined
    archive = ModelArchive(sha256="a" * 64, report={}, registered_at=now, registered_by=staff.editor)
    archive.save()
    ModelActivation(archive=archive, approved_at=now, approved_by=staff.approver, reason="đạt").save()
    assert [event.actor for event in heard("training.modelarchive.add")] == ["bien_tap"]
    assert [(event.actor, event.detail) for event in heard("training.modelactivation.add")] == [("phe_duyet", "đạt")]


def test_it_hears_logins_and_failures(staff: Any) -> None:
    """A name that nobody has is not kept: it may be a password."""
    form = {"username": "bien_tap", "password": PASSWORD, "next": "/admin/"}
    client = Client()
    client.post("/admin/login/", {**form, "password": "sai"})
    client.post("/admin/login/", {**form, "username": "mat-khau-cua-toi"})
    client.post("/admin/login/", form)
    client.post("/admin/logout/")
    events = Event.objects.filter(area="login").order_by("pk")
    assert [(event.action, event.subject_id) for event in events] == [
        ("login_failed", str(staff.editor.pk)),
        ("login_failed", ""),
        ("login", str(staff.editor.pk)),
        ("logout", str(staff.editor.pk)),
    ]
    assert not any("mat-khau-cua-toi" in event.detail + event.subject for event in events)


def test_it_hears_roles_from_both_sides(staff: Any) -> None:
    """Given and taken."""
    before = Event.objects.count()
    staff.editor.groups.add(Group.objects.get(name=APPROVERS))
    Group.objects.get(name=EDITORS).user_set.remove(staff.editor)
    staff.editor.groups.clear()
    events = Event.objects.order_by("pk")[before:]
    assert [(event.action, event.detail) for event in events] == [
        ("role_given", APPROVERS),
        ("role_taken", EDITORS),
        ("role_taken", APPROVERS),
    ]


def test_it_hears_what_changed_in_an_account(staff: Any) -> None:
    """Never the password itself, and no event for the time of a login."""
    user = User.objects.get(pk=staff.editor.pk)
    user.is_active = False
    user.set_password("một mật khẩu khác hẳn")
    user.save()
    user.save()
    [event] = heard("account_changed")
    assert event.detail.endswith("đổi mật khẩu")
    assert "có → không" in event.detail
    assert "khác hẳn" not in event.detail


def test_it_names_in_vietnamese_what_it_hears() -> None:
    """A table that is new to the log needs a name there."""
    actions = [f"{model._meta.label_lower}.add" for model in heard_models()]
    assert len(actions) > 8
    assert [action for action in actions if action_name(action) == action] == []


def test_it_is_not_changed_by_anybody(staff: Any) -> None:
    """Neither the ORM nor SQL."""
    event = record(Event.Area.CONTENT, "thu", actor=staff.editor)
    for change in (event.save, event.delete, Event.objects.all().delete):
        with pytest.raises(ImmutableRowError):
            change()
    for sql in ("UPDATE audit_event SET actor = ''", "DELETE FROM audit_event"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_it_vanishes_with_what_it_tells(staff: Any) -> None:
    """Half done is not done."""
    with transaction.atomic():
        staff.editor.groups.clear()
        transaction.set_rollback(True)
    assert heard("role_taken") == []


@pytest.mark.parametrize("who", ["editor", "approver", "chief"])
def test_it_is_read_by_auditors_only(who: str, staff: Any, sign_in: Any) -> None:
    """Being a superuser grants nothing; administrators have their role."""
    for address in (reverse("audit:log"), reverse("audit:export", args=["csv"])):
        assert sign_in(getattr(staff, who)).get(address).status_code == 302
    assert "/nhat-ky/" not in sign_in(staff.editor).get("/ban-phat-hanh/").content.decode()


def test_it_is_narrowed(staff: Any, auditor: User, sign_in: Any, draft: Any, publish: Any) -> None:
    """By area, account, words, and days."""
    publish(draft())
    client = sign_in(auditor)

    def count(**asked: str) -> int:
        return int(client.get(reverse("audit:log"), asked).context["page"].paginator.count)

    assert 0 < count(mang="release") < count()
    assert count(nguoi="phe_duyet") == Event.objects.filter(actor="phe_duyet").count()
    assert count(tim="5k/khau_trang") > 0
    assert (count(tu="2021-12-31", den="2021-12-31"), count(tu="2022-01-01")) == (count(), 0)
    assert count(tu="2022-01-02", den="2022-01-01") == 0
    assert "phải từ" in client.get(reverse("audit:log"), {"tu": "2022-01-02", "den": "2022-01-01"}).content.decode()


def test_it_is_exported_for_a_spreadsheet(staff: Any, auditor: User, sign_in: Any) -> None:
    """Both forms hold the same rows, no cell is a formula, and the export is an event."""
    record(Event.Area.CONTENT, "thu", actor=staff.editor, detail='=HYPERLINK("http://x")')
    client = sign_in(auditor)
    as_csv = client.get(reverse("audit:export", args=["csv"]), {"mang": "content"})
    rows = list(csv.reader(io.StringIO(as_csv.content.decode("utf-8-sig"))))
    assert as_csv.headers["Content-Disposition"] == 'attachment; filename="nhat-ky-2021-12-31.csv"'
    assert rows[0][0] == "Lúc"
    assert rows[1][-1] == '\'=HYPERLINK("http://x")'
    as_xlsx = client.get(reverse("audit:export", args=["xlsx"]), {"mang": "content"})
    sheet = load_workbook(io.BytesIO(as_xlsx.content)).active
    cells = list(sheet.iter_rows(min_row=2))
    assert len(cells) == len(rows) - 1
    assert (cells[0][-1].value, cells[0][-1].data_type) == ('=HYPERLINK("http://x")', "s")
    assert [event.actor for event in heard("export")] == ["kiem_tra", "kiem_tra"]
    assert client.get(reverse("audit:export", args=["exe"])).status_code == 404

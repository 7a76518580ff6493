"""Who did what when: heard from every door, readable, exportable, never changed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from openpyxl import load_workbook

from contracts.clock import VIETNAM
from newsroom.accounts import second_factor
from newsroom.accounts.models import User
from newsroom.accounts.roles import APPROVERS, AUDITORS, EDITORS
from newsroom.audit.content_heard import heard_models
from newsroom.audit.models import Event
from newsroom.audit.record import record
from newsroom.audit.wording import action_name
from newsroom.content.models import Bulletin
from newsroom.releases.correct import begin_correction
from newsroom.releases.models import ImmutableRowError
from newsroom.releases.retract import retract
from newsroom.settings.base import ROOT
from newsroom.training import jobs
from newsroom.training.archives import archive_path, go_back
from newsroom.training.changes import adopt, approve, refuse, waiting
from newsroom.training.models import ModelActivation, ModelArchive, TrainingJob
from newsroom.training.standing import Sentences

State = TrainingJob.State
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
    fields = {
        "key": content.key,
        "title": "Khẩu trang?",
        "text": "Mới.",
        "buttons-count": "0",
        "attachments-count": "0",
        "source": source.pk,
    }
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


def test_it_hears_a_lockout(staff: Any, settings: Any) -> None:
    """Whose account was tried too often, and that it is locked."""
    settings.AXES_ENABLED = True
    client = Client()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post("/admin/login/", {"username": "bien_tap", "password": "sai", "next": "/admin/"})
    assert [event.subject_id for event in heard("locked_out")] == [str(staff.editor.pk)]
    assert len(heard("login_failed")) >= settings.AXES_FAILURE_LIMIT - 1


def test_it_hears_of_the_second_factor(staff: Any, sign_in: Any) -> None:
    """A wrong code, and who took the telephone from whom; never the code itself."""
    client = sign_in(staff.editor)
    client.post(reverse("accounts:set-up"), {"code": "000 001"})
    assert [(event.actor, event.area) for event in heard("second_factor_failed")] == [("bien_tap", "login")]
    device = TOTPDevice.objects.get(user=staff.editor)
    device.throttle_reset()  # the next code would have to wait a second
    assert second_factor.confirm(staff.editor, f"{TOTP(device.bin_key).token():06d}") is not None
    assert [event.actor for event in heard("accounts.second_factor_set")] == ["bien_tap"]
    assert second_factor.forget(staff.editor, staff.chief)
    assert [(event.actor, event.area) for event in heard("accounts.second_factor_forgotten")] == [
        ("quan_tri", "account")
    ]
    assert not Event.objects.filter(detail__contains="000").exists()


def test_it_hears_how_trainings_end(staff: Any) -> None:
    """Done, refused with its reason, cancelled by whom; the software ends them, so nobody else is named."""
    for state, message in ((State.DONE, ""), (State.REFUSED, "12 câu kiểm tra cũ thành sai.")):
        jobs.enqueue_approved(staff.approver)
        job = jobs.claim("test")
        assert job is not None
        assert jobs.finish(job, state, message=message)
    queued = jobs.enqueue_approved(staff.approver)
    jobs.cancel(queued, staff.second_approver)
    jobs.cancel(queued, staff.second_approver)
    assert [(event.actor, event.detail) for event in heard("training_ended")] == [
        ("", "xong."),
        ("", "không qua cổng kiểm tra. 12 câu kiểm tra cũ thành sai."),
    ]
    assert [(event.actor, event.subject_id) for event in heard("training_cancelled")] == [
        ("phe_duyet_2", str(queued.pk))
    ]


def test_it_hears_what_became_of_examples(staff: Any, draft: Any) -> None:
    """Adopted with which model, or refused and why."""
    lists = Sentences(("rửa tay", "rua tay"), ("rửa thế nào", "rửa ra sao", "rua sao"))
    for key, revision in (("5k/khu_khuan", draft(key="5k/khu_khuan")), ("5k/xu_phat", draft(key="5k/xu_phat"))):
        approve(key, lists, revision.latest_revision, staff.approver)
    taken, refused = waiting()
    archive = archive_of(staff.editor, "a")
    adopt([taken], archive)
    refuse(refused, "Mất câu cũ")
    assert [(event.subject, event.detail) for event in heard("examples_adopted")] == [
        ("5k/khu_khuan", f"Mô hình {archive}")
    ]
    assert [(event.subject, event.detail) for event in heard("examples_refused")] == [("5k/xu_phat", "Mất câu cũ")]


def test_it_hears_the_return_to_an_earlier_model(staff: Any) -> None:
    """By whom, why, and what became of the examples."""
    archive = archive_of(staff.editor, "b")
    path = archive_path(archive.sha256)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"model")
    go_back(archive, staff.approver, "Bản mới trả lời sai")
    [event] = heard("model_returned")
    assert (event.actor, event.subject) == ("phe_duyet", str(archive))
    assert event.detail == "Bản mới trả lời sai (câu ví dụ giữ như trước)"


def test_it_hears_every_export(staff: Any, sign_in: Any, source: Any, tmp_path: Path) -> None:
    """Sheets, a bulletin as a file, the training data from the server."""
    made = Bulletin(number="Bản tin 1", as_of=datetime(2021, 12, 30, 16, 0, tzinfo=VIETNAM), new_cases=1, source=source)
    made.save()
    made.save_revision(user=staff.editor)
    client = sign_in(staff.editor)
    client.get(reverse("imports:export", args=["cau-hoi", "csv"]))
    client.get(reverse("bulletins:file", args=[made.pk, "sms.txt"]))
    call_command("export_training", out=tmp_path, stdout=io.StringIO())
    assert [(event.actor, event.subject, event.detail) for event in heard("export")] == [
        ("bien_tap", "", "cau-hoi.csv"),
        ("bien_tap", "Bản tin 1", "sms.txt, bản nháp"),
        ("", "", "Câu ví dụ và câu kiểm tra, từ máy chủ"),
    ]


def archive_of(by: User, letter: str) -> ModelArchive:
    """A registered model."""
    row = ModelArchive(sha256=letter * 64, report={}, registered_at=by.date_joined, registered_by=by)
    row.save()
    return row


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
    code = "".join(path.read_text("utf-8") for path in (ROOT / "newsroom").rglob("*.py"))
    actions += re.findall(r"record\(\s*(?:Event\.)?Area\.\w+, \"(\w+)\"", code)
    assert "training_ended" in actions
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

"""What each role may do: the auditor reads and changes nothing, administrators make accounts but no superusers."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from newsroom.accounts.models import User
from newsroom.accounts.roles import ADMINISTRATORS, APPROVERS, AUDITORS, EDITORS, OPERATORS, ROLES
from newsroom.content.models import CONTENT_MODELS, Bulletin, FaqAnswer, SourceDocument
from tests.newsroom.every_stage import DRAFTED, EveryStage, fill
from tests.support.newsroom_doors import written_rows
from tests.support.newsroom_people import PASSWORD, browser_of, person, type_password

OWN_ADDRESSES = ("admin/account/", "admin/login/", "admin/logout/", "xac-thuc/", "desk/dang-xuat/")
pytestmark = pytest.mark.django_db(databases=["default", "ledger"])


@pytest.fixture
def auditor() -> Client:
    """An auditor at work."""
    return browser_of(person("thu", AUDITORS))


@pytest.fixture
def stage(staff: Any, source: Any, draft: Any, publish: Any, submit: Any) -> EveryStage:
    """Something at every stage."""
    return fill(staff, source, draft, publish, submit)


@pytest.fixture
def newsroom(stage: EveryStage) -> dict[str, Any]:
    """What addresses are filled with, by the name of the argument: the content under review."""
    return stage.drafts[0]


FIELDS = {
    "action": "approve",
    "comment": "x",
    "reason": "x",
    "agrees": "1",
    "remark": "x",
    "key": "5k/moi",
    "title": "Mới",
    "text": "Mới.",
    "buttons-count": "0",
    "attachments-count": "0",
    "action-submit": "1",
    "slug": "moi",
    "username": "moi",
    "first_name": "A",
    "last_name": "B",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "role": "1",
    "mark_as_active": "on",
}


def test_it_lets_an_auditor_change_nothing_through_any_door(stage: EveryStage, auditor: Client) -> None:
    """Every address of every draft, by every method that a browser has; nothing is written in either database."""
    auditor.raise_request_exception = False
    doors = [address for address in stage.addresses() if not address.startswith(OWN_ADDRESSES)]
    assert len(doors) > 350
    written: dict[str, list[str]] = {}
    for address in doors:
        for ask in (auditor.get, auditor.post):
            with written_rows() as rows:
                answer = ask(f"/{address}", FIELDS if ask == auditor.post else {"id": "1"})
            assert answer.status_code < 500 or address == "readyz", address
            if rows:
                written[f"{answer.request['REQUEST_METHOD']} /{address}"] = rows
    assert written == {}


def test_the_same_doors_are_open_to_others(newsroom: dict[str, Any], staff: Any) -> None:
    """Or the test above would prove nothing."""
    waiting = reverse("approval:submission", args=[newsroom["task_state_id"]])
    with written_rows() as rows:
        browser_of(staff.approver).post(waiting, {"action": "reject", "comment": "Chưa rõ."})
    assert rows != []
    with written_rows() as rows:
        browser_of(staff.editor).post(reverse(FaqAnswer.snippet_viewset.get_url_name("add")), FIELDS)
    assert rows != []


def test_it_lets_an_auditor_read_everything(stage: EveryStage, auditor: Client) -> None:
    """Lists and details of all content with drafts and history, approvals, releases, accounts, trainings, imports."""
    waiting, answer, bulletin, _ = stage.drafts
    names = FaqAnswer.snippet_viewset.get_url_name
    models: tuple[Any, ...] = (*CONTENT_MODELS, SourceDocument)
    pages = [
        *(reverse(model.snippet_viewset.get_url_name("list")) for model in models),
        reverse(names("inspect"), args=[waiting["pk"]]),
        reverse(names("history"), args=[waiting["pk"]]),
        reverse(names("revisions_view"), args=[waiting["pk"], waiting["revision_id"]]),
        reverse("approval:waiting"),
        reverse("approval:submission", args=[waiting["task_state_id"]]),
        reverse("releases:listing"),
        reverse("releases:withdraw", args=[waiting["release_id"]]),
        reverse("releases:changed"),
        reverse("releases:second-reviews"),
        reverse("releases:said"),
        reverse("training:overview"),
        reverse("training:job", args=[waiting["job_id"]]),
        reverse("training:try_out", args=[answer["revision_id"]]),
        reverse("bulletins:day"),
        reverse("bulletins:forms", args=[bulletin["pk"]]),
        reverse("imports:start"),
        reverse("imports:dry-run", args=[waiting["uploaded_id"]]),
        reverse("imports:run", args=[waiting["run_id"]]),
        reverse("audit:log"),
        reverse("wagtailusers_users:index"),
    ]
    assert {page: auditor.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_it_shows_an_auditor_what_is_internal(stage: EveryStage, auditor: Client, draft: Any, publish: Any) -> None:
    """Notes that no resident reads, the sentences of a try-out, and who released something alone."""
    waiting, _, bulletin, _ = stage.drafts
    internal = Bulletin.snippet_viewset.get_url_name("inspect")
    released = FaqAnswer.objects.get(key="5k/khau_trang")
    for page in (
        reverse(internal, args=[bulletin["pk"]]),
        reverse(FaqAnswer.snippet_viewset.get_url_name("inspect"), args=[released.pk]),
        reverse("training:job", args=[waiting["job_id"]]),
    ):
        assert DRAFTED in auditor.get(page).content.decode(), page
    publish(draft(key="5k/xu_phat", urgent=True))
    assert "5k/xu_phat" in auditor.get(reverse("releases:second-reviews")).content.decode()


def test_it_lets_administrators_make_accounts_but_no_superuser() -> None:
    """Whatever the form carries."""
    admin = browser_of(person("hoa", ADMINISTRATORS))
    role = Group.objects.get(name=EDITORS)
    fields = {**FIELDS, "groups": role.pk, "is_superuser": "on"}
    assert admin.post("/admin/users/new/", fields).status_code == 302
    made = User.objects.get(username="moi")
    assert (made.is_superuser, list(made.groups.all())) == (False, [role])
    admin.post(f"/admin/users/edit/{made.pk}/", {**fields, "username": "moi", "is_active": "on"})
    assert not User.objects.get(username="moi").is_superuser
    assert type_password(Client(), "moi").status_code == 302


def test_it_lets_nobody_change_their_own_roles() -> None:
    """Neither in the form nor in bulk: who gives roles must not take them."""
    user = person("hoa", ADMINISTRATORS)
    admin, role = browser_of(user), Group.objects.get(name=APPROVERS)
    admin.post(f"/admin/users/edit/{user.pk}/", {**FIELDS, "username": "hoa", "groups": role.pk})
    admin.post(f"/admin/bulk/accounts/user/assign_role/?id={user.pk}", {"role": role.pk})
    assert list(user.groups.values_list("name", flat=True)) == [ADMINISTRATORS]


def test_it_deletes_no_account(staff: Any) -> None:
    """Not even a superuser does: history and releases name them."""
    chief = browser_of(staff.chief)
    chief.post(f"/admin/users/delete/{staff.editor.pk}/")
    answer = chief.post(f"/admin/bulk/accounts/user/delete/?id={staff.editor.pk}", follow=True)
    assert User.objects.filter(pk=staff.editor.pk).exists()
    assert "Không xóa tài khoản" in answer.content.decode()


@pytest.mark.parametrize("role", [role for role in ROLES if role not in {ADMINISTRATORS, AUDITORS}])
def test_it_shows_accounts_to_administrators_and_auditors_only(role: str) -> None:
    """Names and last logins are nobody else's business."""
    assert browser_of(person("lan", role)).get("/admin/users/").status_code == 302


def test_it_lets_operators_read_content_and_write_none(newsroom: dict[str, Any]) -> None:
    """They look things up while they answer."""
    operator = browser_of(person("lan", OPERATORS))
    assert operator.get(reverse(FaqAnswer.snippet_viewset.get_url_name("list"))).status_code == 200
    assert operator.get(reverse(FaqAnswer.snippet_viewset.get_url_name("add"))).status_code == 302

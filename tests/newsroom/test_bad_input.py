"""What people do wrong, each with a clear message and nothing half done.

Elsewhere: an outdated revision (``test_approval``), spreadsheets (``test_imports``), figures (``test_bulletins``), what
is no picture (``test_bulletin_pictures``), data that the engine refuses and trainings that are killed
(``test_training_worker``).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contracts.reply import source_line
from newsroom.content.models import Bulletin, FaqAnswer, SourceDocument
from newsroom.settings.base import ROOT

NEWER = "bạn sẽ ghi đè bản mới hơn"


def browser_of(user: Any) -> Client:
    """A browser in which that account is logged in."""
    client = Client()
    client.force_login(user)
    return client


def fields(**changes: Any) -> dict[str, Any]:
    """The form of an answer."""
    given = {
        "key": "5k/khau_trang",
        "title": "Khẩu trang?",
        "text": "Đeo ở nơi đông người.",
        "buttons-count": "0",
        "attachments-count": "0",
    }
    return {**given, **changes}


def address(name: str, *arguments: Any) -> str:
    """A page of the answers."""
    return reverse(FaqAnswer.snippet_viewset.get_url_name(name), args=arguments)


@pytest.mark.django_db
def test_it_saves_no_older_text_over_a_newer_one_by_itself(staff: Any, draft: Any, edit: Any) -> None:
    """Two people edit one answer: the page that saves by itself stops and says why, and what was saved stays."""
    content = draft()
    revision = content.latest_revision
    loaded = {"loaded_revision_id": revision.pk, "loaded_revision_created_at": revision.created_at.isoformat()}
    edit(content, staff.both, text="Đeo khi ra khỏi nhà.")
    answer = browser_of(staff.editor).post(
        address("edit", content.pk),
        fields(text="Bản của người thứ hai.", **loaded),
        headers={"Accept": "application/json"},
    )
    body = answer.json()
    assert (body["success"], body["error_code"]) == (False, "invalid_revision")
    assert NEWER in body["error_message"].casefold()
    assert FaqAnswer.objects.get().get_latest_revision_as_object().text == "Đeo khi ra khỏi nhà."


@pytest.mark.django_db
def test_it_keeps_both_versions_and_both_authors_when_two_people_save(
    staff: Any, draft: Any, edit: Any, submit: Any
) -> None:
    """Whoever saves in spite of the warning loses nothing of the other's, and neither of them may approve."""
    content = draft(user=staff.both)
    edit(content, staff.chief, text="Đeo khi ra khỏi nhà.")
    browser_of(staff.editor).post(address("edit", content.pk), fields(text="Bản của người thứ hai."))
    texts = [revision.as_object().text for revision in content.revisions.order_by("pk")]
    assert texts == ["Đeo ở nơi đông người.", "Đeo khi ra khỏi nhà.", "Bản của người thứ hai."]
    state = submit(FaqAnswer.objects.get(), staff.editor)
    for author in (staff.both, staff.chief):
        assert state.task.specific.get_actions(FaqAnswer.objects.get(), author) == []


@pytest.mark.django_db
@pytest.mark.parametrize("size", [5_000_000, 2_000_000])
def test_it_refuses_a_monstrous_paste(size: int, staff: Any) -> None:
    """Above the limit of a request with a page of its own, below it with a message at the field."""
    client = browser_of(staff.editor)
    client.raise_request_exception = False
    answer = client.post(address("add"), fields(text="a" * size))
    said = "Chưa có gì được lưu" if size > 2_500_000 else "Tối đa 2000 ký tự"
    assert said in answer.content.decode()
    assert (answer.status_code, FaqAnswer.objects.exists()) == (400 if size > 2_500_000 else 200, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "word"),
    [
        ("", "01/12/2021 00:00", "đã qua"),
        ("02/01/2022 00:00", "01/01/2022 00:00", "phải sau"),
        ("31/02/2022 00:00", "", "ngày/thời gian hợp lệ"),
    ],
)
def test_it_submits_no_dates_that_cannot_be_meant(start: str, end: str, word: str, staff: Any, source: Any) -> None:
    """In the past, swapped, none at all."""
    sent = fields(source=source.pk, valid_from=start, valid_to=end, **{"action-submit": "1"})
    html = browser_of(staff.editor).post(address("add"), sent).content.decode()
    assert word in html.casefold()
    assert not FaqAnswer.objects.exists()


@pytest.mark.django_db
def test_it_keeps_two_new_answers_when_neither_has_a_key_yet(staff: Any) -> None:
    """The title is written first, and the form saves by itself."""
    client = browser_of(staff.editor)
    for title in ("Được đi chợ không?", "Được ra đồng không?"):
        assert client.post(address("add"), fields(key="", title=title)).status_code == 302
    assert FaqAnswer.objects.filter(key="").count() == 2
    assert client.post(address("add"), fields()).status_code == 302
    assert "đã có nội dung khác" in client.post(address("add"), fields(title="Hai lần")).content.decode().casefold()


@pytest.mark.django_db
def test_it_keeps_a_date_as_it_was_typed_until_it_is_refused(staff: Any) -> None:
    """Wagtail's picker would write the present moment over "chiều nay", and nobody would notice."""
    client = browser_of(staff.editor)
    for model in (FaqAnswer, Bulletin, SourceDocument):
        html = unescape(client.get(reverse(model.snippet_viewset.get_url_name("add"))).content.decode())
        assert html.count('"validateOnBlur": false') == html.count('"dayOfWeekStart"') > 0, model


@pytest.mark.django_db
def test_it_takes_a_source_without_a_number_by_its_title_only(staff: Any) -> None:
    """Many papers have no number; none has neither."""
    client = browser_of(staff.editor)
    add = reverse(SourceDocument.snippet_viewset.get_url_name("add"))
    paper = {"slug": "ban-tin-cdc", "number": "", "issuer": "CDC Thanh Hóa", "date": "30/12/2021", "url": ""}
    assert "Bạn cần điền ô này." in client.post(add, {**paper, "title": ""}).content.decode()
    assert not SourceDocument.objects.exists()
    assert client.post(add, {**paper, "title": "Bản tin hằng ngày"}).status_code == 302
    assert (
        source_line(SourceDocument.objects.get().shape()) == "Nguồn: Bản tin hằng ngày, CDC Thanh Hóa, ngày 30/12/2021."
    )


# A newsroom of its own, on a real database, that is killed in the middle of what it does.
_BEGIN = """
import os, signal, sys, django
django.setup()
from datetime import date
from django.contrib.auth.models import Group
from newsroom.accounts.models import User
from newsroom.content.models import Bulletin, FaqAnswer, SourceDocument, VaccinationSite
from newsroom.imports.models import ImportRun, UploadedSheet
from newsroom.imports.run import run_import
from newsroom.releases.models import Release
from newsroom.training.models import ExampleChange, ModelActivation, TrainingJob
"""
_PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("migrate", database="ledger", verbosity=0)
editor, approver = (User.objects.create_user(name, password=None) for name in ("soan", "duyet"))
editor.groups.set(Group.objects.filter(name="Biên tập viên"))
approver.groups.set(Group.objects.filter(name="Người phê duyệt"))
source = SourceDocument.objects.create(slug="vb", number="1/VB", title="Văn bản", issuer="Bộ Y tế", date=date(2021, 12, 1))
content = FaqAnswer(key="5k/khau_trang", title="Khẩu trang?", text="Đeo.", source=source,
    examples="\\n".join(f"câu ví dụ {number}" for number in range(10)), test_questions="hỏi một\\nhỏi hai\\nhỏi ba")
content.save()
content.save_revision(user=editor)
content.get_workflow().start(content, editor)
"""
_PUBLISH = """
state = FaqAnswer.objects.get().current_workflow_task_state
state.task.specific.on_action(state, User.objects.get(username="duyet"), "approve", comment="Cần ngay")
"""
_IMPORT = """
from newsroom.imports.export import header
from newsroom.imports.sheets import HOTLINES
from newsroom.content.models import Hotline
from newsroom.tables import csv_bytes
from newsroom.clock import content_now
row = {"Tên": "Cấp cứu", "Số gọi": "115", "Cách viết": "115", "Nguồn": "vb"}
cells = [[{**row, "Mã": f"so-{number}"}.get(title) for title in header(HOTLINES)] for number in range(3)]
by = User.objects.get(username="soan")
sheet = UploadedSheet(sheet=HOTLINES.name, name="a.csv", body=csv_bytes(header(HOTLINES), cells), at=content_now(), by=by)
sheet.save()
run_import(sheet, by)
"""
_DIE_AFTER = """
def dying(model):
    saved = model.save
    def save(self, *args, **kwargs):
        saved(self, *args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    model.save = save
dying({model})
"""
_COUNT = """
import json
from newsroom.content.models import Hotline
print(json.dumps([Release.objects.count(), FaqAnswer.objects.filter(live=True).count(), ExampleChange.objects.count(),
    TrainingJob.objects.count(), Hotline.objects.count(), ImportRun.objects.count()]))
"""


@pytest.fixture(scope="module")
def newsroom_on_disk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """``play(code)`` runs code in a newsroom process whose database is a file; gives the finished process."""
    folder = tmp_path_factory.mktemp("newsroom")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.development",
        "VAR_DIR": str(folder),
        "CLOCK": "demo:2021-12-31T09:00+07:00",
        "NEWSROOM_SECRET_KEY": "only-for-tests-" + "x" * 40,
        **{name: f"{name.lower()}-for-these-tests" for name in ("SNAPSHOT_TOKEN", "MODEL_TOKEN", "DRAFTS_TOKEN")},
    }
    for name in ("NEWSROOM_DATABASE_URL", "LEDGER_DATABASE_URL"):
        environment.pop(name, None)

    def play(code: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "ignore", "-c", _BEGIN + code]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    prepared = play(_PREPARE)
    assert prepared.returncode == 0, prepared.stderr
    return play


def counted(play: Any) -> list[int]:
    """Releases, live answers, changes of examples, trainings, hotlines, imports."""
    numbers: list[int] = json.loads(play(_COUNT).stdout)
    return numbers


def test_it_leaves_nothing_when_it_is_killed_and_goes_on_afterwards(newsroom_on_disk: Any) -> None:
    """In the middle of an approval, after its first and its last table, and of an import; the next attempt does it all."""
    for model in ("Release", "TrainingJob"):
        killed = newsroom_on_disk(_DIE_AFTER.format(model=model) + _PUBLISH)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert counted(newsroom_on_disk) == [0, 0, 0, 0, 0, 0]
    published = newsroom_on_disk(_PUBLISH)
    assert published.returncode == 0, published.stderr
    assert counted(newsroom_on_disk) == [1, 1, 1, 1, 0, 0]
    killed = newsroom_on_disk(_DIE_AFTER.format(model="ImportRun") + _IMPORT)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert counted(newsroom_on_disk)[4:] == [0, 0]
    imported = newsroom_on_disk(_IMPORT)
    assert imported.returncode == 0, imported.stderr
    assert counted(newsroom_on_disk) == [1, 1, 1, 1, 3, 1]

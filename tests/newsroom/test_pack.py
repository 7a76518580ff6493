"""The content pack enters by the ordinary road, once, and never over somebody's edits."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from wagtail.models import TaskState, WorkflowState

from contracts.clock import Clock
from newsroom.accounts.demo import DEMO_ACCOUNTS
from newsroom.accounts.models import User
from newsroom.accounts.roles import is_approver
from newsroom.api.health import sensitive_keys
from newsroom.clock import content_now
from newsroom.content.models import Bulletin, FaqAnswer, SourceDocument
from newsroom.releases.in_force import in_force_now
from newsroom.releases.models import Release

ROOT = Path(__file__).resolve().parents[2]
SOURCE = {
    "id": "byt-5k-2020",
    "number": "Thông điệp 5K",
    "title": "Thông điệp 5K",
    "issuer": "Bộ Y tế",
    "date": "2020-08-31",
    "url": "",
}
FAQ = {
    "key": "5k/khau_trang",
    "title": "Đeo khẩu trang khi nào?",
    "text": "Đeo ở nơi đông người.",
    "source": "byt-5k-2020",
    "valid_from": "2021-12-01T07:00+07:00",
    "valid_to": "2022-06-30T00:00+07:00",
    "facts": "B",
    "buttons": [{"title": "Gọi 115", "phone": "115"}],
}


def write(folder: Path, **files: list[dict[str, Any]]) -> Path:
    """A pack with the given entries; the other files are empty."""
    (folder / "faq").mkdir(parents=True, exist_ok=True)
    contents = ("safety", "system", "menu", "chat", "services", "hotlines", "offices", "rules", "fact_checks", "sites")
    for name in ("sources", *contents, "bulletins"):
        (folder / f"{name}.yml").write_text(yaml.safe_dump(files.get(name, []), allow_unicode=True), "utf-8")
    (folder / "faq" / "5k.yml").write_text(yaml.safe_dump(files.get("faq", []), allow_unicode=True), "utf-8")
    return folder


@pytest.fixture
def demo(db: None, settings: Any, clock: Any) -> None:
    """The demo clock, under which demo accounts may exist."""
    settings.CONTENT_CLOCK = Clock(demo=True, now=lambda: clock.now)
    settings.DEMO_PASSWORD = ""


def seed(folder: Path) -> None:
    """Runs the command."""
    call_command("seed", content=folder, verbosity=0)


@pytest.mark.usefixtures("demo")
def test_it_loads_by_draft_and_approval_of_two_accounts(tmp_path: Path) -> None:
    """With a revision, a finished workflow and a release."""
    seed(write(tmp_path / "pack", sources=[SOURCE], faq=[FAQ]))
    release = Release.objects.get()
    assert (release.authors, release.approver) == (["bien_tap"], "phe_duyet")
    assert release.payload["buttons"] == [{"title": "Gọi 115", "phone": "115"}]
    assert release.valid_from.isoformat() == "2021-12-01T00:00:00+00:00"
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert TaskState.objects.get().finished_by == User.objects.get(username="phe_duyet")


@pytest.mark.usefixtures("demo")
def test_it_adds_nothing_and_overwrites_nothing_the_second_time(tmp_path: Path) -> None:
    """An editor's later words stay."""
    pack = write(tmp_path / "pack", sources=[SOURCE], faq=[FAQ])
    seed(pack)
    content = FaqAnswer.objects.get()
    content.text = "Lời của biên tập viên."
    content.save_revision(user=User.objects.get(username="bien_tap"))
    passwords = (tmp_path / "demo_accounts.json").read_text("utf-8")
    seed(pack)
    assert FaqAnswer.objects.get().get_latest_revision_as_object().text == "Lời của biên tập viên."
    assert (Release.objects.count(), SourceDocument.objects.count()) == (1, 1)
    assert (tmp_path / "demo_accounts.json").read_text("utf-8") == passwords


@pytest.mark.usefixtures("demo")
def test_it_adds_what_is_new_in_the_pack(tmp_path: Path) -> None:
    """An update of the product may bring more."""
    pack = write(tmp_path / "pack", sources=[SOURCE], faq=[FAQ])
    seed(pack)
    seed(write(pack, sources=[SOURCE], faq=[FAQ, {**FAQ, "key": "5k/tong_quan"}]))
    assert {release.key for release in Release.objects.all()} == {"5k/khau_trang", "5k/tong_quan"}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({**FAQ, "source": "khong-co"}, "Không có văn bản nguồn"),
        ({**FAQ, "source": None}, "Cần văn bản nguồn"),
        ({**FAQ, "text": "**Đậm**"}, "Markdown"),
        ({**FAQ, "text": "Gọi 094 666 8832"}, "đầu mối nội bộ"),
        ({**FAQ, "valid_from": "2021-12-01"}, "thiếu múi giờ"),
        ("chỉ là chữ", "must be a mapping"),
    ],
)
def test_it_loads_nothing_when_an_entry_is_wrong(tmp_path: Path, entry: Any, message: str) -> None:
    """The message names the file and the entry."""
    pack = write(tmp_path / "pack", sources=[SOURCE], faq=[{**FAQ, "key": "5k/tong_quan"}, entry])
    with pytest.raises(CommandError, match=rf"5k\.yml, entry 2.*{message}"):
        seed(pack)
    assert not FaqAnswer.objects.exists()


@pytest.mark.usefixtures("demo")
def test_it_refuses_folders_that_are_no_pack(tmp_path: Path) -> None:
    """Missing, or no YAML."""
    with pytest.raises(CommandError, match="--content"):
        seed(tmp_path / "khong-co")
    broken = write(tmp_path / "pack")
    (broken / "sources.yml").write_text("- {id: [", "utf-8")
    with pytest.raises(CommandError, match="not YAML"):
        seed(broken)


@pytest.mark.usefixtures("demo")
def test_it_makes_demo_accounts_with_private_passwords(tmp_path: Path) -> None:
    """One for each role, readable by the owner only; being admin grants no approval."""
    seed(write(tmp_path / "pack"))
    file = tmp_path / "demo_accounts.json"
    entries = json.loads(file.read_text("utf-8"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry["username"] for entry in entries] == [account.username for account in DEMO_ACCOUNTS]
    users = [authenticate(username=entry["username"], password=entry["password"]) for entry in entries]
    assert all(user is not None for user in users)
    approvers = [entry["username"] for entry, user in zip(entries, users, strict=True) if is_approver(user)]
    assert approvers == ["phe_duyet"]


@pytest.mark.usefixtures("demo")
def test_it_gives_all_demo_accounts_the_password_of_the_setting(settings: Any, tmp_path: Path) -> None:
    """For people who show the product; also when the accounts exist already."""
    pack = write(tmp_path / "pack")
    seed(pack)
    settings.DEMO_PASSWORD = "mật khẩu chung"
    seed(pack)
    assert authenticate(username="truc_ban", password="mật khẩu chung") is not None


def test_it_makes_no_demo_accounts_under_the_real_clock(db: None, tmp_path: Path) -> None:
    """A known account in production would be a door."""
    with pytest.raises(CommandError, match="demo accounts are made under CLOCK=demo"):
        seed(write(tmp_path / "pack"))
    assert not User.objects.filter(username="phe_duyet").exists()


@pytest.mark.usefixtures("demo")
def test_it_loads_the_shipped_pack_whole(tmp_path: Path) -> None:
    """Every sensitive key has its safety text, every faq key its answer, and the newest bulletin holds."""
    seed(ROOT / "content")
    holding = in_force_now(content_now())
    assert {release.key for release in holding if release.kind == "safety"} == set(sensitive_keys())
    answered = {release.key for release in holding if release.kind == "faq"}
    taxonomy = yaml.safe_load((ROOT / "data" / "taxonomy.yml").read_text("utf-8"))
    asked = {answer["key"] for answer in taxonomy["answers"] if answer["kind"] == "faq"}
    assert asked - answered == set()
    assert [r.payload["number"] for r in holding if r.kind == "bulletin"] == [
        Bulletin.objects.latest("as_of").number,
    ]
    slots = [release.slot for release in holding]
    assert len(slots) == len(set(slots))

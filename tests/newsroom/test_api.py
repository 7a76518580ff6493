"""The interface for other programs: only releases leave, drafts only enter."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from contracts.release import fingerprint, release_from_json
from contracts.snapshot import snapshot_from_json
from newsroom.content.models import FaqAnswer
from newsroom.releases.models import Release
from newsroom.releases.retract import retract
from newsroom.training.models import ModelActivation, ModelArchive

SECRET = "CHỈ LÀ BẢN NHÁP"
BODY = {"kind": "faq", "key": "5k/khau_trang", "title": "Khẩu trang?", "text": SECRET, "source": "byt-5k-2020"}


@pytest.fixture
def ask(settings: Any) -> Any:
    """``ask("SNAPSHOT_TOKEN", "GET", "/api/v1/snapshot")``."""

    def send(token: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        given = {"Authorization": f"Bearer {getattr(settings, token)}", **headers}
        data = body if isinstance(body, bytes) else json.dumps(body)
        content_type = "application/json"
        return Client(headers=given).generic(method, path, data if method == "POST" else "", content_type=content_type)

    return send


def snapshot(ask: Any) -> Any:
    """The snapshot as its readers parse it, fingerprints checked."""
    return snapshot_from_json(ask("SNAPSHOT_TOKEN", "GET", "/api/v1/snapshot").json())


def test_it_serves_releases_in_force_and_coming_ones_but_no_drafts(
    ask: Any, draft: Any, publish: Any, clock: Any
) -> None:
    """Seven days ahead, so that a reader goes on when the newsroom is away."""
    publish(draft())
    publish(draft(key="5k/xu_phat", valid_from=clock.now + timedelta(days=6)))
    publish(draft(key="5k/tong_quan", valid_from=clock.now + timedelta(days=8)))
    publish(draft(key="5k/khu_khuan", valid_from=clock.now - timedelta(days=8), valid_to=clock.now))
    draft(key="5k/khoang_cach", text=SECRET)
    assert {release.key for release in snapshot(ask).releases} == {"5k/khau_trang", "5k/xu_phat"}


def test_it_answers_304_until_something_changes(
    ask: Any, staff: Any, draft: Any, publish: Any, edit: Any, clock: Any
) -> None:
    """A draft changes nothing, a release and a retraction do, and so does a release that comes into the seven days."""
    content = draft()
    release = publish(content)
    publish(draft(key="5k/xu_phat", valid_from=clock.now + timedelta(days=8)))

    def tag() -> str:
        return str(ask("SNAPSHOT_TOKEN", "GET", "/api/v1/snapshot").headers["ETag"])

    first = tag()
    edit(content, staff.editor, text=SECRET)
    again = ask("SNAPSHOT_TOKEN", "GET", "/api/v1/snapshot", **{"If-None-Match": first})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first)
    clock.forward(days=2)
    second = tag()
    publish(FaqAnswer.objects.get(pk=content.pk))
    third = tag()
    retract(Release.objects.latest("sequence"), staff.approver, "Sai")
    assert len({first, second, third, tag()}) == 4
    assert release.release_id not in {release.id for release in snapshot(ask).releases}


def test_it_asks_the_database_little_when_nothing_changed(
    ask: Any, draft: Any, publish: Any, django_assert_max_num_queries: Any
) -> None:
    """Every reader polls every two seconds."""
    publish(draft())
    tag = ask("SNAPSHOT_TOKEN", "GET", "/api/v1/snapshot").headers["ETag"]
    with django_assert_max_num_queries(2):
        ask("SNAPSHOT_TOKEN", "GET", "/api/v1/snapshot", **{"If-None-Match": tag})


def test_it_gives_one_release_for_ever(ask: Any, staff: Any, draft: Any, publish: Any) -> None:
    """Also after it was taken back: a resident may ask what they were told."""
    row = publish(draft())
    retract(row, staff.approver, "Sai")
    release = release_from_json(ask("SNAPSHOT_TOKEN", "GET", f"/api/v1/releases/{row.release_id}").json())
    assert release.sha256 == fingerprint(release)
    assert ask("SNAPSHOT_TOKEN", "GET", "/api/v1/releases/khong-co").json()["error"] == "not_found"


def test_it_saves_a_draft_and_never_publishes(ask: Any, staff: Any, source: Any) -> None:
    """New content, then a new version of it."""
    first = ask("DRAFTS_TOKEN", "POST", "/api/v1/drafts", BODY)
    second = ask("DRAFTS_TOKEN", "POST", "/api/v1/drafts", {**BODY, "text": "Bản khác", "live": True})
    content = FaqAnswer.objects.get()
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json()["state"] == "draft"
    assert content.get_latest_revision_as_object().text == "Bản khác"
    assert not content.live
    assert not Release.objects.exists()


def test_it_leaves_released_words_alone_when_a_draft_arrives(ask: Any, draft: Any, publish: Any) -> None:
    """The release stands until somebody approves the draft."""
    publish(draft())
    assert ask("DRAFTS_TOKEN", "POST", "/api/v1/drafts", BODY).status_code == 201
    assert SECRET not in str(snapshot(ask))
    assert FaqAnswer.objects.get().text == "Đeo ở nơi đông người."


def test_it_takes_no_draft_for_content_under_review(ask: Any, staff: Any, draft: Any, submit: Any) -> None:
    """The approver is reading it."""
    submit(draft(), staff.editor)
    assert ask("DRAFTS_TOKEN", "POST", "/api/v1/drafts", BODY).status_code == 409


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b"{", 400, "not_json"),
        (b"\xff\xfe", 400, "not_json"),
        ([], 400, "not_an_object"),
        ({"kind": "tin_don"}, 400, "unknown_kind"),
        ({"kind": "faq"}, 422, "not_valid"),
        ({**BODY, "text": 5}, 422, "not_valid"),
        ({**BODY, "place": ["38"]}, 422, "not_valid"),
        ({**BODY, "source": "khong-co"}, 422, "not_valid"),
        ({**BODY, "valid_from": "hôm qua"}, 422, "not_valid"),
        ({**BODY, "valid_from": "2021-12-31T09:00"}, 422, "not_valid"),
        ({**BODY, "buttons": [{"title": "Trống"}]}, 422, "not_valid"),
        ({**BODY, "buttons": "115"}, 422, "not_valid"),
        ({**BODY, "text": "Gọi 094 666 8832"}, 422, "not_valid"),
        (b'{"kind": "faq", "text": "' + b"a" * 3_000_000 + b'"}', 413, "too_large"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_it_refuses_drafts_that_are_none(ask: Any, staff: Any, source: Any, body: Any, status: int, error: str) -> None:
    """With a reason, and nothing half saved."""
    answer = ask("DRAFTS_TOKEN", "POST", "/api/v1/drafts", body)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert not FaqAnswer.objects.exists()


@pytest.mark.parametrize(
    ("path", "method"),
    [("snapshot", "GET"), ("releases/x", "GET"), ("drafts", "POST"), ("model", "GET")],
)
def test_it_refuses_wrong_tokens_and_methods(settings: Any, db: None, path: str, method: str) -> None:
    """Without a token, with a wrong one, with that of another door."""
    own = {"drafts": "DRAFTS_TOKEN", "model": "MODEL_TOKEN"}.get(path, "SNAPSHOT_TOKEN")
    others = {"SNAPSHOT_TOKEN", "DRAFTS_TOKEN", "MODEL_TOKEN"} - {own}
    given = ["", "Bearer ", "Bearer sai", "Bearer ệ", *(f"Bearer {getattr(settings, name)}" for name in others)]
    for header in given:
        answer = Client().generic(method, f"/api/v1/{path}", headers={"Authorization": header})
        assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized")
    right = {"Authorization": f"Bearer {getattr(settings, own)}"}
    assert Client().generic("PUT", f"/api/v1/{path}", headers=right).status_code == 405


def test_it_serves_the_registered_model_with_its_tag(ask: Any, staff: Any, tmp_path: Path) -> None:
    """Rasa's protocol: nothing yet, the archive, not modified."""
    assert ask("MODEL_TOKEN", "GET", "/api/v1/model").status_code == 204
    register(tmp_path, b"model one")
    answer = ask("MODEL_TOKEN", "GET", "/api/v1/model")
    assert b"".join(answer.streaming_content) == b"model one"
    tag = answer.headers["ETag"]
    assert tag == f'"{ModelArchive.objects.get().sha256}"'
    assert ask("MODEL_TOKEN", "GET", "/api/v1/model", **{"If-None-Match": tag}).status_code == 304


def test_it_never_replaces_the_current_model_at_a_start(ask: Any, staff: Any, tmp_path: Path) -> None:
    """The second one is kept, not made current."""
    register(tmp_path, b"model one")
    register(tmp_path, b"model two")
    register(tmp_path, b"model two")
    assert (ModelArchive.objects.count(), ModelActivation.objects.count()) == (2, 1)
    assert b"".join(ask("MODEL_TOKEN", "GET", "/api/v1/model").streaming_content) == b"model one"


def test_it_says_when_the_archive_is_gone(ask: Any, staff: Any, tmp_path: Path) -> None:
    """Somebody cleaned up the wrong folder."""
    register(tmp_path, b"model one")
    for file in (tmp_path / "newsroom" / "models").iterdir():
        file.unlink()
    assert ask("MODEL_TOKEN", "GET", "/api/v1/model").json()["error"] == "model_missing"


def test_it_registers_nothing_for_unknown_accounts_or_files(staff: Any, tmp_path: Path) -> None:
    """One line, no traceback."""
    with pytest.raises(CommandError, match="no account"):
        register(tmp_path, b"model", by="khong_co")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("register_model", archive=tmp_path / "x", report=tmp_path / "y", by="phe_duyet")


def register(folder: Path, content: bytes, by: str = "phe_duyet") -> None:
    """Runs the command."""
    (folder / "model.tar.gz").write_bytes(content)
    (folder / "report.json").write_text('{"total": 1}', "utf-8")
    call_command("register_model", archive=folder / "model.tar.gz", report=folder / "report.json", by=by, stdout=None)


def test_it_is_healthy_but_not_ready_when_parts_are_missing(db: None) -> None:
    """Each part named, with what to do."""
    assert Client().get("/healthz").json() == {"status": "ok"}
    answer = Client().get("/readyz")
    checks = answer.json()["checks"]
    assert answer.status_code == 503
    assert (checks["database"], checks["var_dir"]) == ("ok", "ok")
    assert "nhay_cam/cap_cuu" in checks["safety_texts"]
    assert "register_model" in checks["model"]

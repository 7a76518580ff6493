"""The copy of the snapshot survives restarts and refuses what was changed after approval."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.release import PROVINCE
from contracts.snapshot import SnapshotCopy, SnapshotError, snapshot_from_json

GOLDEN = Path(__file__).parent / "golden" / "snapshot.json"


def _body() -> Any:
    return json.loads(GOLDEN.read_text("utf-8"))


def test_it_refuses_a_release_that_was_changed_after_approval() -> None:
    body = _body()
    body["releases"][0]["payload"]["text"] = "F1 không phải cách ly."

    with pytest.raises(SnapshotError, match="changed after approval"):
        snapshot_from_json(body)


def test_it_refuses_a_snapshot_without_a_field() -> None:
    body = _body()
    del body["releases"][0]["valid_to"]

    with pytest.raises(SnapshotError, match="wrong shape"):
        snapshot_from_json(body)


def test_its_copy_is_there_after_a_restart(tmp_path: Path) -> None:
    snapshot = snapshot_from_json(_body())
    SnapshotCopy(tmp_path / "gateway" / "snapshot.json").replace(snapshot, snapshot.made_at)

    restarted = SnapshotCopy(tmp_path / "gateway" / "snapshot.json")
    restarted.load()

    assert restarted.snapshot == snapshot


@pytest.mark.parametrize("damage", [b'{"etag": "x", ', b"\xff\xfe", b"", b"{}"])
def test_its_copy_starts_empty_when_the_file_is_damaged(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "snapshot.json").write_bytes(damage)
    copy = SnapshotCopy(tmp_path / "snapshot.json")
    copy.load()

    assert copy.snapshot is None


def test_its_copy_grows_stale_a_day_after_the_last_confirmation(tmp_path: Path) -> None:
    snapshot = snapshot_from_json(_body())
    copy = SnapshotCopy(tmp_path / "snapshot.json", snapshot, snapshot.made_at)
    copy.confirm(snapshot.made_at + timedelta(hours=10))

    assert not copy.is_stale(snapshot.made_at + timedelta(hours=34))
    assert copy.is_stale(snapshot.made_at + timedelta(hours=34, seconds=1))


def test_it_finds_nothing_of_an_answer_that_a_successor_with_another_key_replaced() -> None:
    snapshot = snapshot_from_json(_body())
    old = next(r for r in snapshot.releases if r.place == PROVINCE and not r.supersedes)
    new = replace(old, id="99999", key=f"{old.key}_moi", supersedes=old.id, valid_to=None)
    moment = old.valid_from
    before = replace(snapshot, releases=(old,), retractions=())
    after = replace(before, releases=(old, new))

    assert before.find(old.kind, old.key, moment) == old
    assert after.find(old.kind, old.key, moment) is None
    assert after.find(old.kind, new.key, moment) == new


def test_what_was_taken_counts_also_when_the_disk_has_no_room_for_it(tmp_path: Path) -> None:
    snapshot = snapshot_from_json(_body())
    (tmp_path / "gateway").write_text("a file where the folder should be", "utf-8")
    copy = SnapshotCopy(tmp_path / "gateway" / "snapshot.json")

    with pytest.raises(OSError, match="exists"):
        copy.replace(snapshot, snapshot.made_at)

    assert copy.snapshot == snapshot
    assert copy.confirmed_at == snapshot.made_at

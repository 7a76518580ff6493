"""When a release is in force, and for which place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from contracts.clock import VIETNAM
from contracts.release import Release, Retraction, covers, fingerprint, in_force, most_specific

NOW = datetime(2021, 12, 31, 9, 0, tzinfo=VIETNAM)
DAY = timedelta(days=1)
BASE = Release(
    id="r1",
    kind="faq",
    key="cach_ly/f1",
    place="",
    payload={"title": "F1?", "text": "…"},
    source=None,
    authors=("an",),
    approver="binh",
    approved_at=NOW - DAY,
    valid_from=NOW - DAY,
    valid_to=NOW + DAY,
)


def test_it_holds_from_its_first_moment_until_before_its_last() -> None:
    assert in_force([BASE], [], BASE.valid_from) == [BASE]
    assert in_force([BASE], [], NOW + DAY) == []
    assert in_force([BASE], [], BASE.valid_from - timedelta(seconds=1)) == []


def test_it_holds_for_ever_without_an_end() -> None:
    assert in_force([replace(BASE, valid_to=None)], [], NOW + 10000 * DAY)


def test_it_ends_when_its_successor_begins() -> None:
    successor = replace(BASE, id="r2", supersedes="r1", valid_from=NOW + timedelta(hours=1))

    assert in_force([BASE, successor], [], NOW) == [BASE]
    assert in_force([BASE, successor], [], NOW + timedelta(hours=1)) == [successor]


def test_it_does_not_come_back_when_its_successor_is_retracted() -> None:
    successor = replace(BASE, id="r2", supersedes="r1", valid_from=NOW)
    retraction = Retraction(release="r2", at=NOW + timedelta(minutes=1), by="binh", reason="sai")

    assert in_force([BASE, successor], [retraction], NOW) == [successor]
    assert in_force([BASE, successor], [retraction], NOW + timedelta(minutes=1)) == []


def test_it_goes_on_when_its_successor_is_retracted_before_it_begins() -> None:
    successor = replace(BASE, id="r2", supersedes="r1", valid_from=NOW + timedelta(hours=1))
    retraction = Retraction(release="r2", at=NOW, by="binh", reason="sai")

    assert in_force([BASE, successor], [retraction], NOW + timedelta(hours=2)) == [BASE]


def test_it_does_not_come_back_when_its_successor_is_retracted_the_moment_it_begins() -> None:
    successor = replace(BASE, id="r2", supersedes="r1", valid_from=NOW)

    assert in_force([BASE, successor], [Retraction(release="r2", at=NOW, by="binh", reason="sai")], NOW) == []


@pytest.mark.parametrize(
    ("place", "asked", "expected"),
    [
        ("", "38/395", True),
        ("38", "38/395", True),
        ("38/395", "38/395", True),
        ("38/395", "38", False),
        ("38/39", "38/395", False),
        ("38/395", "38/395/15499", True),
    ],
)
def test_it_covers_its_place_and_what_lies_inside(place: str, asked: str, expected: bool) -> None:
    assert covers(place, asked) is expected


def test_the_most_specific_place_wins() -> None:
    district = replace(BASE, id="r2", place="38/395")

    assert most_specific([BASE, district], "faq", "cach_ly/f1", "38/395/15499") == district
    assert most_specific([BASE, district], "faq", "cach_ly/f1", "38/396") == BASE


def test_its_fingerprint_changes_with_a_single_letter() -> None:
    assert fingerprint(BASE) != fingerprint(replace(BASE, payload={"title": "F1?", "text": "….."}))

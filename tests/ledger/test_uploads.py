"""A picture is uploaded once per account, as long as the provider keeps it."""

from __future__ import annotations

from datetime import datetime, timedelta

from ledger.models import Upload
from ledger.uploads import find_upload, forget_upload, keep_upload

DAY = timedelta(days=1)


def test_it_remembers_an_upload_of_this_account_until_it_runs_out(now: datetime) -> None:
    keep_upload("zalo:1", "a" * 64, "up1", now, now + DAY)

    assert find_upload("zalo:1", "a" * 64, now) == "up1"
    assert find_upload("zalo:2", "a" * 64, now) is None
    assert find_upload("zalo:1", "b" * 64, now) is None
    assert find_upload("zalo:1", "a" * 64, now + DAY) is None


def test_a_new_upload_takes_the_place_of_the_old_one(now: datetime) -> None:
    keep_upload("zalo:1", "a" * 64, "up1", now, now + DAY)
    keep_upload("zalo:1", "a" * 64, "up2", now, now + 2 * DAY)

    assert find_upload("zalo:1", "a" * 64, now + DAY) == "up2"


def test_it_forgets_what_the_provider_does_not_know_any_more(now: datetime) -> None:
    keep_upload("zalo:1", "a" * 64, "up1", now, now + DAY)
    forget_upload("zalo:1", "another")
    assert find_upload("zalo:1", "a" * 64, now) == "up1"

    forget_upload("zalo:1", "up1")

    assert find_upload("zalo:1", "a" * 64, now) is None


def test_it_clears_what_has_run_out(now: datetime) -> None:
    keep_upload("zalo:1", "a" * 64, "up1", now, now + DAY)
    keep_upload("zalo:1", "b" * 64, "up2", now + DAY, now + 2 * DAY)

    assert list(Upload.objects.values_list("attachment_id", flat=True)) == ["up2"]

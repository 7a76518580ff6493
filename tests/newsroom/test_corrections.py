"""Correcting and withdrawing: who did it why, what replaced the text, and who had been told it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from ledger.models import DeliveryState
from newsroom.content.models import FaqAnswer
from newsroom.releases import told as told_module
from newsroom.releases.correct import CorrectionRefusedError, begin_correction, replacement_of
from newsroom.releases.in_force import in_force_now
from newsroom.releases.models import Correction, ImmutableRowError, Release, Retraction
from newsroom.releases.retract import retract
from newsroom.releases.told import Told, told
from tests.newsroom.residents import tell

pytestmark = pytest.mark.django_db(databases=["default", "ledger"])


def browser(user: Any) -> Client:
    """Logged in."""
    client = Client()
    client.force_login(user)
    return client


def test_it_counts_the_residents_who_were_told_by_channel(draft: Any, publish: Any) -> None:
    """Each person once; what was never sent does not count."""
    release = publish(draft())
    tell(release.release_id, times=3)
    tell(release.release_id, "zalo", state=DeliveryState.DELIVERED)
    tell(release.release_id, "zalo", state=DeliveryState.UNCERTAIN)
    tell(release.release_id, "zalo", state=DeliveryState.FAILED)
    tell(release.release_id, "zalo", state=DeliveryState.CANCELLED)
    tell("another")
    assert told(release.release_id) == [Told("Zalo", 2), Told("Cửa sổ trò chuyện", 1)]


def test_it_shows_the_count_before_anybody_withdraws(staff: Any, draft: Any, publish: Any) -> None:
    """And says so when nobody was told."""
    release = publish(draft())
    address = reverse("releases:withdraw", args=[release.release_id])
    assert "Chưa có người dân nào" in browser(staff.approver).get(address).content.decode()
    tell(release.release_id, "zalo", state=DeliveryState.SEEN)
    assert "Zalo: 1 người" in browser(staff.approver).get(address).content.decode()


def test_it_withdraws_although_the_ledger_is_away(
    staff: Any, draft: Any, publish: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taking a harmful text down cannot wait for a count."""

    def away(release_id: str) -> None:
        raise DatabaseError("no answer")

    release = publish(draft())
    monkeypatch.setattr(told_module, "messages_with", away)
    address = reverse("releases:withdraw", args=[release.release_id])
    assert "Chưa đếm được" in browser(staff.approver).get(address).content.decode()
    assert browser(staff.approver).post(address, {"reason": "Sai"}).status_code == 302
    assert Retraction.objects.count() == 1


def test_it_leads_from_a_correction_to_the_text_that_replaces_the_old_one(
    staff: Any, draft: Any, publish: Any, edit: Any, clock: Any
) -> None:
    """The whole road: reason, edit, approval, and the old text is gone."""
    content = draft()
    wrong = publish(content)
    answer = browser(staff.editor).post(reverse("releases:correct", args=[wrong.release_id]), {"reason": "Sai số"})
    assert answer.headers["Location"].endswith(f"/edit/{content.pk}/")
    assert replacement_of(wrong) is None
    clock.forward(minutes=5)
    edit(content, staff.editor, text="Đeo ở nơi công cộng.")
    right = publish(FaqAnswer.objects.get(pk=content.pk))
    assert replacement_of(wrong) == right
    assert [release.id for release in in_force_now(clock.now)] == [right.release_id]
    row = Correction.objects.get()
    assert (row.by, row.reason, row.at) == (staff.editor, "Sai số", clock.now - timedelta(minutes=5))


def test_it_corrects_what_was_taken_back(staff: Any, draft: Any, publish: Any, edit: Any, clock: Any) -> None:
    """First silence, then the right words."""
    content = draft()
    wrong = publish(content)
    retract(wrong, staff.approver, "Gây hại")
    begin_correction(wrong, staff.editor, "Soạn lại")
    clock.forward(minutes=5)
    edit(content, staff.editor, text="Đúng.")
    right = publish(FaqAnswer.objects.get(pk=content.pk))
    assert replacement_of(wrong) == right


@pytest.mark.parametrize(
    ("who", "reason", "message"),
    [("approver", "Sai", "Chỉ biên tập viên"), ("editor", " \u200b", "ghi lý do")],
)
def test_it_refuses_a_correction(who: str, reason: str, message: str, staff: Any, draft: Any, publish: Any) -> None:
    """By the wrong person, or without a reason; by the page too."""
    release = publish(draft())
    with pytest.raises(CorrectionRefusedError, match=message):
        begin_correction(release, getattr(staff, who), reason)
    address = reverse("releases:correct", args=[release.release_id])
    page = browser(getattr(staff, who)).post(address, {"reason": reason}, follow=True)
    assert message in page.content.decode()
    assert not Correction.objects.exists()


def test_it_refuses_to_correct_what_was_replaced(staff: Any, draft: Any, publish: Any, edit: Any, clock: Any) -> None:
    """The newest text is the one to correct."""
    content = draft()
    old = publish(content)
    clock.forward(minutes=1)
    edit(content, staff.editor, text="Mới.")
    publish(FaqAnswer.objects.get(pk=content.pk))
    with pytest.raises(CorrectionRefusedError, match="bản mới nhất"):
        begin_correction(old, staff.editor, "Sai")


def test_it_lists_corrections_and_retractions(staff: Any, draft: Any, publish: Any, clock: Any) -> None:
    """With reason, author and the number of residents, newest first."""
    first, second = publish(draft()), publish(draft(key="5k/xu_phat"))
    begin_correction(first, staff.editor, "Nhầm tên văn bản")
    clock.forward(minutes=1)
    retract(second, staff.approver, "Số liệu sai")
    tell(second.release_id)
    html = browser(staff.editor).get(reverse("releases:changed")).content.decode()
    assert html.index("Số liệu sai") < html.index("Nhầm tên văn bản")
    assert "Cửa sổ trò chuyện: 1 người" in html


@pytest.mark.parametrize("table", ["releases_correction", "releases_secondreview"])
def test_it_keeps_corrections_for_good(table: str, staff: Any, draft: Any, publish: Any) -> None:
    """Neither SQL nor the ORM changes them."""
    row = begin_correction(publish(draft()), staff.editor, "Sai")
    with pytest.raises(ImmutableRowError):
        row.delete()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'")
        assert {name for (name,) in cursor.fetchall()} == {f"{table}_no_update", f"{table}_no_delete"}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE releases_correction SET reason = ''")
    assert Release.objects.count() == 1

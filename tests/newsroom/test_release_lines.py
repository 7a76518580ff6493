"""Times and figures of a release stand before staff as people write them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from newsroom.content.models import Bulletin
from newsroom.releases.lines import lines_of
from tests.support.newsroom_people import browser_of


def test_it_writes_times_and_figures_as_people_do() -> None:
    """A zero is a figure too; what is not given stands nowhere."""
    payload = {
        "as_of": "2021-12-31T09:10:00+07:00",
        "figures": {"tests": 50000, "deaths": 0},
        "districts": [{"place": "38/395", "name": "huyện Thọ Xuân", "new_cases": 1200}],
        "sessions": [{"date": "2022-01-05", "from": "08:00", "to": "", "vaccine": "Vero Cell"}],
        "isolate_days": None,
    }
    assert {line.label: line.text for line in lines_of(payload, None)} == {
        "Số liệu tính đến": "09:10 ngày 31/12/2021",
        "Số mẫu xét nghiệm": "50.000",
        "Ca tử vong": "0",
        "Theo huyện": "38/395 → huyện Thọ Xuân → 1.200",
        "Lịch tiêm": "05/01/2022 → 08:00 → Vero Cell",
    }
    assert lines_of({"as_of": ""}, None) == []


@pytest.mark.django_db
def test_it_shows_the_approver_a_bulletin_in_words(staff: Any, source: Any, submit: Any, clock: Any) -> None:
    """No machine's time, no figure without its marks."""
    figures = {"new_cases": 184, "tests": 50_000, "commentary": "Số ca giảm so với hôm qua.", "source": source}
    bulletin = Bulletin(number="Bản tin 31/12", as_of=clock.now - timedelta(minutes=20), **figures)
    bulletin.save()
    bulletin.save_revision(user=staff.editor)
    state = submit(bulletin, staff.editor)
    html = browser_of(staff.approver).get(reverse("approval:submission", args=[state.pk])).content.decode()
    assert "08:40 ngày 31/12/2021" in html
    assert "50.000" in html
    assert "2021-12-31T" not in html

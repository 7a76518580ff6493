"""Time travel: what residents were told on a question at a moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.content.models import FaqAnswer
from newsroom.releases.history import said_at, told_in
from newsroom.releases.retract import retract
from tests.support.newsroom_people import browser_of

pytestmark = pytest.mark.django_db(databases=["default", "ledger"])


@pytest.fixture
def told_twice(staff: Any, draft: Any, publish: Any, edit: Any, clock: Any) -> Any:
    """One key, two texts an hour apart, the second taken back after another hour; the moment of the first."""
    began = clock.now
    content = draft()
    publish(content)
    clock.forward(hours=1)
    edit(content, staff.editor, text="Đeo ở mọi nơi công cộng.")
    second = publish(FaqAnswer.objects.get(pk=content.pk))
    clock.forward(hours=1)
    retract(second, staff.approver, "Chưa chính xác")
    return began


def texts(releases: list[Any]) -> list[str]:
    """Their texts."""
    return [release.payload["text"] for release in releases]


def test_it_tells_what_was_said_at_each_moment(told_twice: Any) -> None:
    """Before, first, second, after the retraction."""
    moments = [told_twice + timedelta(minutes=minutes) for minutes in (-1, 0, 59, 60, 119, 120)]
    first, second = "Đeo ở nơi đông người.", "Đeo ở mọi nơi công cộng."
    said = [texts(said_at(at, "5k/khau_trang")) for at in moments]
    assert said == [[], [first], [first], [second], [second], []]


@pytest.mark.parametrize("words", ["khau trang", "Đeo khẩu", "khi nao", "5k", ""])
def test_it_finds_a_question_by_words_without_accents(words: str, told_twice: Any) -> None:
    """Whoever asks remembers roughly."""
    assert len(said_at(told_twice, words)) == 1
    assert said_at(told_twice, f"{words} vắc xin") == []


def test_it_tells_what_a_resident_of_a_place_was_told(draft: Any, publish: Any, clock: Any) -> None:
    """The closest text."""
    publish(draft())
    publish(draft(place="38/395", text="Riêng Thọ Xuân."))
    assert texts(said_at(clock.now, "khau_trang", place="38/395/15499")) == ["Riêng Thọ Xuân."]
    assert texts(said_at(clock.now, "khau_trang", place="38/380")) == ["Đeo ở nơi đông người."]
    assert len(said_at(clock.now, "khau_trang")) == 2


def test_it_shows_the_moment_on_a_page(staff: Any, told_twice: Any) -> None:
    """And every text of the key on another."""
    client = Client()
    client.force_login(staff.editor)
    then = (told_twice + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M")
    html = client.get(reverse("releases:said"), {"luc": then, "tim": "khẩu trang"}).content.decode()
    assert "Đeo ở nơi đông người." in html
    assert "Đeo ở mọi nơi công cộng." not in html
    assert "Lúc 09:30 ngày 31/12/2021" in html
    every = client.get(reverse("releases:of-key", args=["faq", "5k/khau_trang"])).content.decode()
    assert every.index("Đeo ở nơi đông người.") < every.index("Đeo ở mọi nơi công cộng.")
    assert "Chưa chính xác" in every
    assert client.get(reverse("releases:of-key", args=["faq", "5k/khong_co"])).status_code == 404
    assert "không phải là thời điểm" in client.get(reverse("releases:said"), {"luc": "hôm qua"}).content.decode()


def test_it_says_that_nothing_had_been_released_yet(staff: Any, draft: Any, publish: Any, clock: Any) -> None:
    """And from which minute on there is something; the link leads to a moment that has it."""
    client, earlier = browser_of(staff.editor), (clock.now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    nothing = client.get(reverse("releases:said"), {"luc": earlier}).content.decode()
    assert "Lúc 09:00 ngày 30/12/2021, chưa có bản nào được phát hành." in nothing
    assert "Có bản phát hành từ" not in nothing
    clock.forward(seconds=20)
    publish(draft(valid_from=clock.now - timedelta(days=40)))
    before = client.get(reverse("releases:said"), {"luc": earlier}).content.decode()
    assert "chưa có bản nào được phát hành." in before
    assert 'Có bản phát hành từ <a href="?luc=2021-12-31T09%3A01">09:01 ngày 31/12/2021</a>.' in before
    then = client.get(reverse("releases:said") + "?luc=2021-12-31T09%3A01").content.decode()
    assert "trợ lý trả lời bằng 1 bản phù hợp" in then


def test_it_answers_other_programs(settings: Any, told_twice: Any) -> None:
    """One moment, or everything."""
    client = Client(headers={"Authorization": f"Bearer {settings.SNAPSHOT_TOKEN}"})
    at = (told_twice + timedelta(minutes=70)).isoformat()
    then = client.get("/api/v1/history", {"key": "5k/khau_trang", "at": at, "place": "38/395"}).json()
    assert then["release"]["payload"]["text"] == "Đeo ở mọi nơi công cộng."
    before = client.get("/api/v1/history", {"key": "5k/khau_trang", "at": "2020-01-01T00:00+07:00"}).json()
    assert before["release"] is None
    ever = client.get("/api/v1/history", {"key": "5k/khau_trang"}).json()
    assert [release["id"] for release in ever["releases"]] == [
        row.release_id for row in told_in("faq", "5k/khau_trang")
    ]
    assert ever["retractions"][0]["release"] == ever["releases"][1]["id"]


@pytest.mark.parametrize(
    ("query", "code"), [({}, "key_missing"), ({"key": "a/b", "at": "2021-12-31T09:00"}, "at_not_a_time")]
)
def test_it_says_what_is_missing_in_a_question(settings: Any, db: None, query: dict[str, str], code: str) -> None:
    """A time without a zone is ambiguous."""
    client = Client(headers={"Authorization": f"Bearer {settings.SNAPSHOT_TOKEN}"})
    assert client.get("/api/v1/history", query).json()["error"] == code

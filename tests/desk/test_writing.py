"""The operator sees before writing whether the resident may still be written to, and what it costs."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from desk.config import load_settings
from ledger.models import Conversation, Delivery, Entry
from tests.desk.acting import act, operator_texts
from tests.desk.residents import Residents

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


def _silent(residents: Residents, lan: Client, now: datetime, silence: timedelta, channel: str = "zalo") -> str:
    """A conversation that lan has taken, whose resident has been silent so long."""
    waiting = residents.wait("Cho tôi gặp cán bộ", channel=channel)
    act(lan, "take", waiting)
    Conversation.objects.filter(pk=waiting).update(last_resident_at=now - silence)
    return waiting


def _panel(client: Client, conversation_id: str) -> str:
    return client.get(reverse("desk:panel-part", args=[conversation_id])).content.decode()


def _send_picture(client: Client, conversation_id: str, content: bytes, text: str = "") -> str:
    upload = SimpleUploadedFile("anh.png", content, "image/png")
    fields = {"text": text, "picture": upload}
    return client.post(reverse("desk:reply", args=[conversation_id]), fields, follow=True).content.decode()


def _files() -> list[Path]:
    folder = Path(settings.VAR_DIR) / "media"
    return sorted(folder.glob("*")) if folder.exists() else []


def test_it_is_free_within_two_days(lan: Client, residents: Residents, now: datetime) -> None:
    waiting = _silent(residents, lan, now, timedelta(hours=47))
    assert "Nhắn miễn phí đến" in _panel(lan, waiting)
    assert act(lan, "reply", waiting, text="Chào bác") == []


def test_it_warns_of_the_cost_after_two_days(lan: Client, residents: Residents, now: datetime) -> None:
    waiting = _silent(residents, lan, now, timedelta(hours=49))
    assert "có thể bị Zalo tính phí" in _panel(lan, waiting)
    assert act(lan, "reply", waiting, text="Chào bác") == []
    assert Delivery.objects.filter(entry__author="operator").exists()


def test_it_refuses_what_is_charged_when_that_is_switched_off(
    lan: Client, residents: Residents, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = load_settings({"ZALO_CHARGED_SENDS": "no"})
    monkeypatch.setattr(apps.get_app_config("desk"), "charged_sends", off.charged_sends)
    waiting = _silent(residents, lan, now, timedelta(hours=49))
    (refusal,) = act(lan, "reply", waiting, text="Chào bác")
    assert "đơn vị đã tắt tin tính phí" in refusal
    assert f'data-closed="{refusal}"' in _panel(lan, waiting)
    assert operator_texts(waiting) == []


def test_it_refuses_after_seven_days_and_keeps_what_was_written(
    lan: Client, residents: Residents, now: datetime
) -> None:
    waiting = _silent(residents, lan, now, timedelta(days=7, minutes=1))
    (refusal,) = act(lan, "reply", waiting, text="Lời đã viết")
    assert refusal.startswith("Người dân im lặng đã hơn 7 ngày. Zalo không cho gửi tin nữa.")
    assert "Lời đã viết</textarea>" in lan.get(reverse("desk:conversation", args=[waiting])).content.decode()


def test_the_web_chat_has_no_window(lan: Client, residents: Residents, now: datetime) -> None:
    waiting = _silent(residents, lan, now, timedelta(days=30), channel="web")
    assert "cua-so" not in _panel(lan, waiting)
    assert act(lan, "reply", waiting, text="Chào bác") == []


def test_it_tells_what_a_message_was_booked_on(lan: Client, residents: Residents, now: datetime) -> None:
    waiting = _silent(residents, lan, now, timedelta(hours=1))
    for quota, note, said in (
        ("reply", "", "Đã gửi, miễn phí"),
        ("charged", "", "Đã gửi, Zalo tính phí"),
        ("sub_quota", "picture", "Đã gửi, trừ vào hạn mức của gói, không kèm được ảnh"),
    ):
        act(lan, "reply", waiting, text="Chào bác")
        Delivery.objects.filter(state="pending").update(state="sent", quota=quota, note=note)
        assert said in lan.get(reverse("desk:transcript-part", args=[waiting])).content.decode()


def test_it_asks_a_resident_on_zalo_for_contact_details(lan: Client, residents: Residents, now: datetime) -> None:
    waiting = _silent(residents, lan, now, timedelta(hours=1))
    assert "Xin thông tin liên hệ" in _panel(lan, waiting)
    assert act(lan, "ask-contact", waiting) == []
    asked = Entry.objects.get(author="operator", kind="message")
    assert asked.meta == {"form": "contact"}
    assert "số điện thoại" in str(asked.text)


def test_it_sends_a_picture_with_or_without_words(lan: Client, residents: Residents, now: datetime) -> None:
    waiting = _silent(residents, lan, now, timedelta(hours=1))
    _send_picture(lan, waiting, PNG)
    _send_picture(lan, waiting, PNG + b"2", "Bản đồ đây ạ")
    rows = Entry.objects.filter(author="operator", kind="message").order_by("pk")
    assert [row.text for row in rows] == ["", "Bản đồ đây ạ"]
    assert [row.image.rsplit("/", 1)[-1] for row in rows] == [
        path.name for row in rows for path in _files() if path.name in row.image
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"GIF89a nothing", "không phải ảnh JPEG hoặc PNG"), (PNG + b"x" * 1024 * 1024, "lớn hơn 1 MB")],
)
def test_it_refuses_what_is_no_picture_for_zalo(
    content: bytes, said: str, lan: Client, residents: Residents, now: datetime
) -> None:
    waiting = _silent(residents, lan, now, timedelta(hours=1))
    assert said in _send_picture(lan, waiting, content, "Chữ vẫn còn")
    assert operator_texts(waiting) == []


def test_a_refused_reply_leaves_no_picture_behind(minh: Client, residents: Residents) -> None:
    waiting, before = residents.wait("Cho tôi gặp cán bộ", channel="zalo"), _files()
    assert "Bạn nhận lại rồi làm tiếp" in _send_picture(minh, waiting, PNG)
    assert _files() == before

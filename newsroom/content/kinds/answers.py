"""Texts that answer a message: FAQ answers, safety texts, technical texts, the menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from wagtail.fields import StreamField

from newsroom.content.blocks import ButtonBlock, button_payload, stream_json
from newsroom.content.faces import Face
from newsroom.content.kinds.base import ApprovedContent
from newsroom.content.kinds.media import Illustrated
from newsroom.content.kinds.record import one_per_slot
from newsroom.content.kinds.understood import SentencesForm, UnderstoodContent
from newsroom.content.picture_field import PictureForm
from newsroom.content.reading import records, text
from newsroom.content.text_notes import text_notes

CHAT_PREFIX = "tro_chuyen/"


def key_field(pattern: str, example: str) -> models.CharField[str, str]:
    """The key of a release, checked against a pattern; ``example`` tells the editor its form."""
    wrong = RegexValidator(pattern, f"Khóa có dạng {example}.")
    return models.CharField("khóa", max_length=120, validators=[wrong], help_text=f"Ví dụ: {example}")


def buttons_field() -> Any:
    """Up to five buttons under a text."""
    return StreamField([("button", ButtonBlock())], blank=True, verbose_name="nút bấm", max_num=5)


class FaqForm(SentencesForm, PictureForm):
    """Sentences and a picture."""


class FaqAnswer(Illustrated, UnderstoodContent):
    """The approved answer of one key, also of small talk (``tro_chuyen/*``)."""

    kind = "faq"
    faces = (Face.ZALO, Face.CHAT, Face.LOUDSPEAKER)

    class Grounds(models.TextChoices):
        """How well the facts are supported."""

        OFFICIAL = "A", "A: đã xem văn bản chính thức"
        REPORTED = "B", "B: nguồn tin cậy dẫn lại văn bản"
        NONE = "none", "Không có thông tin chính thức"
        UNSTATED = "", "Chưa ghi"

    key = key_field(r"^[0-9a-z_]+/[0-9a-z_]+$", "5k/khau_trang")
    title = models.CharField("câu hỏi", max_length=200)
    text = models.TextField("câu trả lời", help_text="Câu ngắn, trả lời trước. Tối đa 2.000 ký tự, không Markdown.")
    buttons = buttons_field()
    facts = models.CharField("căn cứ", max_length=4, choices=Grounds.choices, blank=True, default="")

    base_form_class = FaqForm

    class Meta:
        verbose_name = "câu hỏi và trả lời"
        verbose_name_plural = "câu hỏi và trả lời"
        ordering = ["key", "place"]
        constraints = [one_per_slot("one_faq_per_slot")]

    def __str__(self) -> str:
        return self.title or self.key

    def payload(self) -> dict[str, Any]:
        """``{title, text, buttons[], facts}``, and of picture, video and files what there is."""
        return {**titled(self), "facts": self.facts, **self.media_payload()}

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{key, title, text, buttons, facts, video, video_credit, attachments}``."""
        fill_titled(self, body)
        self.fill_sentences(body)
        self.fill_media(body)
        self.facts = text(body, "facts")

    def missing_for_approval(self) -> dict[str, str]:
        """Small talk states no facts, so it needs no document."""
        missing = {**super().missing_for_approval(), **self.missing_of_media()}
        if self.key.startswith(CHAT_PREFIX):
            missing.pop("source", None)
        return missing

    def review_notes(self) -> list[str]:
        """See parent class for the full docstring."""
        return [*super().review_notes(), *text_notes(self.release_draft())]


class SafetyText(UnderstoodContent):
    """The fixed first answer to a sensitive message. Never expires, is only replaced."""

    kind = "safety"
    faces = (Face.ZALO, Face.CHAT)

    key = key_field(r"^nhay_cam/[0-9a-z_]+$", "nhay_cam/cap_cuu")
    title = models.CharField("tình huống", max_length=200)
    text = models.TextField("lời nhắn an toàn", help_text="Bình tĩnh, nói rõ việc cần làm ngay.")
    buttons = buttons_field()

    class Meta:
        verbose_name = "lời nhắn an toàn"
        verbose_name_plural = "lời nhắn an toàn"
        ordering = ["key", "place"]
        constraints = [one_per_slot("one_safety_text_per_slot")]

    def __str__(self) -> str:
        return self.title or self.key

    def payload(self) -> dict[str, Any]:
        """``{title, text, buttons[]}``."""
        return titled(self)

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{key, title, text, buttons}``."""
        fill_titled(self, body)
        self.fill_sentences(body)

    def missing_for_approval(self) -> dict[str, str]:
        """An expiry would leave people in danger without an answer."""
        endless = {"valid_to": "Lời nhắn an toàn không được hết hạn. Hãy xóa “Hiệu lực đến”."} if self.valid_to else {}
        return {**super().missing_for_approval(), **endless}

    def review_notes(self) -> list[str]:
        """See parent class for the full docstring."""
        return [*super().review_notes(), *text_notes(self.release_draft())]


class SystemText(ApprovedContent):
    """A technical text, with placeholders that the software fills."""

    kind = "system"
    faces = (Face.ZALO, Face.CHAT)
    source_required = False

    key = key_field(r"^he_thong/[0-9a-z_]+$", "he_thong/khong_hieu")
    text = models.TextField("văn bản", help_text="Giữ nguyên các chỗ trống như {ngay}, {ten}, {vi_tri}.")

    class Meta:
        verbose_name = "văn bản hệ thống"
        verbose_name_plural = "văn bản hệ thống"
        ordering = ["key"]
        constraints = [one_per_slot("one_system_text_per_slot")]

    def __str__(self) -> str:
        return self.key

    def payload(self) -> dict[str, Any]:
        """``{text}``."""
        return {"text": self.text}

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{key, text}``."""
        self.key, self.text = text(body, "key"), text(body, "text")


class Menu(ApprovedContent):
    """What the assistant offers when asked for help."""

    kind = "menu"
    faces = (Face.ZALO, Face.CHAT)
    source_required = False

    key = key_field(r"^menu/[0-9a-z_]+$", "menu/chinh")
    text = models.TextField("lời dẫn")
    buttons = buttons_field()

    class Meta:
        verbose_name = "danh mục"
        verbose_name_plural = "danh mục"
        ordering = ["key"]
        constraints = [one_per_slot("one_menu_per_slot")]

    def __str__(self) -> str:
        return self.key

    def payload(self) -> dict[str, Any]:
        """``{text, buttons[]}``."""
        return {"text": self.text, "buttons": [button_payload(block.value) for block in self.buttons]}

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{key, text, buttons}``."""
        self.key, self.text = text(body, "key"), text(body, "text")
        self.buttons = stream_json("button", records(body, "buttons"))


def titled(content: FaqAnswer | SafetyText) -> dict[str, Any]:
    """``{title, text, buttons[]}`` of an answer."""
    buttons = [button_payload(block.value) for block in content.buttons]
    return {"title": content.title, "text": content.text, "buttons": buttons}


def fill_titled(content: FaqAnswer | SafetyText, body: Mapping[str, Any]) -> None:
    """Takes ``{key, title, text, buttons}``."""
    content.key, content.title, content.text = text(body, "key"), text(body, "title"), text(body, "text")
    content.buttons = stream_json("button", records(body, "buttons"))

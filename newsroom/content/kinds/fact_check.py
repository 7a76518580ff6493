"""Fact-checks: what is being said, whether it is true, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from newsroom.content.blocks import button_payload, stream_json
from newsroom.content.kinds.answers import buttons_field, key_field
from newsroom.content.kinds.base import ApprovedContent
from newsroom.content.kinds.lookups import SLUG
from newsroom.content.kinds.record import one_per_slot
from newsroom.content.reading import items, records, text

TEXTS = ("key", "claim", "verdict", "explanation")
LEAST_WORDS = 3  # a wording of two words ("vắc xin") would match every message on the subject


class FactCheck(ApprovedContent):
    """One claim that goes round, with its verdict. ``wordings`` are other ways in which people tell it."""

    kind = "fact_check"

    class Verdict(models.TextChoices):
        """What the authority found."""

        TRUE = "dung", "Đúng"
        FALSE = "sai", "Sai sự thật"
        PARTLY = "dung_mot_phan", "Đúng một phần"
        OUTDATED = "da_cu", "Đã cũ, không còn đúng"

    key = key_field(SLUG, "tra-tien-tiem-som")
    claim = models.CharField("tin đang lan truyền", max_length=300)
    wordings = models.JSONField(
        "cách nói khác",
        default=list,
        blank=True,
        help_text='Người dân còn nói thế nào. Ví dụ: ["nộp tiền để được tiêm trước"]. Mỗi câu từ 3 chữ.',
    )
    verdict = models.CharField("kết luận", max_length=20, choices=Verdict.choices)
    explanation = models.TextField("giải thích", help_text="Câu ngắn. Vì sao, và người dân nên làm gì.")
    buttons = buttons_field()

    class Meta:
        verbose_name = "kiểm chứng tin"
        verbose_name_plural = "kiểm chứng tin"
        ordering = ["key"]
        constraints = [one_per_slot("one_fact_check_per_slot")]

    def __str__(self) -> str:
        return self.claim or self.key

    def payload(self) -> dict[str, Any]:
        """``{claim, wordings[], verdict, explanation, buttons[]}``."""
        return {
            "claim": self.claim,
            "wordings": self.wordings,
            "verdict": self.verdict,
            "explanation": self.explanation,
            "buttons": [button_payload(block.value) for block in self.buttons],
        }

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{key, claim, wordings, verdict, explanation, buttons}``."""
        for name in TEXTS:
            setattr(self, name, text(body, name))
        self.wordings = items(body, "wordings")
        self.buttons = stream_json("button", records(body, "buttons"))

    def clean(self) -> None:
        """Wordings are a list of sentences, long enough to tell one claim from another."""
        super().clean()
        if not isinstance(self.wordings, list) or not all(_is_sentence(wording) for wording in self.wordings):
            raise ValidationError({"wordings": f"Cần danh sách câu, mỗi câu từ {LEAST_WORDS} chữ."})
        if not _is_sentence(self.claim):
            raise ValidationError({"claim": f"Viết tin thành câu, từ {LEAST_WORDS} chữ."})


def _is_sentence(wording: object) -> bool:
    return isinstance(wording, str) and len(wording.split()) >= LEAST_WORDS

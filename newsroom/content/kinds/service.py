"""Questions that the assistant answers by looking something up: examples and test questions without a text of their own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from newsroom.content.kinds.answers import FaqAnswer, key_field
from newsroom.content.kinds.record import one_per_slot
from newsroom.content.kinds.understood import UnderstoodContent
from newsroom.content.reading import text

UNKNOWN = "Trợ lý không có việc tra cứu này. Các việc tra cứu: {keys}."
ANSWERED = "Khóa này có câu trả lời riêng. Hãy sửa câu ví dụ ở câu trả lời đó."


class ServiceQuestion(UnderstoodContent):
    """One look-up (``ban_tin/moi_nhat``). What it tells comes from other content; this says how residents ask for it."""

    kind = "service"
    source_required = False

    key = key_field(r"^[0-9a-z_]+/[0-9a-z_]+$", "ban_tin/moi_nhat")
    title = models.CharField("việc tra cứu", max_length=200, help_text="Người dân hỏi để biết gì. Chỉ để biên tập.")

    class Meta:
        verbose_name = "câu hỏi tra cứu"
        verbose_name_plural = "câu hỏi tra cứu"
        ordering = ["key"]
        constraints = [one_per_slot("one_service_question_per_key")]

    def __str__(self) -> str:
        return self.title or self.key

    def payload(self) -> dict[str, Any]:
        """``{title}``."""
        return {"title": self.title}

    def fill_content(self, body: Mapping[str, Any]) -> None:
        """Takes ``{key, title}``."""
        self.key, self.title = text(body, "key"), text(body, "title")
        self.fill_sentences(body)

    def clean(self) -> None:
        """Only what the assistant can look up, and what no answer carries already."""
        super().clean()
        if self.key not in service_keys():
            raise ValidationError({"key": UNKNOWN.format(keys=", ".join(service_keys()))})
        if FaqAnswer.objects.filter(key=self.key).exists():
            raise ValidationError({"key": ANSWERED})


@cache
def service_keys() -> tuple[str, ...]:
    """The keys that an action answers, as the taxonomy lists them."""
    taxonomy = yaml.safe_load((settings.ROOT / "data" / "taxonomy.yml").read_text("utf-8"))
    return tuple(str(answer["key"]) for answer in taxonomy["answers"] if answer["kind"] == "service")

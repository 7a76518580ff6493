"""What some content has beside its words: a picture, a video, files. Whose each is has to be said before approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from wagtail.fields import StreamField

from newsroom.content.blocks import CreditedAttachmentBlock, stream_json
from newsroom.content.pictures import find_picture
from newsroom.content.reading import records, text

WORDS = 200  # characters of a description or of whose it is
MOST_FILES = 3  # of an answer: with its video and its buttons Zalo shows five
FILE_PARTS = ("title", "url", "credit")
WHOSE = "Ai làm ra, được dùng theo quyền gì."
_HTTPS = RegexValidator(r"^https://\S+$", "Địa chỉ phải bắt đầu bằng https:// và không có khoảng trắng.")


class Pictured(models.Model):
    """Content with a picture. Stored is the name that ``newsroom.content.pictures`` gave."""

    picture = models.CharField("hình", max_length=70, blank=True)
    picture_text = models.CharField(
        "mô tả hình", max_length=WORDS, blank=True, help_text="Hình cho thấy gì, cho người không nhìn được hình."
    )
    picture_credit = models.CharField(
        "nguồn của hình", max_length=WORDS, blank=True, help_text="Ai làm ra hình, được dùng theo quyền gì."
    )

    class Meta:
        abstract = True

    def picture_payload(self) -> dict[str, str] | None:
        """``{name, text, credit}``."""
        words = {"text": self.picture_text, "credit": self.picture_credit}
        return {"name": self.picture, **words} if self.picture else None

    def missing_of_picture(self) -> dict[str, str]:
        """Words for who cannot see it, and whose it is; nothing without a picture."""
        missing: dict[str, str] = {}
        if not self.picture:
            return missing
        if find_picture(self.picture) is None:
            missing["picture"] = "Tệp hình không còn trên máy chủ. Hãy tải hình lên lại."
        if not self.picture_text:
            missing["picture_text"] = "Hãy mô tả hình cho người không nhìn được."
        if not self.picture_credit:
            missing["picture_credit"] = "Hãy ghi ai làm ra hình và được dùng theo quyền gì."
        return missing


class Illustrated(Pictured):
    """An answer with a picture, a video and files."""

    video = models.CharField(
        "video", max_length=500, blank=True, validators=[_HTTPS], help_text="Liên kết tới video, bắt đầu bằng https://"
    )
    video_credit = models.CharField("nguồn của video", max_length=WORDS, blank=True, help_text=WHOSE)
    attachments = StreamField(
        [("attachment", CreditedAttachmentBlock())], blank=True, verbose_name="tệp kèm theo", max_num=MOST_FILES
    )

    class Meta:
        abstract = True

    def media_payload(self) -> dict[str, Any]:
        """``{picture, video{url, credit}, attachments[{title, url, credit}]}``, without what the answer has not: a
        release without them keeps the form that it always had."""
        video = {"url": self.video, "credit": self.video_credit} if self.video else None
        files = [{name: str(block.value.get(name) or "") for name in FILE_PARTS} for block in self.attachments]
        every = {"picture": self.picture_payload(), "video": video, "attachments": files}
        return {name: value for name, value in every.items() if value}

    def fill_media(self, body: Mapping[str, Any]) -> None:
        """Takes ``{video, video_credit, attachments}``; a picture is uploaded by a person."""
        self.video, self.video_credit = text(body, "video"), text(body, "video_credit")
        self.attachments = stream_json("attachment", records(body, "attachments"))

    def missing_of_media(self) -> dict[str, str]:
        """Whose each is, and words for who cannot see the picture."""
        missing = self.missing_of_picture()
        if self.video and not self.video_credit:
            missing["video_credit"] = "Hãy ghi ai làm ra video và được dùng theo quyền gì."
        files = self.media_payload().get("attachments", ())
        if any(not (file["title"] and file["credit"] and file["url"].startswith("https://")) for file in files):
            missing["attachments"] = "Mỗi tệp cần tên, địa chỉ bắt đầu bằng https:// và nguồn."
        return missing

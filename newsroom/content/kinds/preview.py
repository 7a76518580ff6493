"""The preview of content in the editor: as a resident would see it."""

from __future__ import annotations

from typing import Any

from wagtail.models import PreviewableMixin

from contracts.reply import source_line
from newsroom.releases.issue import ReleaseDraft
from newsroom.releases.lines import lines_of


class ShownAsChat(PreviewableMixin):
    """Content that has a release draft, shown as a chat bubble or, without a single text, as labelled lines."""

    def release_draft(self) -> ReleaseDraft:
        """What publishing this content would release."""
        raise NotImplementedError(f"{type(self).__name__} lacks release_draft()")

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """The page in the preview's frame."""
        return "content/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The release draft and its parts, ready to be shown."""
        draft = self.release_draft()
        return {
            **super().get_preview_context(request, mode_name),
            "draft": draft,
            "source_line": source_line(draft.source) if draft.source else "",
            "lines": lines_of(draft.payload, None),
        }

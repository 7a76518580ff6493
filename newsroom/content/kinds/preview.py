"""The preview of content in the editor: as residents would meet it, and what is wrong with it so far."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail.models import PreviewableMixin

from contracts.media import picture_of
from contracts.reply import source_line
from newsroom.content.faces import Face, faces_of, preview_modes
from newsroom.content.kinds.record import labelled
from newsroom.content.source_notes import source_notes
from newsroom.releases.issue import ReleaseDraft
from newsroom.releases.lines import lines_of


class ShownAsChat(PreviewableMixin):
    """Content that has a release draft, shown in its ``faces`` or, without a single text, as labelled lines."""

    faces: ClassVar[tuple[Face, ...]] = ()

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """See parent class for the full docstring."""
        return preview_modes(self.faces) if self.faces else self.DEFAULT_PREVIEW_MODES

    def release_draft(self) -> ReleaseDraft:
        """What publishing this content would release."""
        raise NotImplementedError(f"{type(self).__name__} lacks release_draft()")

    def approval_problems(self) -> list[str]:
        """All that stands against releasing this content, as sentences."""
        raise NotImplementedError(f"{type(self).__name__} lacks approval_problems()")

    def review_notes(self) -> list[str]:
        """What the approver should know beside the text, as sentences; never released."""
        return source_notes(self.release_draft().source)

    def writing_notes(self) -> list[str]:
        """What the author should know while writing: all that the approver will be told, and more."""
        return self.review_notes()

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """The page in the preview's frame."""
        return "content/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The release draft and its parts, ready to be shown; while somebody edits, with what is to be done still."""
        draft = self.release_draft()
        editing = getattr(request, "is_editing", False)
        return {
            **super().get_preview_context(request, mode_name),
            "draft": draft,
            "picture": picture_of(draft.payload),
            "faces": faces_of(draft, self.faces, mode_name),
            "source_line": source_line(draft.source) if draft.source else "",
            "lines": lines_of(draft.payload, None) if not self.faces else (),
            "editing": editing,
            "problems": _problems(self, getattr(request, "unreadable", {})) if editing else (),
            "notes": self.writing_notes() if editing else (),
        }


def _problems(content: ShownAsChat, unreadable: dict[str, str]) -> list[str]:
    """What stands against approval; a field that could not be read is named once, with the reason from the form."""
    first = [labelled(label, message) for label, message in unreadable.items()]
    rest = [problem for problem in content.approval_problems() if problem.partition(": ")[0] not in unreadable]
    return list(dict.fromkeys([*first, *rest]))

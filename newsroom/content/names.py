"""What staff read where some content is named; a draft may lack its name, a link may not."""

from __future__ import annotations

from typing import Any

NAMELESS = "(chưa có tên)"


def name_of(content: Any) -> str:
    """The content's name as it stands in this object, or that it has none yet."""
    name = str(content)
    return name if any(character.isalnum() for character in name) else NAMELESS


def latest_name(content: Any) -> str:
    """The name in the latest draft, for lists, whose rows hold what was saved first."""
    revision = content.latest_revision
    return name_of(content if revision is None else revision.object_str)

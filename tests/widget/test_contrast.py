"""Whether every text of the widget has the contrast of WCAG 2 AA on its ground, in both colour schemes."""

from __future__ import annotations

import re

import pytest

from tests.widget.contract_gateway import WIDGET

AA_TEXT = 4.5
PAIRS = [  # what is written on what
    ("ink", "page"),
    ("ink", "panel"),
    ("muted", "page"),
    ("muted", "panel"),
    ("brand-text", "page"),
    ("brand-text", "panel"),
    ("brand-ink", "brand"),
    ("mine-ink", "mine"),
    ("ink", "person"),
    ("notice-ink", "notice"),
    ("danger", "page"),
    ("danger", "panel"),
    ("danger-ink", "danger"),
]


def palettes() -> list[dict[str, str]]:
    """The colours of the light and of the dark scheme."""
    blocks = re.findall(r":host \{(.*?)\}", (WIDGET / "style.css").read_text(encoding="utf-8"), re.S)
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in blocks]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_it_is_readable_when_text_stands_on_its_ground(scheme: int, ink: str, ground: str) -> None:
    palette = palettes()[scheme]
    dark, light = sorted(luminance(palette[name]) for name in (ink, ground))
    assert (light + 0.05) / (dark + 0.05) >= AA_TEXT

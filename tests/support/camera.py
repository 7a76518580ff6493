"""Screenshots for the documents: small files, with a note of every English word on them."""

from __future__ import annotations

import html
import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.support.visible_text import foreign_words

LARGEST = 150_000  # bytes; the repository keeps every version of every picture
COLOURS = 128
WIDTH = 1280
# What residents write, in their own spelling, is no word of ours.
VISIBLE_WORDS = """but => {
  const others = but ? [...document.querySelectorAll(but)] : [];
  others.forEach((element) => { element.style.visibility = "hidden"; });
  const words = document.body.innerText;
  others.forEach((element) => { element.style.visibility = ""; });
  return words;
}"""


class Camera:
    """Writes into ``folder``, and with PICTURES (a folder) set into its ``so-tay/`` as well, where the handbook looks.

    ``taken``: name → English words on the picture; those inside elements that ``residents`` selects do not count.
    """

    def __init__(self, folder: Path) -> None:
        kept = os.environ.get("PICTURES", "")
        self._folders = [folder, *([Path(kept) / "so-tay"] if kept else [])]
        self.taken: dict[str, str] = {}

    def take(self, page: Page, name: str, height: int = 900, top: str = "", residents: str = "") -> None:
        """The window as it is, ``height`` pixels of it; ``top`` selects what its first line shows."""
        page.set_viewport_size({"width": WIDTH, "height": height})
        page.evaluate("document.querySelectorAll('*').forEach((element) => { element.scrollTop = 0; })")
        if top:
            page.locator(top).first.evaluate("element => element.scrollIntoView({ behavior: 'instant' })")
        page.mouse.move(WIDTH - 5, height - 5)
        page.wait_for_timeout(300)  # Wagtail slides its menus and panels
        self.taken[name] = foreign_words(html.escape(page.evaluate(VISIBLE_WORDS, residents)))
        body = _small(page.screenshot(animations="disabled", caret="hide"))
        assert len(body) < LARGEST, f"{name}: {len(body)} bytes"
        for folder in self._folders:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.png").write_bytes(body)


def drawing() -> bytes:
    """A picture to upload."""
    buffer = io.BytesIO()
    Image.new("RGB", (320, 200), "#0a5273").save(buffer, "PNG")
    return buffer.getvalue()


def _small(screenshot: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.open(io.BytesIO(screenshot)).convert("RGB").quantize(COLOURS).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()

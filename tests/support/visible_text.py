"""What a person reads on a page of the newsroom, and which of its words are no Vietnamese."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

SILENT = {"script", "style", "svg", "code", "textarea"}
READ_ALOUD = {"placeholder", "aria-label", "title", "alt", "data-w-progress-active-value"}
LABELS = {"label", "title", "help_text", "helpText", "placeholder"}
WORD = re.compile(r"(?<![\w@/._{}%&#+-])[A-Za-z]{2,}(?![\w@/_{}%-]|\.\w)")
# A syllable as Vietnamese writes it, the accents taken off: first consonant, vowels, last consonant.
SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?"
)
# English words that could be syllables.
ENGLISH = {"the", "not", "you", "up", "set", "my", "we", "put", "hit", "but", "text"}
# Names, formats and keys that Vietnamese offices write so.
KNOWN = {
    *("zalo", "official", "account", "covid", "vnd", "pfizer", "test", "javascript", "freeotp", "aegis", "google"),
    *("authenticator", "ctrl", "alt", "shift", "esc", "enter", "csv", "xlsx", "pdf", "excel", "json", "html", "http"),
    *("https", "url", "web", "api", "sms", "sha", "nfc", "utf", "markdown", "menu", "jpeg", "png", "mb", "qr", "video"),
}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.links: list[str] = []
        self._silent: list[str] = []
        self._json = False
        self._counter = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in SILENT:
            self._silent.append(tag)
            self._json = given.get("type") == "application/json"
        self._counter = "data-side-panel-toggle-counter" in given  # hidden; a script writes its number
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self.texts += [value for name, value in given.items() if name in READ_ALOUD]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.texts.append(given.get("value", ""))
        for name, value in given.items():
            if name.startswith("data-") and value[:1] in "[{":
                self._read_json(value)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if self._silent and self._json:
            self._read_json(data)
        elif not self._silent and not self._counter:
            self.texts.append(data)

    def _read_json(self, body: str) -> None:
        try:
            value = json.loads(body)
        except json.JSONDecodeError:
            return
        for key, text in _strings(value):
            if key in {"url", "href"}:
                self.links.append(text)
            elif key in LABELS or key.isupper():
                self.texts.append(text)


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _strings(part, str(name))
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part, key)


def read(html: str) -> tuple[list[str], list[str]]:
    """Visible texts (with labels, hints and what scripts will show) and links of a page."""
    reader = _Reader()
    reader.feed(html)
    return [text.strip() for text in reader.texts if text.strip()], reader.links


def foreign_words(html: str) -> str:
    """One line ``word: the text it stands in`` for every visible word that is no Vietnamese syllable and no known name."""
    texts, _ = read(html)
    found = {(word, text) for text in texts for word in WORD.findall(re.sub(r"<[^>]+>|%\(\w+\)[sd]", " ", text))}
    return "\n".join(sorted(f"{word}: {text[:120]}" for word, text in found if _is_foreign(word.lower())))


def _is_foreign(word: str) -> bool:
    return word not in KNOWN and (word in ENGLISH or not SYLLABLE.fullmatch(word))

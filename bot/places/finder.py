"""Finding places in a message: spaCy's PhraseMatcher over accent-folded syllables.

The matcher runs on a Doc of its own whose words are the folded syllables, not on the tokenizer's words: those glue
"ở Thọ Xuân" together. Offsets of the syllables lead back to the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.places.gazetteer import DISTRICT_KINDS, Gazetteer, Unit
from bot.places.mention import Mention, is_supported, kind_before, merge, narrow, strengthen
from bot.places.unknown import unknown_places
from bot.places.words import COMMON_WORDS, PARTICLES, accent_key, agrees, is_one_of, is_unaccented
from vitext.fold import Syllable, fold, syllables

# The vocabulary of spaCy keeps every word that it ever saw; words outside all patterns become this one, so that an
# engine that runs for months does not grow with what residents type.
_OTHER = "\u25a1"
_GLUED_KINDS = {"huyện": ("huyen", "h"), "thị xã": ("thixa", "tx"), "thành phố": ("thanhpho", "tp")}
_BETWEEN = frozenset({"thuộc", "của", "ở", "tại"})


@dataclass(frozen=True)
class Place:
    """A place in a text, half-open span in characters; without units it is one that the province does not have."""

    start: int
    end: int
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class _Name:
    """What a pattern stands for: readings by their written names; ``elsewhere`` is None, or whether it needs no support."""

    readings: tuple[tuple[str, Unit], ...]
    elsewhere: tuple[str, ...]
    always: bool


class PlaceFinder:
    """Finds districts, communes and other provinces; built in some 50 ms, 0.1-0.3 ms a message."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab)
        self._names: dict[str, _Name] = {}
        self._known: set[str] = {_OTHER}
        self._add_names(gazetteer)

    def find(self, text: str) -> list[Place]:
        """Places in order of the text, without overlaps. The text is NFC."""
        tokens = syllables(text)
        mentions = _joined(self._mentions(tokens), tokens)
        alone = _is_rest_particles(tokens, mentions)
        taken = [strengthen(mention) for mention in mentions if not mention.weak or (alone and not mention.common)]
        taken += unknown_places(tokens, text, taken)
        return [
            Place(tokens[mention.start].start, tokens[mention.end - 1].end, mention.units)
            for mention in sorted(taken, key=lambda mention: mention.start)
        ]

    def _add_names(self, gazetteer: Gazetteer) -> None:
        readings: dict[str, list[tuple[str, Unit]]] = defaultdict(list)
        elsewhere: dict[str, list[str]] = defaultdict(list)
        optional = set()
        for name, unit in gazetteer.names:
            for pattern in _patterns(name, unit):
                readings[pattern].append((name, unit))
        for other in gazetteer.elsewhere:
            words = " ".join(syllable.folded for syllable in syllables(other.name))
            for pattern in {words, words.replace(" ", "")}:
                elsewhere[pattern].append(other.name)
                if not other.always:
                    optional.add(pattern)
        for pattern in {*readings, *elsewhere}:
            self._names[pattern] = _Name(tuple(readings[pattern]), tuple(elsewhere[pattern]), pattern not in optional)
            words_of = pattern.split(" ")
            self._known.update(words_of)
            self._matcher.add(pattern, [Doc(self._vocab, words=words_of)])

    def _mentions(self, tokens: Sequence[Syllable]) -> list[Mention]:
        """Mentions that do not overlap: with a kind word before without, longer before shorter, strong before weak."""
        if not tokens:
            return []
        words = [token.folded if token.folded in self._known else _OTHER for token in tokens]
        found = []
        for key, start, end in self._matcher(Doc(self._vocab, words=words)):
            mention = _read(self._names[self._vocab.strings[key]], tokens, start, end)
            if mention:
                found.append((mention.start < start, end - start, not mention.weak, -start, mention))
        chosen: list[Mention] = []
        for *_, mention in sorted(found, key=lambda entry: entry[:4], reverse=True):
            if all(mention.end <= other.start or other.end <= mention.start for other in chosen):
                chosen.append(mention)
        return sorted(chosen, key=lambda mention: mention.start)


def _patterns(name: str, unit: Unit) -> set[str]:
    """Spellings of a name as folded syllables: apart, in one ("thoxuan"), for districts with the kind ("hthoxuan")."""
    words = " ".join(syllable.folded for syllable in syllables(name))
    joined = words.replace(" ", "")
    glued = {kind + joined for kind in _GLUED_KINDS.get(unit.kind, ())}
    return {words, joined, *glued} if len(words.split(" ")) > 1 else {words, *glued}


def _read(name: _Name, tokens: Sequence[Syllable], start: int, end: int) -> Mention | None:
    """The mention that a match stands for, or None when the accents speak against every reading."""
    typed = "".join(token.text for token in tokens[start:end])
    folded = " ".join(token.folded for token in tokens[start:end])
    begin, kind = kind_before(tokens, start)
    spelt = _spelt(name, tokens, start, end)
    if not spelt and kind:  # a wrong accent after "huyện" is a slip, without "huyện" it is another word
        spelt = [unit for _, unit in name.readings if unit.kind == kind]
    abroad = [other for other in name.elsewhere if _may_be(typed, tokens[start:end], other)]
    units = narrow(tuple(dict.fromkeys(spelt)), kind)
    if abroad and (not units or (kind in ("", "tỉnh") and units[0].kind not in DISTRICT_KINDS)):
        weak = not name.always and not kind and not is_supported(tokens, start, end, "")
        return Mention(begin, end, (), weak, common=False)
    if not units:
        return None
    commune = units[0].parent != ""
    weak = commune and not kind and not is_supported(tokens, start, end, folded)
    return Mention(begin, end, units, weak, common=folded in COMMON_WORDS)


def _spelt(name: _Name, tokens: Sequence[Syllable], start: int, end: int) -> list[Unit]:
    """Readings that the accents allow; only the exact ones in a message with accents ("xã Nga Thanh", not "Nga Thành")."""
    typed = "".join(token.text for token in tokens[start:end])
    possible = [(written, unit) for written, unit in name.readings if _may_be(typed, tokens[start:end], written)]
    exact = [unit for written, unit in possible if accent_key(typed) == accent_key("".join(written.split()))]
    uses_accents = any(not is_unaccented(token.text) for token in tokens)
    return exact if exact and uses_accents else [unit for _, unit in possible]


def _may_be(typed: str, tokens: Sequence[Syllable], written: str) -> bool:
    """Whether the syllables are the written name, each with its own accents or with none."""
    parts = syllables(written)
    if len(parts) == len(tokens):
        return all(agrees(token.text, part.text) for token, part in zip(tokens, parts, strict=True))
    joined = "".join(part.text for part in parts)
    return fold(typed) != fold(joined) or agrees(typed, joined)


def _joined(mentions: list[Mention], tokens: Sequence[Syllable]) -> list[Mention]:
    """Merges a commune with the district that follows or precedes it, and both with the province."""
    result: list[Mention] = []
    for mention in mentions:
        between = tokens[result[-1].end : mention.start] if result else ()
        near = bool(result) and all(is_one_of(token.text, _BETWEEN) for token in between)
        whole = merge(result[-1], mention) if near else None
        if whole:
            result[-1] = whole
        else:
            result.append(mention)
    return result


def _is_rest_particles(tokens: Sequence[Syllable], mentions: Sequence[Mention]) -> bool:
    """Whether the message says nothing but place names, so that even a weak one is meant as a place."""
    named = {index for mention in mentions for index in range(mention.start, mention.end)}
    rest = [token for index, token in enumerate(tokens) if index not in named]
    return bool(named) and all(is_one_of(token.text, PARTICLES) for token in rest)

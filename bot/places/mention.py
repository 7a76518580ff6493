"""A place name found in a message, before it is known which units it may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.places.gazetteer import COMMUNE_KINDS, DISTRICT_KINDS, PROVINCE_KIND, Unit
from bot.places.words import COMMON_WORDS, KIND_WORDS, LOCATIVES, TITLES, agrees, is_one_of
from vitext.fold import Syllable, fold


@dataclass(frozen=True)
class Mention:
    """Syllables ``start`` to ``end`` (half open), a kind word before the name included.

    ``units`` is empty for a place outside the province. A ``weak`` mention may as well be a common word or a
    person's name and needs support from its neighbourhood; a ``common`` one is a common word even in a message of its own.
    """

    start: int
    end: int
    units: tuple[Unit, ...]
    weak: bool
    common: bool = False


def _by_last_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Kind words by the last of their folded syllables, in their order: most syllables of a message end none of them."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for words, kind in KIND_WORDS:
        found[fold(words[-1])].append((words, kind))
    return dict(found)


_KIND_WORDS_BY_LAST = _by_last_word()


def kind_before(tokens: Sequence[Syllable], name_start: int) -> tuple[int, str]:
    """Where the kind word before a name begins, and the kind ("" and ``name_start`` when there is none)."""
    last = tokens[name_start - 1].folded if name_start else ""
    for words, kind in _KIND_WORDS_BY_LAST.get(last, ()):
        begin = name_start - len(words)
        if begin >= 0 and all(agrees(tokens[begin + i].text, word) for i, word in enumerate(words)):
            return begin, kind
    return name_start, ""


def narrow(units: Sequence[Unit], kind: str) -> tuple[Unit, ...]:
    """The units that a name with this kind word means; the larger unit when there is none ("Thọ Xuân" is the district)."""
    fitting = tuple(unit for unit in units if unit.kind == kind)
    if fitting or kind:
        return fitting or tuple(units)
    for kinds in ((PROVINCE_KIND,), DISTRICT_KINDS, COMMUNE_KINDS):
        fitting = tuple(unit for unit in units if unit.kind in kinds)
        if fitting:
            return fitting
    return ()


def is_supported(tokens: Sequence[Syllable], start: int, end: int, folded_name: str) -> bool:
    """Whether a bare name is a place by what surrounds it: "ở Xuân Hòa", or capitals that are no person's name."""
    before = tokens[start - 1].text if start else ""
    if is_capitalised(tokens, start, end):
        return not is_one_of(before, TITLES)
    if folded_name in COMMON_WORDS:
        return False
    return is_one_of(before, LOCATIVES)


def is_capitalised(tokens: Sequence[Syllable], start: int, end: int) -> bool:
    """Whether each syllable begins with a capital letter in a message that is not all capitals."""
    shouted = all(not token.text.islower() for token in tokens) and len(tokens) > end - start
    return not shouted and all(token.text[0].isupper() for token in tokens[start:end])


def merge(left: Mention, right: Mention) -> Mention | None:
    """One mention of two neighbours when one names the other's district or province, else None."""
    inner = tuple(unit for unit in left.units if _inside_any(unit, right.units))
    if not inner:
        inner = tuple(unit for unit in right.units if _inside_any(unit, left.units))
    if not inner:
        return None
    return Mention(left.start, right.end, inner, weak=False)


def strengthen(mention: Mention) -> Mention:
    """The mention, taken as a place."""
    return replace(mention, weak=False)


def _inside_any(unit: Unit, others: Sequence[Unit]) -> bool:
    return any(unit.place.startswith(f"{other.place}/") for other in others)

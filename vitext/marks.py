"""The circumstances of a message as marks (`vitext.rules.circumstances`), found once, looked up by name and place."""

from __future__ import annotations

from collections.abc import Iterable

from vitext.message import Message
from vitext.phrases import Hit, PhraseBook
from vitext.rules import circumstances
from vitext.rules.words import CLASSES

NEAR = 12  # words; a person or a condition further away belongs to something else
# These marks strike out those of the other kind that begin in them ("now_before" is of the kind "now").
_STRIKES = {"not_now": "now", "not_past": "past"}


class Marks:
    """All marks of one message."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self._by_name: dict[str, list[Hit]] = {}
        found = _BOOK.find(message)
        struck = {(_STRIKES.get(mark.name), index) for mark in found for index in range(mark.start, mark.end)}
        for mark in found:
            if (mark.name.partition("_")[0], mark.start) not in struck:
                self._by_name.setdefault(mark.name, []).append(mark)
        nobody = self.covered("nobody")
        self.persons = {mark.end - 1 for mark in self.of("person") if mark.start not in nobody}
        self.writer = {mark.start for mark in self.of("self") if mark.start not in nobody}
        words = message.words
        # The first sentence that names a person; one behind the last where none does.
        self.first_peopled = min((words[index].sentence for index in self.persons), default=len(words))
        self._written_of = {words[index].sentence for index in self.writer}
        self._starts = {name: {mark.start for mark in marks} for name, marks in self._by_name.items()}
        self._ends = {name: {mark.end for mark in marks} for name, marks in self._by_name.items()}
        self._sentences = {
            name: {message.words[mark.start].sentence for mark in marks} for name, marks in self._by_name.items()
        }

    def of(self, name: str) -> list[Hit]:
        """The marks of that name, in order."""
        return self._by_name.get(name, [])

    def covered(self, name: str) -> set[int]:
        """The positions of all words inside marks of that name."""
        return {index for mark in self.of(name) for index in range(mark.start, mark.end)}

    def starts(self, name: str) -> set[int]:
        """Where marks of that name begin."""
        return self._starts.get(name, set())

    def ends(self, name: str) -> set[int]:
        """The positions behind marks of that name."""
        return self._ends.get(name, set())

    def in_sentence(self, name: str, hit: Hit) -> bool:
        """Whether such a mark begins in the sentence of the hit."""
        return self.message.words[hit.start].sentence in self._sentences.get(name, ())

    def end_before(self, name: str, hit: Hit) -> bool:
        """Whether such a mark ends in the words before the hit."""
        ends = self.ends(name)
        return any(index + 1 in ends for index in self.before(hit, NEAR))

    def before(self, hit: Hit, count: int) -> Iterable[int]:
        """Positions of up to ``count`` words before the hit in its sentence, nearest first."""
        words, sentence = self.message.words, self.message.words[hit.start].sentence
        for index in range(hit.start - 1, max(hit.start - 1 - count, -1), -1):
            if words[index].sentence != sentence:
                return
            yield index

    def person_near(self, hit: Hit) -> bool:
        """Whether a person is named in the words before the hit, in it, or just behind it."""
        words = self.message.words
        # "xin oxy cho bố" names the person; "co giật thì cha mẹ …" does not.
        beyond = hit.end if hit.end < len(words) and words[hit.end].letters == "thi" else min(hit.end + 2, len(words))
        around = (*self.before(hit, NEAR), *range(hit.start, beyond))
        return any(index in self.persons and words[index].sentence == words[hit.start].sentence for index in around)

    def writer_in_sentence(self, hit: Hit) -> bool:
        """Whether the sentence of the hit speaks of the writer."""
        return self.message.words[hit.start].sentence in self._written_of


_BOOK = PhraseBook([(name, pattern) for name, patterns in circumstances.MARKS.items() for pattern in patterns], CLASSES)

"""Of what a danger phrase speaks: of a person, or of an animal, a plant, a machine, a figure in a tale or a game."""

from __future__ import annotations

from vitext.message import Message
from vitext.phrases import Hit, PhraseBook
from vitext.rules import others
from vitext.rules.words import CLASSES
from vitext.vocabulary import word_set

_NEAR = 12  # words between the thing and what is said of it
_THINGS = ("thing", "machine")
_AROUND = 24  # words between a tale and what happens in it
_ADJOINING = 3  # "em thấy con chó (nhà em) co giật": so near, a person before the thing is no subject
# Behind these words the thing is what something is done to, or done by, not the subject: "bị chó cắn", "ngã xe máy".
_NO_SUBJECT_AFTER = word_set(
    "nuot phai hoc giat thu lay nem cuop kiem goi nghe cam gui canh gan bi do vi boi bang voi di nga te lai tren duoi trong om cam dung sau tai muon mua tong dam an nuoi tho het deo chay "
    "sua cua be uong hut thit lay dap ban gap choi xem coi ghien nghien"
)
_ATTACKS = word_set("can cao huc mo tong giat de")
# Persons who have no place in the lists of `vitext.rules.circumstances`.
_SOMEBODY = word_set("nguoi khach tre")


class Subjects:
    """The animals, things and tales in one message, found once, asked per hit."""

    def __init__(self, message: Message, persons: set[int]) -> None:
        """``persons``: the positions of the words that name a person."""
        self._message = message
        words = message.words
        marks = _BOOK.find(message)
        things = {index for mark in marks if mark.name in _THINGS for index in range(mark.start, mark.end)}
        self._persons = persons - things
        self._thing_ending: dict[int, Hit] = {}
        for mark in marks:
            if mark.name in _THINGS:
                self._thing_ending.setdefault(mark.end, mark)
        self._tale_starts = {mark.start for mark in marks if mark.name == "tale"}
        self._tale_ends = {mark.end for mark in marks if mark.name == "tale"}
        # Whoever loses at a game may beat somebody: a person anywhere in the sentence makes a phrase count.
        peopled = {words[index].sentence for index in self._persons}
        self._playing = {words[mark.start].sentence for mark in marks if mark.name == "game"} - peopled

    def is_of_no_person(self, hit: Hit) -> bool:
        """Whether an animal, a thing or a figure is meant ("con chó nhà em co giật", "nhân vật chính tự tử")."""
        if self._message.words[hit.start].sentence in self._playing:
            return True
        ends = range(hit.start, max(hit.start - _NEAR, 0) - 1, -1)
        things = (self._thing_ending[end] for end in ends if end in self._thing_ending)
        return any(self._is_subject(thing, hit) for thing in things) or self._is_told(hit)

    def _is_subject(self, thing: Hit, hit: Hit) -> bool:
        words = self._message.words
        first, gap = words[thing.start], hit.start - thing.end
        if not 0 <= gap <= _NEAR or words[hit.start].sentence != first.sentence:
            return False
        before = words[thing.start - 1] if thing.start else None
        if before and before.clause == first.clause and before.letters in _NO_SUBJECT_AFTER:
            return False
        # No machine is short of breath: whoever writes so with a flat phone battery is.
        if thing.name == "machine" and (words[hit.start].clause != first.clause or words[hit.start].letters == "kho"):
            return False
        between = range(thing.end, hit.start)
        if self._names_somebody(between, but="no") or self._names_somebody(range(hit.start, hit.end), but="no"):
            return False
        said = [words[index].letters for index in between]
        if not _ATTACKS.isdisjoint(said) and "bi" not in said:
            return False
        return gap <= _ADJOINING or not self._names_somebody(self._clause_before(thing))

    def _is_told(self, hit: Hit) -> bool:
        """Whether a tale is named around the phrase, and no person between them or in the phrase."""
        words = self._message.words
        sentence = words[hit.start].sentence
        for index in range(hit.start, max(hit.start - _AROUND, 0) - 1, -1):
            if index in self._tale_ends and words[index - 1].sentence == sentence:
                return not self._names_somebody(range(index, hit.end))
        for index in range(hit.end, min(hit.end + _AROUND, len(words))):
            if index in self._tale_starts and words[index].sentence == sentence:
                return not self._names_somebody(range(hit.start, index))
        return False

    def _clause_before(self, thing: Hit) -> list[int]:
        words = self._message.words
        start = max(thing.start - _NEAR, 0)
        return [index for index in range(start, thing.start) if words[index].clause == words[thing.start].clause]

    def _names_somebody(self, indices: range | list[int], but: str = "") -> bool:
        words = self._message.words
        return any(
            (index in self._persons or words[index].letters in _SOMEBODY) and words[index].letters != but
            for index in indices
        )


_BOOK = PhraseBook([(name, pattern) for name, patterns in others.MARKS.items() for pattern in patterns], CLASSES)

"""Who speaks of whom, when and how: what lets a danger phrase count, or not, in its message."""

from __future__ import annotations

from collections.abc import Iterable

from vitext.message import Message
from vitext.phrases import NEGATIONS, Hit, PhraseBook
from vitext.rules import circumstances as c
from vitext.rules.words import CLASSES
from vitext.vocabulary import word_set

_NEAR = 12  # words; a person or a condition further away belongs to something else
# Between a negation and what it denies: "không bị khó thở", "chưa thấy có dấu hiệu khó thở".
_FILLERS = word_set("bi co con thay he cam giac trieu chung dau hieu bieu hien tinh trang nao gi den muc phai y dinh")
_LESS = frozenset(("het", "do", "bot", "khoi"))
# Before these "không" closes a question: "có sao không, …".
_ASKS_BEFORE = frozenset(("sao", "duoc", "phai", "gi", "vay", "chua"))
# Words that may follow the "không" that closes a question, to the end of the clause.
_PARTICLES = word_set("a vay nhi ha the ad bac si si shop nhe nha oi anh chi em co chu cac ban admin bs day nua hay")
_SPOKEN_OF = word_set("bi co con tre f0 nguoi benh thay dang cam cac be em nha minh toi bo me ong ba no lai")
# "hết", "khỏi" after these means something else ("tím hết rồi", "biến mất khỏi đây").
_STAYING = word_set("turning_blue rash_all_over swelling wants_to_die no_wish_to_live")


class Situation:
    """The circumstances of one message, found once, asked per hit."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self._marks: dict[str, list[Hit]] = {}
        for mark in _BOOK.find(message):
            self._marks.setdefault(mark.name, []).append(mark)
        nobody = {index for mark in self._of("nobody") for index in range(mark.start, mark.end)}
        self._persons = {mark.end - 1 for mark in self._of("person") if mark.start not in nobody}
        self._writer = {mark.start for mark in self._of("self") if mark.start not in nobody}
        self._starts = {name: {mark.start for mark in marks} for name, marks in self._marks.items()}
        self._ends = {name: {mark.end for mark in marks} for name, marks in self._marks.items()}
        self._sentences = {
            name: {message.words[mark.start].sentence for mark in marks} for name, marks in self._marks.items()
        }
        self.injected = self._is_injected()

    def is_told(self, hit: Hit) -> bool:
        """Whether the danger is hearsay, news, fiction ("nghe nói có người nhảy lầu")."""
        if any(index in self._writer for index in range(hit.start, hit.end + 1)):
            return False
        # "phong chong bao hanh" without accents: the report's last word is also the first of the phrase (chồng).
        told = self._ends_before("report", hit) or hit.start + 1 in self._ends.get("report", ())
        return told and not (self._happens_now(hit) and self._person_near(hit))

    def is_negated(self, hit: Hit) -> bool:
        """Whether the phrase is denied ("không khó thở", "hết khó thở", "khó thở đỡ rồi")."""
        return self._denied_before(hit) or (hit.name not in _STAYING and self._recovered_after(hit))

    def is_whole_message(self, hit: Hit) -> bool:
        """Whether nothing but the phrase is written."""
        return hit.end - hit.start == len(self.message.words)

    def concerns_somebody(self, hit: Hit) -> bool:
        """Whether a person is named before or beside the phrase, it happens now, or the message is nothing but the phrase."""
        if self._says_now(hit) or self.is_whole_message(hit):
            return True
        words, sentence = self.message.words, self.message.words[hit.start].sentence
        return any(words[index].sentence <= sentence for index in self._persons)

    def asks_about_law(self, hit: Hit) -> bool:
        """Whether violence is only the subject of a question ("đánh vợ bị phạt thế nào") and the writer no victim."""
        sentence = self.message.words[hit.start].sentence
        if any(self.message.words[index].sentence == sentence for index in self._writer):
            return False
        if self._in_sentence("law", hit) or self._asks_whether(hit):
            return True
        return (self._in_sentence("question", hit) or self._asks_then(hit)) and not self._person_near(hit)

    def is_explained(self, hit: Hit, circumstance: str) -> bool:
        """Whether something harmless in the sentence accounts for the phrase: a mask for short breath, hunger for a cry."""
        return self._in_sentence(circumstance, hit)

    def is_general(self, hit: Hit) -> bool:
        """Whether a sign of illness is thought of, asked about or long past, rather than there now."""
        # "sợ sốc phản vệ": the condition's last word is the first of the phrase.
        thought_of = self._ends_before("condition", hit) or hit.start + 1 in self._ends.get("condition", ())
        if thought_of or self._follows_when(hit) or self._asks_whether(hit):
            return True
        if self._in_sentence("which", hit):
            return True
        old = self._in_sentence("past", hit) or (self._in_sentence("habit", hit) and self._in_sentence("eligible", hit))
        if old and not self._in_sentence("now", hit):
            return True
        asks = self._in_sentence("question", hit) or self._asks_then(hit)
        return asks and not self._person_near(hit) and not self._happens_now(hit)

    def _of(self, name: str) -> list[Hit]:
        return self._marks.get(name, [])

    def _in_sentence(self, name: str, hit: Hit) -> bool:
        return self.message.words[hit.start].sentence in self._sentences.get(name, ())

    def _ends_before(self, name: str, hit: Hit) -> bool:
        ends = self._ends.get(name, ())
        return any(index in ends for index in self._before(hit, _NEAR, at_end=True))

    def _before(self, hit: Hit, count: int, *, at_end: bool = False) -> Iterable[int]:
        """Positions of up to ``count`` words before the hit, nearest first; as ends of marks with ``at_end``."""
        words, sentence = self.message.words, self.message.words[hit.start].sentence
        for index in range(hit.start - 1, max(hit.start - 1 - count, -1), -1):
            if words[index].sentence != sentence:
                return
            yield index + 1 if at_end else index

    def _person_near(self, hit: Hit) -> bool:
        words = self.message.words
        # "xin oxy cho bố" names the person; "co giật thì cha mẹ …" does not.
        beyond = hit.end if hit.end < len(words) and words[hit.end].letters == "thi" else min(hit.end + 2, len(words))
        around = (*self._before(hit, _NEAR), *range(hit.start, beyond))
        return any(index in self._persons and words[index].sentence == words[hit.start].sentence for index in around)

    def _happens_now(self, hit: Hit) -> bool:
        before, after = self._ends.get("now_before", ()), self._starts.get("now_after", ())
        return any(index in before for index in self._before(hit, 2, at_end=True)) or any(
            index in after for index in range(hit.end, hit.end + 3)
        )

    def _says_now(self, hit: Hit) -> bool:
        return self._in_sentence("now", hit) or self._happens_now(hit)

    def _denied_before(self, hit: Hit) -> bool:
        words = self.message.words
        for index in self._before(hit, 6):
            letters = words[index].letters
            if words[index].clause != words[hit.start].clause:
                return False
            earlier = words[index - 1].letters if index else ""
            if letters in NEGATIONS:
                return earlier not in _ASKS_BEFORE
            if letters in _LESS and not earlier.isdigit():  # "39 độ mê sảng" is no "đỡ mê sảng"
                return earlier not in NEGATIONS
            if letters not in _FILLERS:
                return False
        return False

    def _recovered_after(self, hit: Hit) -> bool:
        words, starts = self.message.words, self._starts.get("recovered", ())
        for index in range(hit.end, min(hit.end + 4, len(words))):
            if words[index].sentence != words[hit.start].sentence or words[index].letters in NEGATIONS:
                return index in starts
            if index in starts:
                return True
        return False

    def _follows_when(self, hit: Hit) -> bool:
        """ "khi (trẻ bị) khó thở …" asks for the case; "sau khi tiêm khó thở" tells what happened."""
        words = self.message.words
        for index in self._before(hit, 5):
            if words[index].letters == "khi":
                return not index or words[index - 1].letters not in ("sau", "tu", "truoc", "trong", "nhieu")
            if words[index].letters not in _SPOKEN_OF:
                return False
        return False

    def _asks_then(self, hit: Hit) -> bool:
        words, starts = self.message.words, self._starts.get("then", ())
        return any(
            index in starts and words[index].sentence == words[hit.start].sentence
            for index in range(hit.end, min(hit.end + _NEAR, len(words)))
        )

    def _asks_whether(self, hit: Hit) -> bool:
        """ "có (bị) khó thở không" up to the end of the clause."""
        words = self.message.words
        if not any(words[index].letters == "co" for index in self._before(hit, 5)):
            return False
        if hit.end in self._starts.get("not_at_all", ()):
            return True
        closing = 0
        for index in range(hit.end, min(hit.end + 12, len(words))):
            letters = words[index].letters
            if words[index].clause != words[hit.end - 1].clause:
                break
            if letters == "co" and not closing:
                return False
            if closing and letters not in _PARTICLES:
                return False
            closing = index if letters == "khong" else closing
        return bool(closing)

    def _is_injected(self) -> bool:
        denied = {index for mark in self._of("not_injected") for index in range(mark.start, mark.end)}
        if any(mark.start not in denied and mark.end - 1 not in denied for mark in self._of("just_injected")):
            return True
        return not self._of("covid") and any(mark.start not in denied for mark in self._of("injected"))


_BOOK = PhraseBook([(name, pattern) for name, patterns in c.MARKS.items() for pattern in patterns], CLASSES)

"""Who speaks of whom, when and how: what lets a danger phrase count, or not, in its message."""

from __future__ import annotations

from vitext.marks import NEAR, Marks
from vitext.message import Message, Word
from vitext.phrases import NEGATIONS, Hit
from vitext.spelling import fits, spelling
from vitext.subject import Subjects
from vitext.vocabulary import word_set

# Between a negation and what it denies: "không bị khó thở", "chưa thấy có dấu hiệu khó thở".
_FILLERS = word_set("bi co con thay he cam giac trieu chung dau hieu bieu hien tinh trang nao gi den muc phai y dinh")
# Written out, for "khói" (smoke) and "đổ" take no breathlessness away.
_LESS = {meant.letters: meant for meant in map(spelling, ("hết", "đỡ", "bớt", "khỏi"))}
# Before these "không" closes a question: "có sao không, …".
_ASKS_BEFORE = frozenset(("sao", "duoc", "phai", "gi", "vay", "chua"))
# Words that may follow the "không" that closes a question, to the end of the clause.
_PARTICLES = word_set("a vay nhi ha the ad bac si si shop nhe nha oi anh chi em co chu cac ban admin bs day nua hay")
_SPOKEN_OF = word_set("bi co con tre f0 nguoi benh thay dang cam cac be em nha minh toi bo me ong ba no lai")
# "hết", "khỏi" after these means something else ("tím hết rồi", "biến mất khỏi đây").
_SAID_OF = word_set("muon dinh cung chi dang bi cu se lai vua")
_STAYING = word_set(
    "last_words gives_away asks_about_dying turning_blue rash_all_over swelling wants_to_die no_wish_to_live"
)


class Situation:
    """The circumstances of one message, found once, asked per hit."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self._marks = Marks(message)
        self.injected = self._is_injected()
        self._subjects = Subjects(message, self._marks.persons)

    def is_of_no_person(self, hit: Hit) -> bool:
        """Whether it is said of an animal, a thing, a figure in a tale or a game."""
        return self._subjects.is_of_no_person(hit)

    def is_told(self, hit: Hit) -> bool:
        """Whether the danger is hearsay, news, fiction ("nghe nói có người nhảy lầu")."""
        if any(index in self._marks.writer for index in range(hit.start, hit.end + 1)) or self._said_of_self(hit):
            return False
        if self._marks.in_sentence("rumour", hit) and not self._marks.writer_in_sentence(hit):
            return True
        # "phong chong bao hanh" without accents: the report's last word is also the first of the phrase (chồng).
        told = self._marks.end_before("report", hit) or hit.start + 1 in self._marks.ends("report")
        return told and not (self._happens_now(hit) and self._marks.person_near(hit))

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
        return self._marks.first_peopled <= self.message.words[hit.start].sentence

    def is_wished(self, hit: Hit) -> bool:
        """Whether a wish or a resolve stands in the sentence; "I" goes without saying."""
        return self._marks.in_sentence("wished", hit)

    def asks_about_law(self, hit: Hit) -> bool:
        """Whether violence is only the subject of a question ("đánh vợ bị phạt thế nào") and the writer no victim."""
        if self._follows_service(hit):
            return True
        if self._marks.writer_in_sentence(hit):
            return False
        if self._marks.in_sentence("law", hit) or self._asks_whether(hit):
            return True
        return (self._marks.in_sentence("question", hit) or self._asks_then(hit)) and not self._marks.person_near(hit)

    def is_explained(self, hit: Hit, circumstance: str) -> bool:
        """Whether something harmless in the sentence accounts for the phrase: a mask for short breath, hunger for a cry."""
        return self._marks.in_sentence(circumstance, hit)

    def is_general(self, hit: Hit) -> bool:
        """Whether a sign of illness is thought of, asked about or long past, rather than there now."""
        # "sợ sốc phản vệ": the condition's last word is the first of the phrase.
        thought_of = self._marks.end_before("condition", hit) or hit.start + 1 in self._marks.ends("condition")
        if thought_of or self._follows_when(hit) or self._asks_whether(hit):
            return True
        if self._marks.in_sentence("which", hit):
            return True
        old = self._marks.in_sentence("past", hit) or (
            self._marks.in_sentence("habit", hit) and self._marks.in_sentence("eligible", hit)
        )
        if old and not self._marks.in_sentence("now", hit):
            return True
        asks = self._marks.in_sentence("question", hit) or self._asks_then(hit)
        return asks and not (
            self._marks.person_near(hit) or self._happens_now(hit) or self._marks.in_sentence("lately", hit)
        )

    def _said_of_self(self, hit: Hit) -> bool:
        """ "xem phim xong em muốn …": the writer, then such a word, just before the phrase or as its first."""
        words, writer = self.message.words, self._marks.writer
        return any(at - 1 in writer and words[at].letters in _SAID_OF for at in (hit.start - 1, hit.start))

    def _follows_service(self, hit: Hit) -> bool:
        """Whether a help line or a lesson stands around the phrase and no person between them or in the phrase."""
        words, around = self.message.words, 2 * NEAR
        before = range(hit.start, max(hit.start - around, -1), -1)
        after = range(hit.end, min(hit.end + around, len(words)))
        spans = [range(index, hit.end) for index in before if index in self._marks.ends("service")]
        spans += [range(hit.start, index) for index in after if index in self._marks.starts("service")]
        return any(
            words[span.start].sentence == words[span[-1]].sentence and self._marks.persons.isdisjoint(span)
            for span in spans
        )

    def _happens_now(self, hit: Hit) -> bool:
        before, after = self._marks.ends("now_before"), self._marks.starts("now_after")
        return any(index + 1 in before for index in self._marks.before(hit, 2)) or any(
            index in after for index in range(hit.end, hit.end + 3)
        )

    def _says_now(self, hit: Hit) -> bool:
        return self._marks.in_sentence("now", hit) or self._happens_now(hit)

    def _denied_before(self, hit: Hit) -> bool:
        words = self.message.words
        for index in self._marks.before(hit, 6):
            letters = words[index].letters
            if words[index].clause != words[hit.start].clause:
                return False
            earlier = words[index - 1].letters if index else ""
            if letters in NEGATIONS:
                return earlier not in _ASKS_BEFORE
            if _is_less(words[index]) and not earlier.isdigit():  # "39 độ mê sảng" is no "đỡ mê sảng"
                return earlier not in NEGATIONS
            if letters not in _FILLERS:
                return False
        return False

    def _recovered_after(self, hit: Hit) -> bool:
        words, starts = self.message.words, self._marks.starts("recovered")
        for index in range(hit.end, min(hit.end + 4, len(words))):
            if words[index].sentence != words[hit.start].sentence or words[index].letters in NEGATIONS:
                return index in starts
            if index in starts:
                return True
        return False

    def _follows_when(self, hit: Hit) -> bool:
        """ "khi (trẻ bị) khó thở …" asks for the case; "sau khi tiêm khó thở" tells what happened."""
        words = self.message.words
        for index in self._marks.before(hit, 5):
            if words[index].letters == "khi":
                return not index or words[index - 1].letters not in ("sau", "tu", "truoc", "trong", "nhieu")
            if words[index].letters not in _SPOKEN_OF:
                return False
        return False

    def _asks_then(self, hit: Hit) -> bool:
        words, starts = self.message.words, self._marks.starts("then")
        return any(
            index in starts and words[index].sentence == words[hit.start].sentence
            for index in range(hit.end, min(hit.end + NEAR, len(words)))
        )

    def _asks_whether(self, hit: Hit) -> bool:
        """ "có (bị) khó thở không" up to the end of the clause."""
        words = self.message.words
        if not any(words[index].letters == "co" for index in self._marks.before(hit, 5)):
            return False
        if hit.end in self._marks.starts("not_at_all"):
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
        denied = {index for mark in self._marks.of("not_injected") for index in range(mark.start, mark.end)}
        if any(mark.start not in denied and mark.end - 1 not in denied for mark in self._marks.of("just_injected")):
            return True
        return not self._marks.of("covid") and any(mark.start not in denied for mark in self._marks.of("injected"))


def _is_less(word: Word) -> bool:
    less = _LESS.get(word.letters)
    return less is not None and any(fits(reading, less) for reading in word.readings)

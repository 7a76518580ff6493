"""Test questions with what a model made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ask import understand
from bot.evaluation.questions import FOLDED, FULL, Question
from bot.understanding import Understanding
from contracts.keys import NO_ANSWER_YET, OUT_OF_SCOPE, is_sensitive
from contracts.turn import TurnMeta
from vitext.fold import fold

ASKED = "?"  # behind a key that was only asked back


@dataclass(frozen=True)
class Outcome:
    """A question in one spelling with what the model made of it."""

    question: Question
    spelling: str
    meta: TurnMeta

    @property
    def right(self) -> bool:
        """Answered, and with the right key; asking back counts as not answered."""
        return self.meta.answer == self.question.answer and not self.meta.asked_back

    @property
    def offered(self) -> bool:
        """Asked back with the right key among the candidates."""
        return self.meta.asked_back and self.question.answer in [c.answer for c in self.meta.candidates]

    @property
    def past_the_point(self) -> bool:
        """Answered with confidence although it is out of scope; "no answer yet" says the same to the resident."""
        outside = (OUT_OF_SCOPE, NO_ANSWER_YET)
        return self.question.answer == OUT_OF_SCOPE and not self.meta.asked_back and self.meta.answer not in outside

    @property
    def alarm(self) -> bool:
        """Whether a person is called."""
        return is_sensitive(self.meta.answer) and not self.meta.asked_back

    @property
    def got(self) -> str:
        """The key answered, with ``?`` when it was only asked back."""
        return self.meta.answer + (ASKED if self.meta.asked_back else "")


def ask_all(understanding: Understanding, questions: Sequence[Question]) -> list[Outcome]:
    """Each question as it is written; what is spelt in full also without accents."""
    full = [question for question in questions if question.spelling == FULL]
    asked = [(question, question.spelling, question.text) for question in questions]
    asked += [(question, FOLDED, fold(question.text)) for question in full]
    metas = understand(understanding, [text for _, _, text in asked])
    return [Outcome(question, spelling, meta) for (question, spelling, _), meta in zip(asked, metas, strict=True)]

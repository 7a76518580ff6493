"""What is ours but has no approved answer: says so, gives the hotline, and notes it for the editors."""

from __future__ import annotations

from actions.outcome import Outcome, approved, notice
from actions.question import Question
from actions.shelf import Shelf
from actions.topic import TopicAction
from contracts.keys import NO_ANSWER_YET, OUT_OF_SCOPE
from contracts.reply import vietnamese_date
from contracts.turn import Effect


def no_answer(shelf: Shelf, key: str, place: str = "") -> Outcome:
    """The reply when no release for ``key`` is in force: until when there was one, else that there is none yet."""
    last_day = shelf.last_day("faq", key, place)
    if last_day is None:
        message = approved(NO_ANSWER_YET, shelf.need("faq", NO_ANSWER_YET))
    else:
        message = notice(NO_ANSWER_YET, shelf, "he_thong/het_han", ngay=vietnamese_date(last_day))
    return Outcome(messages=(message,), effects=(Effect(kind="unanswered"),))


class UnansweredAction(TopicAction):
    """``tro_chuyen/chua_co_cau_tra_loi`` and ``tro_chuyen/ngoai_pham_vi``; only the former is a gap of ours."""

    action_name = "action_unanswered"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        if question.key != OUT_OF_SCOPE:
            return no_answer(shelf, NO_ANSWER_YET)
        return Outcome(messages=(approved(OUT_OF_SCOPE, shelf.need("faq", OUT_OF_SCOPE)),))

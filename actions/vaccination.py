"""How far vaccination has come: the doses in the bulletin, else the last approved statement on them."""

from __future__ import annotations

from actions.answer import answer
from actions.bulletin import NEWEST_KEY, as_of, latest_bulletin
from actions.outcome import Outcome, bubble, notice
from actions.question import Question
from actions.shelf import Shelf
from actions.topic import TopicAction
from actions.wording import SERVICES
from contracts.bulletin import FIGURES, whole
from contracts.release import Release
from contracts.reply import vietnamese_time, with_source
from contracts.turn import Button, Payload

PROGRESS_KEY = "ban_tin/tien_do_tiem"
DOSES = ("doses", "total_doses")


def tell_progress(question: Question, shelf: Shelf) -> Outcome:
    """Doses with their cut-off time and source. Bulletins without doses leave the approved text on ``question.key``."""
    bulletin = latest_bulletin(shelf, question.place or shelf.gazetteer.province.path)
    if bulletin is None or not any(name in bulletin.payload["figures"] for name in DOSES):
        return answer(question, shelf)
    button = Button(title=SERVICES[NEWEST_KEY], payload=Payload(answer=NEWEST_KEY))
    message = bubble(PROGRESS_KEY, with_source(_doses(bulletin), bulletin), bulletin, [button])
    if shelf.stale_since is None:
        return Outcome(messages=(message,))
    old = notice(PROGRESS_KEY, shelf, "he_thong/du_lieu_cu", gio=vietnamese_time(shelf.stale_since))
    return Outcome(messages=(old, message))


def _doses(bulletin: Release) -> str:
    figures = bulletin.payload["figures"]
    lines = [f"{FIGURES[name]}: {whole(figures[name])}" for name in DOSES if name in figures]
    return "\n".join([f"Số liệu tính đến {vietnamese_time(as_of(bulletin))}:", *lines])


class VaccinationProgressAction(TopicAction):
    """``ban_tin/tien_do_tiem``."""

    action_name = "action_vaccination_progress"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        return tell_progress(question, shelf)

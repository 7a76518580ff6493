"""The latest approved bulletin: figures, what they mean, what to do; and plainly when today's is not out."""

from __future__ import annotations

from datetime import datetime

from actions.hotline import phone_buttons
from actions.outcome import Outcome, bubble, notice
from actions.question import Question
from actions.shelf import Shelf
from actions.topic import TopicAction
from actions.wording import SERVICES
from contracts.bulletin import bulletin_as_of, bulletin_text, cases_text, whole
from contracts.media import picture_of
from contracts.release import Release, covers
from contracts.reply import vietnamese_date, vietnamese_time, with_source
from contracts.turn import Button, Payload, ReplyMessage

NEWEST_KEY = "ban_tin/moi_nhat"
CASES_KEY = "ban_tin/so_ca"


def tell_bulletin(question: Question, shelf: Shelf) -> Outcome:
    """The bulletin of the place asked for (``question.key`` decides: whole, or figures alone), with what limits it."""
    release = latest_bulletin(shelf, question.place or shelf.gazetteer.province.path)
    messages = _limits(question, shelf, release)
    if release is not None:
        figures_alone = question.key == CASES_KEY
        text = cases_text(release.payload) if figures_alone else bulletin_text(release.payload)
        text = with_source("\n".join([text, *_of_place(question, release)]), release)
        picture = None if figures_alone else picture_of(release.payload)
        messages.append(bubble(question.key, text, release, _more(question), picture))
    return Outcome(messages=tuple(messages))


def latest_bulletin(shelf: Shelf, asked: str) -> Release | None:
    """The newest bulletin in force among those for the smallest unit that covers the place."""
    covering = [release for release in shelf.of_kind("bulletin") if covers(release.place, asked)]
    return max(covering, key=lambda release: (len(release.place), as_of(release)), default=None)


def as_of(release: Release) -> datetime:
    """The cut-off time of a bulletin's figures."""
    return bulletin_as_of(release.payload)


def _limits(question: Question, shelf: Shelf, release: Release | None) -> list[ReplyMessage]:
    """What the resident must know before the figures: unknown place, an old copy, today's bulletin not out."""
    messages = []
    if question.reading.foreign_name:
        name = question.reading.foreign_name
        messages.append(notice(question.key, shelf, "he_thong/dia_danh_la", ten=name))
    if shelf.stale_since is not None:
        # "Not out yet" would be a guess here: the newsroom may have released one that this copy does not hold.
        since = vietnamese_time(shelf.stale_since)
        messages.append(notice(question.key, shelf, "he_thong/du_lieu_cu", phone_buttons(shelf), gio=since))
    elif release is None or as_of(release).date() < shelf.today:
        buttons = phone_buttons(shelf) if release is None else ()
        today = vietnamese_date(shelf.today)
        messages.append(notice(question.key, shelf, "he_thong/chua_co_ban_tin", buttons, ngay=today))
    return messages


def _of_place(question: Question, release: Release) -> list[str]:
    """The line about the district asked for, or that the bulletin has none: its figures are of a larger unit."""
    place = question.reading.place
    if place is None or place.path == release.place:
        return []
    for district in release.payload["districts"]:
        if covers(district["place"], place.path):
            return ["", f"Riêng {district['name']}: {whole(district['new_cases'])} ca mắc mới."]
    return ["", f"Số liệu trên là của toàn tỉnh. Bản tin không nêu số riêng của {place.name}."]


def _more(question: Question) -> list[Button]:
    """From the figures alone to what they mean."""
    if question.key == NEWEST_KEY:
        return []
    return [Button(title=SERVICES[NEWEST_KEY], payload=Payload(answer=NEWEST_KEY))]


class BulletinAction(TopicAction):
    """``ban_tin/moi_nhat`` and ``ban_tin/so_ca``."""

    action_name = "action_bulletin"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        return tell_bulletin(question, shelf)

"""Phone numbers for a need and a place."""

from __future__ import annotations

from actions.needs import needs_told
from actions.outcome import Outcome, bubble, notice
from actions.question import Question
from actions.shelf import Shelf
from actions.topic import TopicAction
from actions.unanswered import no_answer
from contracts.release import PROVINCE, Release, covers
from contracts.reply import with_source
from contracts.turn import Button, ReplyMessage

HOTLINE_KEY = "lien_he/duong_day_nong"
# The province's own number first, then the ministry's: together they answer every question about the epidemic.
DEFAULT_PHONES = ("02371022", "19009095")
MOST = 3


def find_hotlines(question: Question, shelf: Shelf) -> Outcome:
    """Up to three numbers, one a bubble so that each keeps its source; emergencies first.

    Who names a place outside the province hears so and gets the national numbers: ours do not serve there.
    """
    foreign = question.reading.foreign_name
    found = _by_need(question, shelf, PROVINCE if foreign else question.place or shelf.gazetteer.province.path)
    if not found:
        return no_answer(shelf, HOTLINE_KEY, question.place)
    numbers = tuple(_number(release) for release in found[:MOST])
    if foreign:
        return Outcome(messages=(notice(HOTLINE_KEY, shelf, "he_thong/dia_danh_la", ten=foreign), *numbers))
    return Outcome(messages=numbers)


def phone_buttons(shelf: Shelf) -> list[Button]:
    """Buttons that call the default numbers, as far as they are released."""
    return [phone_button(release) for release in _defaults(_serving(shelf, shelf.gazetteer.province.path))]


def phone_button(release: Release) -> Button:
    """``Gọi 115``."""
    phone = str(release.payload["phone"])
    return Button(title=f"Gọi {phone}", phone=phone)


def _by_need(question: Question, shelf: Shelf, asked: str) -> list[Release]:
    serving = _serving(shelf, asked)
    fitting = [release for need in needs_told(question.text) for release in serving if need in release.payload["need"]]
    return list({release.id: release for release in fitting}.values()) or _defaults(serving)


def _serving(shelf: Shelf, asked: str) -> list[Release]:
    """Numbers for the place, the nearest ones first."""
    serving = [release for release in shelf.of_kind("hotline") if covers(release.place, asked)]
    return sorted(serving, key=lambda release: (-len(release.place), release.key))


def _defaults(serving: list[Release]) -> list[Release]:
    by_phone = {str(release.payload["phone"]): release for release in serving}
    return [by_phone[phone] for phone in DEFAULT_PHONES if phone in by_phone]


def _number(release: Release) -> ReplyMessage:
    payload = release.payload
    lines = [f"{payload['name']}: {payload['display']}"]
    if payload.get("hours"):
        lines.append(f"Giờ trực: {payload['hours']}")
    lines += [str(payload[name]) for name in ("fee_note", "note") if payload.get(name)]
    return bubble(HOTLINE_KEY, with_source("\n".join(lines), release), release, [phone_button(release)])


class HotlineAction(TopicAction):
    """``lien_he/duong_day_nong``."""

    action_name = "action_hotline"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        return find_hotlines(question, shelf)

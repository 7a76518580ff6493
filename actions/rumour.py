"""Rumours: checked against the approved fact-checks, else noted for the editors; and reports of false news."""

from __future__ import annotations

from collections.abc import Mapping

from actions.claims import best_match, has_content
from actions.hotline import phone_buttons
from actions.outcome import Outcome, bubble, notice
from actions.question import Question
from actions.shelf import Shelf
from actions.topic import TopicAction
from actions.wording import OFFICIAL_CHANNELS
from contracts.keys import RUMOUR_CHECK, RUMOUR_REPORT
from contracts.release import Release, covers
from contracts.reply import release_buttons, with_source
from contracts.turn import Button, Effect, Payload, ReplyMessage

VERDICTS: Mapping[str, str] = {
    "dung": "đúng",
    "sai": "sai sự thật",
    "dung_mot_phan": "chỉ đúng một phần",
    "da_cu": "đã cũ, không còn đúng",
}


def check_rumour(question: Question, shelf: Shelf) -> Outcome:
    """The verdict on what the message claims; without a claim it is asked for, and the next message is taken as it."""
    if not has_content(question.text, asked_for=question.pending == RUMOUR_CHECK):
        message = notice(RUMOUR_CHECK, shelf, "he_thong/hoi_tin_kiem_chung")
        return Outcome(messages=(message,), pending=RUMOUR_CHECK)
    asked = question.place or shelf.gazetteer.province.path
    checks = [check for check in shelf.of_kind("fact_check") if covers(check.place, asked)]
    found = best_match(question.text, checks)
    if found is not None:
        return Outcome(messages=(_verdict(found),))
    channels = Button(title=OFFICIAL_CHANNELS, payload=Payload(answer="lien_he/kenh_chinh_thong"))
    message = notice(RUMOUR_CHECK, shelf, "he_thong/chua_kiem_chung", [channels, *phone_buttons(shelf)])
    return Outcome(messages=(message,), effects=(_rumour(question),))


def report_rumour(question: Question, shelf: Shelf) -> Outcome:
    """Thanks, and the report noted; without its content that is asked for."""
    if not has_content(question.text, asked_for=question.pending == RUMOUR_REPORT):
        message = notice(RUMOUR_REPORT, shelf, "he_thong/hoi_tin_can_bao")
        return Outcome(messages=(message,), pending=RUMOUR_REPORT)
    message = notice(RUMOUR_REPORT, shelf, "he_thong/da_ghi_nhan_tin")
    return Outcome(messages=(message,), effects=(_rumour(question),))


def _rumour(question: Question) -> Effect:
    return Effect(kind="rumour", data={"text": question.text})


def _verdict(check: Release) -> ReplyMessage:
    payload = check.payload
    lines = [
        f"Tin: “{payload['claim']}”.",
        f"Kết quả kiểm chứng: {VERDICTS[payload['verdict']]}.",
        str(payload["explanation"]),
    ]
    return bubble(RUMOUR_CHECK, with_source("\n".join(lines), check), check, release_buttons(check))


class RumourCheckAction(TopicAction):
    """``tin_don/kiem_chung``."""

    action_name = "action_check_rumour"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        return check_rumour(question, shelf)


class RumourReportAction(TopicAction):
    """``tin_don/bao_tin``."""

    action_name = "action_report_rumour"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        return report_rumour(question, shelf)

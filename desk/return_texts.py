"""What the resident is told when an operator gives the conversation back: approved texts, in force now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from contracts.release import PROVINCE, Release, most_specific
from contracts.reply import answer_of, picture_meta, release_meta
from contracts.turn import button_to_json
from desk.clock import clock
from ledger.replies import Reply

AFTER_ANSWER = ("system", "he_thong/tra_lai_tro_ly")
UNANSWERED = ("faq", "tro_chuyen/quay_lai")  # the other one says that the operator has answered


@dataclass(frozen=True, kw_only=True)
class ReturnTexts:
    """``unanswered``: for who got no word from the operator. None where no approved text is in force."""

    after_answer: Reply | None
    unanswered: Reply | None


def return_texts() -> ReturnTexts:
    """The texts of this moment, from the newsroom's releases in force; the installation names who gives them."""
    installation: Any = settings  # RELEASES_IN_FORCE is the newsroom's own, unknown to Django's types
    in_force: Callable[..., list[Release]] = import_string(installation.RELEASES_IN_FORCE)
    releases = in_force(clock().content_now())
    return ReturnTexts(after_answer=_reply(releases, *AFTER_ANSWER), unanswered=_reply(releases, *UNANSWERED))


def _reply(releases: list[Release], kind: str, key: str) -> Reply | None:
    release = most_specific(releases, kind, key, PROVINCE)
    if release is None:
        return None
    if kind == "system":  # as the gateway says them: the bare text
        return Reply(text=str(release.payload["text"]), release=release.id)
    answer = answer_of(release)
    meta = {"answer": key, "confidence": 1.0, "asked_back": False, "release": release_meta(release)}
    return Reply(
        text=answer.text,
        buttons=[button_to_json(button) for button in answer.buttons],
        image=answer.picture.address if answer.picture else "",
        meta=meta | picture_meta(answer.picture),
        release=release.id,
    )

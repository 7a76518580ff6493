"""Whether the action server can answer: every dependency by name."""

from __future__ import annotations

from actions.handoff import WANTS_ASSISTANT, WANTS_ERASURE, WANTS_PERSON
from actions.shelf import Library, MissingReleaseError, unusable_texts
from actions.snapshot import SnapshotRefresher
from contracts.keys import NO_ANSWER_YET, OUT_OF_SCOPE

OK = "ok"
# Answers that actions give by name, whatever was asked.
NEEDED_ANSWERS = (NO_ANSWER_YET, OUT_OF_SCOPE, WANTS_PERSON, WANTS_ASSISTANT, WANTS_ERASURE)


def checks(library: Library, refresher: SnapshotRefresher) -> dict[str, str]:
    """``"ok"`` or a reason for snapshot, texts, safety, newsroom."""
    newsroom = refresher.trouble or OK
    try:
        shelf = library.shelf()
    except MissingReleaseError as error:
        reason = str(error)
        return {"snapshot": reason, "texts": reason, "safety": reason, "newsroom": newsroom}
    texts = unusable_texts(shelf)
    texts += [key for key in NEEDED_ANSWERS if shelf.find("faq", key) is None]
    unsafe = [key for key in library.priorities if shelf.find("safety", key) is None]
    return {
        "snapshot": OK,
        "texts": f"missing or with an unknown placeholder: {', '.join(texts)}" if texts else OK,
        "safety": f"missing: {', '.join(unsafe)}" if unsafe else OK,
        "newsroom": newsroom,
    }


def is_ready(found: dict[str, str]) -> bool:
    """The newsroom may be away: the copy answers for it, and says so when it grows old."""
    return all(reason == OK for name, reason in found.items() if name != "newsroom")

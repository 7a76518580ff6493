"""What is answered before the engine is asked: no words, too many words, the wish to have the assistant back."""

from __future__ import annotations

from connectors.snapshot.texts import GatewayTexts
from contracts.keys import HELP
from contracts.text import MAX_MESSAGE_CHARS, has_words
from ledger.models import State
from ledger.replies import Reply
from ledger.turns import Work
from vitext.fold import fold

RETURN_KEY = "tro_chuyen/quay_lai"
# What somebody sent instead of words (``meta.media``, named by the channel) → the system text that speaks of it; content
# that lacks one of them gets the text for messages without words.
MEDIA_TEXTS = {
    "image": "hinh_anh",
    "video": "video",
    "voice": "giong_noi",
    "file": "tep",
    "sticker": "nhan_dan",
    "card": "danh_thiep",
}
_RETURN_WISHES = ("quay lai tro ly", "quay lai voi tro ly", "tro lai tro ly", "gap lai tro ly", "quay ve tro ly")


def screen(work: Work, texts: GatewayTexts) -> Reply | None:
    """The reply to a message that the engine must not see, else None."""
    if "payload" in work.meta or "location" in work.meta:
        return None
    if work.meta.get("button") == "unknown":
        return _say(texts, "rong")
    if "media" in work.meta and not has_words(work.text):
        return _say(texts, _about(work.meta["media"], texts))
    if not has_words(work.text):
        return _say(texts, "rong")
    if len(work.text) > MAX_MESSAGE_CHARS:
        return _say(texts, "qua_dai")
    return None


def wants_assistant_back(text: str, payload_answer: str | None) -> bool:
    """Whether a resident asks for the assistant, typed or tapped."""
    return payload_answer == RETURN_KEY or any(wish in fold(text) for wish in _RETURN_WISHES)


def return_reply(texts: GatewayTexts) -> Reply:
    """The assistant is back; its text is an approved answer like any other."""
    meta = {"answer": RETURN_KEY, "confidence": 1.0, "asked_back": False}
    release = texts.find("faq", RETURN_KEY)
    if release is not None:
        return texts.reply(release, meta=meta)
    text, system_release = texts.system("tra_lai_tro_ly")
    return Reply(text=text, release=system_release, meta=meta)


def in_persons_hands(state: str) -> bool:
    """Whether a person owns the conversation."""
    return state == State.HUMAN


def _about(media: str, texts: GatewayTexts) -> str:
    name = MEDIA_TEXTS.get(media, "rong")
    return name if texts.find("system", f"he_thong/{name}") is not None else "rong"


def _say(texts: GatewayTexts, name: str) -> Reply:
    text, release = texts.system(name)
    return Reply(text=text, release=release, meta={"answer": HELP, "confidence": 0.0, "asked_back": True})

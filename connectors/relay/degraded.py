"""The answer while the engine is away: the release whose words fit best, or the likeliest ones as choices, or the menu.

It has no ambition to understand. A tapped choice is answered exactly, for its key is known.
"""

from __future__ import annotations

import asyncio

from connectors.relay.keyword_index import Index
from connectors.snapshot.texts import GatewayTexts
from contracts.keys import NO_ANSWER_YET, SMALL_TALK_PREFIX
from contracts.release import Release
from ledger.replies import Reply

# Read off `make bench-degraded` (89 keys with an answer, each writer counts alike): from 0.24 on four in five of its answers
# are right, and it says that it may not be what was meant; down to 0.12 the right one is among the first three for two
# questions in three.
ENOUGH = 0.24
POSSIBLE = 0.12
CHOICES = 3
AFRESH_S = 0.2  # how soon a change of the releases is noticed


class DegradedAnswers:
    """Keyword match over the faq releases in force."""

    def __init__(self, texts: GatewayTexts) -> None:
        self._texts = texts
        self._index: Index | None = None

    async def run(self) -> None:
        """Keeps the index fresh until cancelled: made when it is first wanted, it held up every webhook for 50 to 120 ms."""
        while True:
            releases, ids = self._answers()
            if not self._is_fresh(ids):
                self._index = await asyncio.to_thread(Index, ids, releases)
            await asyncio.sleep(AFRESH_S)

    def answer(self, question: str, tapped: str | None = None) -> Reply:
        """A reply to a question, or to a tapped choice of which the key is known."""
        release = self._texts.find("faq", tapped) if tapped else None
        if release is not None:
            return self._texts.reply(release, meta=_meta(release.key, 1.0))
        ranked = [] if tapped else self.ranked(question)
        if ranked and ranked[0][1] >= ENOUGH:
            best, score = ranked[0]
            notice, _ = self._texts.system("tam_gian_doan")
            return self._texts.reply(best, meta=_meta(best.key, score), prefix=notice)
        return self._offer([found for found in ranked if found[1] >= POSSIBLE])

    def ranked(self, question: str) -> list[tuple[Release, float]]:
        """The releases that fit best with their scores (0 to 1), best first."""
        releases, ids = self._answers()
        if self._index is None or not self._is_fresh(ids):
            self._index = Index(ids, releases)
        return self._index.ranked(question, CHOICES)

    def _is_fresh(self, ids: frozenset[str]) -> bool:
        return self._index is not None and self._index.ids == ids

    def _answers(self) -> tuple[list[Release], frozenset[str]]:
        """The releases that may answer now, and their ids."""
        releases = [r for r in self._texts.in_force("faq") if not r.key.startswith(SMALL_TALK_PREFIX) and not r.place]
        return releases, frozenset(release.id for release in releases)

    def _offer(self, possible: list[tuple[Release, float]]) -> Reply:
        """The likeliest titles as choices, or the menu; always with the hotlines."""
        notice, notice_release = self._texts.system("chua_tra_loi_duoc")
        if possible:
            buttons = [{"title": r.payload["title"], "payload": {"answer": r.key, "slots": {}}} for r, _ in possible]
            best, score = possible[0]
            meta = {**_meta(best.key, score), "asked_back": True}
            return Reply(text=notice, meta=meta, release=notice_release, buttons=buttons)
        meta = {**_meta(NO_ANSWER_YET, 0.0), "asked_back": True}
        menu = self._texts.find("menu", "menu/chinh")
        if menu is None:
            return Reply(text=notice, meta=meta, release=notice_release)
        return self._texts.reply(menu, meta=meta, prefix=notice)


def _meta(answer: str, score: float) -> dict[str, object]:
    return {"answer": answer, "confidence": round(score, 3), "model": "degraded", "asked_back": False}

"""What somebody sends instead of words is answered by an approved text that speaks of just that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from connectors.channels.zalo.attachments import MEDIA
from connectors.relay.screening import MEDIA_TEXTS, screen
from connectors.snapshot.texts import GatewayTexts
from contracts.clock import system_now
from contracts.snapshot import SnapshotCopy
from ledger.turns import Work
from tests.connectors.conftest import DEMO
from tests.support.content_pack import shipped_snapshot

WORDS = {
    "image": "ảnh của bạn",
    "video": "video của bạn",
    "voice": "tin nhắn thoại của bạn",
    "file": "tệp của bạn",
    "sticker": "nhãn dán",
    "card": "danh thiếp của bạn",
}


def _texts(without: str = "") -> GatewayTexts:
    snapshot = shipped_snapshot()
    kept = tuple(release for release in snapshot.releases if release.key != without)
    return GatewayTexts(SnapshotCopy(Path("unused"), replace(snapshot, releases=kept)), DEMO)


def _work(media: str, text: str = "") -> Work:
    return Work(
        conversation_id="c",
        entry_id=1,
        channel="zalo",
        text=text,
        meta={"media": media},
        state="bot",
        position=None,
        first=False,
        at=system_now(),
    )


@pytest.mark.parametrize("media", sorted(set(MEDIA.values())))
def test_it_speaks_of_what_was_sent(media: str) -> None:
    reply = screen(_work(media), _texts())

    assert reply is not None
    assert WORDS[media] in reply.text
    assert [word for kind, word in WORDS.items() if kind != media and word in reply.text] == []
    assert reply.release == f"system:he_thong/{MEDIA_TEXTS[media]}"


@pytest.mark.parametrize("media", ["sticker", "hologram"])
def test_it_asks_for_words_when_there_is_no_text_about_it(media: str) -> None:
    reply = screen(_work(media), _texts(without="he_thong/nhan_dan"))

    assert reply is not None
    assert reply.release == "system:he_thong/rong"


def test_it_leaves_a_caption_to_the_engine() -> None:
    assert screen(_work("image", "giấy này là gì?"), _texts()) is None

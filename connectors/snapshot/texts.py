"""What the gateway itself says: approved safety, system and menu texts, as replies with their release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from contracts.clock import Clock
from contracts.release import PROVINCE, Release
from contracts.reply import answer_of, picture_meta, release_meta, vietnamese_date
from contracts.snapshot import SnapshotCopy
from contracts.turn import button_to_json
from ledger.inbound import Alarm
from ledger.replies import Reply
from vitext.danger import find_danger

# Without these the gateway would have to stay silent somewhere, so it is not ready without them.
SYSTEM_TEXTS = (
    "rong",
    "qua_dai",
    "hinh_anh",
    "qua_nhieu",
    "tam_gian_doan",
    "chua_tra_loi_duoc",
    "cho_nguoi_truc",
    "tra_lai_tro_ly",
    "chao_minh_hoa",
)
# A message is looked at when it arrives and again when it enters the log, at 200 a second 0.3 ms each time.
_find_danger = lru_cache(maxsize=256)(find_danger)
PRIORITY_1 = ("nhay_cam/cap_cuu", "nhay_cam/phan_ung_nang", "nhay_cam/tu_hai", "nhay_cam/bao_luc")


class GatewayTexts:
    """Looks the texts up in the copy at the content clock's time."""

    def __init__(self, copy: SnapshotCopy, clock: Clock) -> None:
        self._copy = copy
        self._clock = clock

    def missing(self) -> list[str]:
        """Keys without which the gateway is not ready; one pass over the releases, for it is asked every second."""
        releases = [] if self._copy.snapshot is None else self._copy.snapshot.at(self._clock.content_now())
        there = {(release.kind, release.key) for release in releases if release.place == PROVINCE}
        wanted = [("safety", key) for key in PRIORITY_1] + [("system", f"he_thong/{name}") for name in SYSTEM_TEXTS]
        return [key for kind, key in [*wanted, ("menu", "menu/chinh")] if (kind, key) not in there]

    def find(self, kind: str, key: str) -> Release | None:
        """The release in force now, valid in the whole province."""
        if self._copy.snapshot is None:
            return None
        return self._copy.snapshot.find(kind, key, self._clock.content_now())

    def in_force(self, kind: str) -> list[Release]:
        """All releases of a kind in force now."""
        if self._copy.snapshot is None:
            return []
        return self._copy.snapshot.of_kind(kind, self._clock.content_now())

    def alarm(self, text: str) -> Alarm | None:
        """The alarm that a resident's words set off, with the safety text that goes out at once."""
        danger = _find_danger(text)
        if danger is None:
            return None
        release = self.find("safety", danger.key)
        if release is None:
            release = self.find("safety", PRIORITY_1[0])
        if release is None:
            return None
        handoff = {"reason": danger.key, "priority": 1}
        reply = self.reply(release, meta={"answer": danger.key, "confidence": 1.0, "handoff": handoff})
        if self._clock.demo:
            reply = replace(reply, text=f"{reply.text}\n\n{self.demo_notice()}")
        return Alarm(key=danger.key, priority=1, reply=reply)

    def system(self, name: str, **values: str) -> tuple[str, str]:
        """Text of ``he_thong/<name>`` with its placeholders filled, and its release id; empty when there is none."""
        release = self.find("system", f"he_thong/{name}")
        if release is None:
            return "", ""
        text = str(release.payload["text"])
        for placeholder, value in values.items():
            text = text.replace("{" + placeholder + "}", value)
        return text, release.id

    def demo_notice(self) -> str:
        """``Chế độ minh họa: hôm nay là …`` with the demo clock, else empty."""
        if not self._clock.demo:
            return ""
        return self.system("chao_minh_hoa", ngay=vietnamese_date(self._clock.content_now().date()))[0]

    def reply(self, release: Release, meta: Mapping[str, Any], prefix: str = "") -> Reply:
        """A reply that tells a release: text with source, its buttons and picture, its id for later corrections."""
        answer = answer_of(release)
        more = {"release": release_meta(release), **picture_meta(answer.picture)}
        return Reply(
            text=f"{prefix}\n\n{answer.text}" if prefix else answer.text,
            buttons=[button_to_json(button) for button in answer.buttons],
            image=answer.picture.address if answer.picture else "",
            meta={"asked_back": False, "confidence": 0.0, **meta, **more},
            release=release.id,
        )

"""Releases for tests of the action server: short texts of our own, real fingerprints, a snapshot that adds up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from actions.shelf import SYSTEM_TEXTS
from contracts.clock import VIETNAM
from contracts.release import Release, Retraction, Source, fingerprint
from contracts.snapshot import Snapshot

NOW = datetime(2021, 12, 31, 9, 0, tzinfo=VIETNAM)
LETTER = Source(number="10696/BYT-MT", title="Công văn về cách ly", issuer="Bộ Y tế", date=date(2021, 12, 16))
THO_XUAN, BIM_SON, MUONG_LAT = "38/395", "38/381", "38/384"
CHAT = ("chua_co_cau_tra_loi", "ngoai_pham_vi", "gap_nguoi", "quay_lai", "xoa_du_lieu", "chao")


@dataclass
class Pack:
    """Releases as they are added; ``snapshot()`` is what the newsroom would serve."""

    releases: list[Release] = field(default_factory=list)
    retractions: list[Retraction] = field(default_factory=list)

    def add(self, kind: str, key: str, payload: dict[str, Any], **fields: Any) -> Release:
        """One release, in force since a month, for ever unless ``fields`` says otherwise."""
        begun = NOW - timedelta(days=30)
        values: dict[str, Any] = {
            "place": "",
            "source": LETTER,
            "authors": ("bien_tap",),
            "approver": "phe_duyet",
            "approved_at": begun,
            "valid_from": begun,
            "valid_to": None,
        }
        release = Release(id=f"r{len(self.releases)}", kind=kind, key=key, payload=payload, **(values | fields))
        self.releases.append(replace(release, sha256=fingerprint(release)))
        return self.releases[-1]

    def faq(self, key: str, text: str = "", **fields: Any) -> Release:
        """An answer with the title ``Hỏi về <key>``."""
        payload = {"title": f"Hỏi về {key}", "text": text or f"Trả lời {key}.", "buttons": [], "facts": "A"}
        return self.add("faq", key, payload, **fields)

    def system_texts(self, *left_out: str) -> None:
        """All texts that the actions need, each naming its key and placeholders; small talk as well."""
        for key, placeholders in SYSTEM_TEXTS.items():
            if key not in left_out:
                text = " ".join([f"[{key}]", *(f"{{{name}}}" for name in sorted(placeholders))])
                self.add("system", key, {"text": text}, source=None)
        for name in CHAT:
            self.faq(f"tro_chuyen/{name}")

    def site(self, name: str, place: str, *days: str, lat: float = 19.9, lng: float = 105.5, **more: Any) -> Release:
        """An invented site with a session at half past seven on each day."""
        sessions = [{"date": day, "from": "07:30", "to": "11:00", "vaccine": "Pfizer"} for day in days]
        payload = {"name": name, "address": f"Gần {name}", "place_name": "", "lat": lat, "lng": lng, "hours": "7 giờ"}
        payload |= {"sessions": sessions, "note": "", "demo": True} | more
        return self.add("site", name, payload, place=place)

    def hotline(self, phone: str, *need: str, place: str = "", hours: str = "") -> Release:
        """A public number."""
        payload = {"name": f"Tổng đài {phone}", "phone": phone, "display": phone, "need": list(need)}
        return self.add("hotline", phone, payload | {"hours": hours, "fee_note": "", "note": ""}, place=place)

    def hotlines(self) -> None:
        """The two default numbers and the emergency number."""
        self.hotline("02371022", "tiem_chung", place="38")
        self.hotline("19009095", "tu_van_covid")
        self.hotline("115", "cap_cuu")

    def rule(self, subject: str, vaccinated: str, text: str, **fields: Any) -> Release:
        """A quarantine rule for the province; a later ``valid_from`` gives it a key of its own, as in the pack."""
        payload = {"subject": subject, "vaccinated": vaccinated, "isolate_days": 7, "monitor_days": 7, "tests": []}
        key = "-".join([subject, vaccinated, *(str(moment.date()) for moment in fields.values())])
        return self.add("rule", key, payload | {"text": text}, place="38", **fields)

    def office(self, type_: str, place: str, *, phone: str = "", demo: bool = True) -> Release:
        """A health office, named by its type and place."""
        payload = {"type": type_, "name": f"{type_} {place}", "address": f"Gần {place}", "phone": phone}
        return self.add("office", f"{type_}-{place}", payload | {"hours": "", "note": "", "demo": demo}, place=place)

    def fact_check(self, claim: str, *wordings: str, verdict: str = "sai", place: str = "") -> Release:
        """A fact-check with one button."""
        payload = {"claim": claim, "wordings": list(wordings), "verdict": verdict, "explanation": "Vì sao."}
        buttons = [{"title": "Gọi 115", "phone": "115"}]
        return self.add("fact_check", claim, payload | {"buttons": buttons}, place=place)

    def bulletin(self, as_of: str, *, place: str = "38", **payload: Any) -> Release:
        """A bulletin with 1,348 new cases."""
        body: dict[str, Any] = {"number": "12/BC", "as_of": as_of, "figures": {"new_cases": 1348}, "districts": []}
        body |= {"commentary": "Số ca tăng.", "advice": "Giữ 5K."} | payload
        return self.add("bulletin", "ban_tin", body, place=place)

    def snapshot(self, made_at: datetime = NOW) -> Snapshot:
        """What the newsroom serves; the tag changes with the number of releases."""
        etag = f"e{len(self.releases)}-{len(self.retractions)}"
        return Snapshot(etag, made_at, tuple(self.releases), tuple(self.retractions))


def place(path: str, name: str, *others: tuple[str, str]) -> dict[str, Any]:
    """A place entity with its candidates, the given one first."""
    candidates = [{"place": path, "name": name}, *({"place": p, "name": n} for p, n in others)]
    return {"entity": "dia_danh", "start": 0, "end": len(name), "value": name, "candidates": candidates}


def foreign_place(name: str) -> dict[str, Any]:
    """A place that is none of the province's."""
    return {"entity": "dia_danh_la", "start": 0, "end": len(name), "value": name}

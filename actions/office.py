"""Where the health station, the district's centre, the hospital, the CDC is."""

from __future__ import annotations

from collections.abc import Mapping

from actions.asking import ask_place
from actions.gazetteer import Place
from actions.hotline import phone_button, phone_buttons
from actions.outcome import Outcome, bubble, notice
from actions.question import Question
from actions.shelf import Shelf
from actions.site_text import DEMO
from actions.topic import TopicAction
from contracts.release import Release, covers
from contracts.reply import with_source
from contracts.turn import ReplyMessage
from vitext.fold import syllables

OFFICE_KEY = "lien_he/co_quan_y_te"
MOST = 3
OTHERS = "Tôi chưa có địa chỉ loại bạn hỏi ở {}. Cơ quan y tế khác phục vụ nơi đó:"
# Type (as editors give it to an office) → phrases of residents.
PHRASES: Mapping[str, tuple[str, ...]] = {
    "tram_y_te": ("tram y te", "tram xa", "tram phuong", "tyt"),
    "trung_tam_y_te": ("trung tam y te", "ttyt", "y te huyen"),
    "benh_vien": ("benh vien", "bv", "nha thuong"),
    "cdc": ("cdc", "kiem soat benh tat", "y te du phong"),
    "so_y_te": ("so y te",),
}
# One for the whole province: these need no place.
PROVINCIAL = frozenset({"cdc", "so_y_te"})


def find_offices(question: Question, shelf: Shelf) -> Outcome:
    """Up to three offices, one a bubble, the nearest first; asks back where the place is needed and not settled."""
    types = types_told(question.text)
    province = shelf.gazetteer.province
    if types and set(types) <= PROVINCIAL:
        return _offices(_of_types(types, shelf, province.path), province, shelf)
    reading = question.reading
    named = reading.place or reading.choices or reading.foreign_name
    if not named and question.last_place.count("/"):
        return _at(shelf.gazetteer.place(question.last_place), types, shelf)
    asked_back = ask_place(OFFICE_KEY, question, shelf)
    return asked_back or _at(shelf.gazetteer.place(question.place), types, shelf)


def types_told(text: str) -> list[str]:
    """The types of office that the text names; empty when it names none."""
    words = " " + " ".join(syllable.folded for syllable in syllables(text)) + " "
    return [type_ for type_, phrases in PHRASES.items() if any(f" {phrase} " in words for phrase in phrases)]


def _at(place: Place, types: list[str], shelf: Shelf) -> Outcome:
    """Offices of the types asked for that serve the place or stand in it, else all that serve it."""
    found = _of_types(types, shelf, place.path)
    if not found:
        inside = (office for office in shelf.of_kind("office") if covers(place.path, office.place))
        found = [office for office in inside if office.payload["type"] in types]
    if found:
        return _offices(found, place, shelf)
    others = _of_types([type_ for type_ in PHRASES if type_ not in PROVINCIAL], shelf, place.path)
    return _offices(others, place, shelf, OTHERS.format(place.name) if types else "")


def _of_types(types: list[str], shelf: Shelf, asked: str) -> list[Release]:
    """Those that serve the place, the smallest unit's first."""
    offices = (office for office in shelf.of_kind("office") if covers(office.place, asked))
    chosen = [office for office in offices if office.payload["type"] in types]
    return sorted(chosen, key=lambda office: (-len(office.place), office.key))


def _offices(found: list[Release], place: Place, shelf: Shelf, heading: str = "") -> Outcome:
    if not found:
        message = notice(OFFICE_KEY, shelf, "he_thong/khong_co_co_quan_y_te", phone_buttons(shelf), ten=place.name)
        return Outcome(messages=(message,))
    shown = found[:MOST]
    return Outcome(
        messages=tuple(_office(office, shelf, "" if office is not shown[0] else heading) for office in shown)
    )


def _office(office: Release, shelf: Shelf, heading: str) -> ReplyMessage:
    payload = office.payload
    phone = str(payload.get("phone") or "")
    lines = [heading, str(payload["name"]), f"Địa chỉ: {payload['address']}"]
    lines.append(f"Điện thoại: {phone}" if phone else "Điện thoại: tôi chưa có số chính thức.")
    if payload.get("hours"):
        lines.append(f"Giờ làm việc: {payload['hours']}")
    lines.append(str(payload.get("note") or ""))
    if payload.get("demo") and DEMO not in " ".join(lines).lower():
        lines.append(f"({DEMO})")
    text = with_source("\n".join(line for line in lines if line), office)
    buttons = [phone_button(office)] if phone else phone_buttons(shelf)
    return bubble(OFFICE_KEY, text, office, buttons)


class OfficeAction(TopicAction):
    """``lien_he/co_quan_y_te``."""

    action_name = "action_office"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        return find_offices(question, shelf)

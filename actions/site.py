"""Vaccination sites: by district or commune, or the nearest ones to a shared location."""

from __future__ import annotations

from datetime import date

from actions.asking import ask_place, place_buttons
from actions.distance import kilometres_between
from actions.gazetteer import Place
from actions.hotline import phone_buttons
from actions.outcome import Outcome, notice
from actions.question import Question
from actions.shelf import Shelf
from actions.site_text import next_sessions, site_bubble
from actions.topic import TopicAction
from contracts.release import Release, covers
from contracts.turn import Button, Location

SITE_KEY = "tiem_chung/diem_tiem"
MOST = 3
# Who is farther away than a day trip within the province is not in it; its "nearest" site would be no help.
FARTHEST_KM = 60.0
NEAREST = "Điểm tiêm gần bạn nhất:"


def find_sites(question: Question, shelf: Shelf) -> Outcome:
    """Up to three sites, one a bubble so that each keeps its release; asks back where the place is not settled.

    Without a place in the message the shared location serves, then the last place of the conversation.
    """
    named = question.reading.place or question.reading.choices or question.reading.foreign_name
    if not named and question.location is not None:
        return _near(question.location, shelf)
    if not named and question.last_place.count("/"):
        return _at(shelf.gazetteer.place(question.last_place), shelf)
    asked_back = ask_place(SITE_KEY, question, shelf)
    if asked_back is not None:
        return asked_back
    return _at(shelf.gazetteer.place(question.place), shelf)


def _at(place: Place, shelf: Shelf) -> Outcome:
    sites = _sites_in(place, shelf)
    heading = f"Điểm tiêm ở {place.name}:"
    if not sites:
        district = shelf.gazetteer.district_of(place.path)
        sites = _sites_in(district, shelf)
        heading = f"Tôi chưa biết điểm tiêm nào ở {place.name}. Điểm tiêm trong {district.name}:"
    if not sites:
        return _none(place.name, shelf)
    shown, others = sites[:MOST], sites[MOST:]
    buttons = _elsewhere(place, shown, others, shelf)
    bubbles = [
        site_bubble(SITE_KEY, site, shelf.today, heading="" if site is not sites[0] else heading) for site in shown
    ]
    if buttons:
        closing = f"Còn {len(others)} điểm tiêm khác. Bạn chọn xã, phường để xem thêm."
        bubbles[-1] = site_bubble(SITE_KEY, shown[-1], shelf.today, closing=closing, buttons=buttons)
    return Outcome(messages=tuple(bubbles))


def _elsewhere(place: Place, shown: list[Release], others: list[Release], shelf: Shelf) -> list[Button]:
    """Buttons for the communes of sites that are not shown; none that would lead back to the same reply."""
    seen = {place.path, *(site.place for site in shown)}
    paths = dict.fromkeys(site.place for site in others if site.place not in seen)
    return place_buttons(SITE_KEY, [shelf.gazetteer.place(path) for path in paths])


def _sites_in(place: Place, shelf: Shelf) -> list[Release]:
    """Sites inside the unit, those with the soonest session first."""
    inside = [site for site in shelf.of_kind("site") if covers(place.path, site.place)]
    return sorted(inside, key=lambda site: (_soonest(site, shelf.today), str(site.payload["name"])))


def _soonest(site: Release, today: date) -> date:
    sessions = next_sessions(site, today)
    return date.fromisoformat(sessions[0]["date"]) if sessions else date.max


def _near(here: Location, shelf: Shelf) -> Outcome:
    located = [site for site in shelf.of_kind("site") if site.payload.get("lat") is not None]
    distances = [(kilometres_between(here, _location(site)), site) for site in located]
    nearest = sorted((pair for pair in distances if pair[0] <= FARTHEST_KM), key=lambda pair: pair[0])[:MOST]
    if not nearest:
        return _none("gần vị trí của bạn", shelf)
    return Outcome(
        messages=tuple(
            site_bubble(SITE_KEY, site, shelf.today, heading="" if number else NEAREST, distance=distance)
            for number, (distance, site) in enumerate(nearest)
        )
    )


def _location(site: Release) -> Location:
    return Location(lat=float(site.payload["lat"]), lng=float(site.payload["lng"]))


def _none(name: str, shelf: Shelf) -> Outcome:
    message = notice(SITE_KEY, shelf, "he_thong/khong_co_diem_tiem", phone_buttons(shelf), ten=name)
    return Outcome(messages=(message,))


class SiteAction(TopicAction):
    """``tiem_chung/diem_tiem``, and a shared location."""

    action_name = "action_site"

    def reply(self, question: Question, shelf: Shelf) -> Outcome:
        """See parent class for the full docstring."""
        return find_sites(question, shelf)

"""Figures that arrive from the three source systems: into the draft of a day's bulletin, never further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from contracts.bulletin import FIGURES
from contracts.clock import VIETNAM
from contracts.reply import vietnamese_date
from newsroom.accounts.models import User
from newsroom.bulletins.figure_checks import impossible
from newsroom.content.blocks import stream_json
from newsroom.content.models import Bulletin
from newsroom.content.reading import moment, number, records, text
from newsroom.places import province
from newsroom.releases.issue import serialise_releases

FIELDS = frozenset({"as_of", "place", "figures", "districts"})


@dataclass(frozen=True)
class System:
    """A system that sends figures: its service account's name, and the figures that are its own to send."""

    name: str
    figures: frozenset[str]
    districts: bool = False


# Who keeps which figures: the department's bulletin takes cases and tests from preventive medicine, treatment from the
# medical examination side, doses from the expanded programme on immunisation (reference of the seeds, facts S0).
SYSTEMS = {
    "du_phong": System(
        "Hệ thống y tế dự phòng",
        frozenset({"new_cases", "community_cases", "isolated_cases", "total_cases", "tests"}),
        districts=True,
    ),
    "dieu_tri": System(
        "Hệ thống điều trị", frozenset({"in_care", "recovered", "total_recovered", "deaths", "total_deaths"})
    ),
    "tiem_chung": System("Hệ thống tiêm chủng", frozenset({"doses", "total_doses", "reactions"})),
}


class FiguresRefusedError(Exception):
    """The figures cannot enter a draft; ``status`` and ``code`` are those of the answer."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@transaction.atomic
def take_figures(system_id: str, body: Any) -> dict[str, Any]:
    """Saves ``{as_of, place?, figures{}, districts[]?}`` as a new version of that day's draft.

    Sending the same again changes nothing. Figures of other systems and everything that an editor wrote stay.

    Raises:
        FiguresRefusedError: not an object, unknown or foreign fields, figures that contradict those of the draft, or
            the bulletin is under review.
        ValidationError: a figure is none, or contradicts the others that were sent with it.
    """
    system = SYSTEMS[system_id]
    _check_shape(system, body)
    as_of, place = moment(body.get("as_of")), text(body, "place") or province()
    if as_of is None:
        raise ValidationError("Thiếu “as_of”: thời điểm của số liệu, ví dụ 2021-12-31T16:00+07:00.")
    serialise_releases()  # two systems that send at the same moment take turns
    content = _draft_of_day(as_of, place)
    before = None if content.pk is None else content.payload()
    _fill(content, system, body)
    _check_figures(content, body)
    content.full_clean()
    if content.pk is None:
        content.save()
    if content.payload() != before:
        content.save_revision(user=_account(system_id, system), log_action=True)
    return {"number": content.number, "state": "draft", "warnings": content.surprises(body.get("figures", {}))}


def _check_shape(system: System, body: Any) -> None:
    if not isinstance(body, dict):
        raise FiguresRefusedError(400, "not_an_object", "Send a JSON object")
    if unknown := set(body) - FIELDS:
        message = f"Unknown fields: {', '.join(sorted(unknown))}; known: {', '.join(sorted(FIELDS))}"
        raise FiguresRefusedError(400, "unknown_fields", message)
    figures = body.get("figures", {})
    if not isinstance(figures, Mapping) or not set(figures) <= set(FIGURES):
        raise FiguresRefusedError(400, "unknown_figures", f"figures may hold: {', '.join(sorted(system.figures))}")
    foreign = set(figures) - system.figures
    if foreign or (body.get("districts") and not system.districts):
        message = f"{system.name} sends {', '.join(sorted(system.figures))} only, not {', '.join(sorted(foreign)) or 'districts'}"
        raise FiguresRefusedError(403, "not_your_figures", message)
    if not figures and not body.get("districts"):
        raise FiguresRefusedError(400, "no_figures", "Send at least one figure")


def _draft_of_day(as_of: datetime, place: str) -> Bulletin:
    """The bulletin of that cut-off time with its latest draft, or a new one."""
    stored = Bulletin.objects.select_for_update().filter(as_of=as_of, place=place).first()
    if stored is None:
        day = vietnamese_date(as_of.astimezone(VIETNAM).date())
        number = f"Bản tin ngày {day}"
        if Bulletin.objects.filter(number=number).exists():
            number = f"Bản tin {as_of.astimezone(VIETNAM):%H:%M} ngày {day}"
        return Bulletin(number=number, as_of=as_of, place=place)
    if stored.get_lock() is not None:
        raise FiguresRefusedError(409, "under_review", "This bulletin is under review; try again after the decision")
    draft: Bulletin = stored.get_latest_revision_as_object()
    return draft


def _fill(content: Bulletin, system: System, body: Mapping[str, Any]) -> None:
    figures = body.get("figures", {})
    for name in figures:
        setattr(content, name, number(figures, name))
    if "districts" in body and system.districts:
        content.districts = stream_json("district", ({**record} for record in records(body, "districts")))


def _check_figures(content: Bulletin, body: Mapping[str, Any]) -> None:
    """What was sent is judged in words; what it contradicts in the draft is not told: that is not public yet."""
    whole = content.payload()
    sent = {name: whole["figures"][name] for name in body.get("figures", {}) if name in whole["figures"]}
    districts = whole["districts"] if body.get("districts") else []
    if problems := impossible({**whole, "figures": sent, "districts": districts}):
        raise ValidationError(problems)
    if impossible(whole):
        message = "These figures contradict others in this bulletin's draft; ask its editors"
        raise FiguresRefusedError(409, "contradicts_draft", message)


def _account(system_id: str, system: System) -> User:
    """Signs the drafts of one system; it has no password and no role."""
    account, made = User.objects.get_or_create(username=f"so_lieu_{system_id}", defaults={"last_name": system.name})
    if made:
        account.set_unusable_password()
        account.save()
    return account

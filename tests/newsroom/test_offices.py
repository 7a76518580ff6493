"""Health offices: what an editor may write, and what a release of one holds."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from actions.office import PHRASES
from newsroom.content.models import HealthOffice, SourceDocument

BODY = {
    "key": "trung-tam-y-te-395",
    "type": "trung_tam_y_te",
    "name": "Trung tâm Y tế huyện Thọ Xuân",
    "address": "Huyện Thọ Xuân",
    "phone": "",
    "hours": "",
    "note": "",
    "demo": True,
}


def test_it_releases_the_office_for_the_unit_that_it_serves(staff: Any, source: SourceDocument, publish: Any) -> None:
    """As the pack writes it, so it reaches the readers."""
    office = HealthOffice()
    office.fill({**BODY, "place": "38/395", "source": source.slug})
    office.full_clean()
    office.save()
    office.save_revision(user=staff.editor)
    release = publish(office)
    assert (release.kind, release.place) == ("office", "38/395")
    assert release.payload == {name: value for name, value in BODY.items() if name != "key"}


def test_it_needs_the_unit_that_it_serves() -> None:
    """Without it a look-up by place finds nothing."""
    office = HealthOffice()
    office.fill_content(BODY)
    assert "place" in office.missing_for_approval()


@pytest.mark.parametrize("wrong", [{"phone": "0237 1022"}, {"type": "nha_thuoc"}, {"phone": "0246 282 7979"}])
def test_it_refuses_wrong_numbers_and_types(db: None, wrong: dict[str, Any]) -> None:
    """Numbers are dialled as they stand."""
    office = HealthOffice(place="38")
    office.fill_content({**BODY, **wrong})
    with pytest.raises(ValidationError):
        office.full_clean()


def test_it_offers_the_types_that_residents_words_lead_to() -> None:
    """Both sides hold a list."""
    assert set(HealthOffice.Type.values) == set(PHRASES)

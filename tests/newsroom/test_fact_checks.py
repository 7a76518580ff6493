"""Fact-checks: what an editor may write, and what a release of one holds."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from actions.rumour import VERDICTS
from newsroom.content.models import FactCheck, SourceDocument

BODY = {
    "key": "tra-tien-tiem-som",
    "claim": "Trả tiền thì được tiêm sớm",
    "wordings": ["nộp tiền để được tiêm trước"],
    "verdict": "sai",
    "explanation": "Tiêm vắc xin là miễn phí.",
    "buttons": [{"title": "Gọi 113", "phone": "113"}],
}


def test_it_releases_claim_verdict_and_reason(staff: Any, source: SourceDocument, publish: Any) -> None:
    """As the pack writes it, so it reaches the readers."""
    check = FactCheck()
    check.fill({**BODY, "source": source.slug})
    check.full_clean()
    check.save()
    check.save_revision(user=staff.editor)
    release = publish(check)
    assert (release.kind, release.key) == ("fact_check", "tra-tien-tiem-som")
    assert release.payload == {name: value for name, value in BODY.items() if name != "key"}


def test_it_needs_a_source() -> None:
    """A verdict without a document is an opinion."""
    check = FactCheck()
    check.fill_content(BODY)
    assert "source" in check.missing_for_approval()


@pytest.mark.parametrize(
    "wrong",
    [{"wordings": ["vắc xin"]}, {"wordings": [3]}, {"claim": "vắc xin"}, {"verdict": "chắc là sai"}],
)
def test_it_refuses_what_would_match_everything_or_nothing(db: None, wrong: dict[str, Any]) -> None:
    """A wording of two words is in every message on the subject."""
    check = FactCheck()
    check.fill_content({**BODY, **wrong})
    with pytest.raises(ValidationError):
        check.full_clean()


def test_it_offers_the_verdicts_that_the_assistant_can_word() -> None:
    """Both sides hold a list."""
    assert set(FactCheck.Verdict.values) == set(VERDICTS)

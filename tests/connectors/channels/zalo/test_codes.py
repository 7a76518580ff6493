"""Each error code of Zalo's table asks for something; what, is decided in one place."""

from __future__ import annotations

from datetime import datetime

import pytest

from connectors.channels.zalo.codes import PAUSE_S, error_of, seconds_to_next_minute
from contracts.clock import VIETNAM

NOW = datetime(2026, 1, 5, 23, 30, 20, tzinfo=VIETNAM)


@pytest.mark.parametrize("code", [-213, -217, -218, -227, -230, -231, -232, -237, -238, -241, -244, -210, -403])
def test_it_never_repeats_what_the_resident_or_the_text_forbids(code: int) -> None:
    assert error_of(code, NOW).permanent


@pytest.mark.parametrize("code", [-211, -240, -248, -249, -320, -321, -1340, -1341, 404, -99999])
def test_it_leaves_money_rules_and_unknown_codes_to_a_person(code: int) -> None:
    assert error_of(code, NOW).permanent


@pytest.mark.parametrize("code", [-204, -205, -209, -212, -219, -221, -223, -224, -235, -242])
def test_it_keeps_messages_while_the_account_cannot_send_at_all(code: int) -> None:
    error = error_of(code, NOW)

    assert (error.permanent, error.uncertain, error.retry_after) == (False, False, PAUSE_S)


@pytest.mark.parametrize("code", [-216, -220])
def test_it_waits_when_a_new_token_is_refused_too(code: int) -> None:
    assert error_of(code, NOW).retry_after == 30.0


def test_it_asks_again_in_a_minute_while_an_article_is_processed() -> None:
    assert error_of(-214, NOW).retry_after == 60.0


def test_it_waits_for_the_next_minute_after_the_limit() -> None:
    error = error_of(-32, NOW)

    assert (error.permanent, error.uncertain, error.retry_after) == (False, False, 41.0)
    assert seconds_to_next_minute(NOW.replace(second=59)) == 2.0


@pytest.mark.parametrize("code", [-201, -233, -100])
def test_it_tries_as_text_alone_when_the_shape_is_refused(code: int) -> None:
    assert error_of(code, NOW).plainer


def test_it_looks_before_it_repeats_a_failed_send() -> None:
    assert error_of(-200, NOW).uncertain


def test_it_waits_for_the_morning_when_the_night_is_forbidden() -> None:
    assert error_of(-234, NOW).retry_after == 6.5 * 3600 - 20


def test_its_reasons_hold_the_code_and_no_foreign_words() -> None:
    assert error_of(-230, NOW).reason == "zalo -230: no interaction in the last 7 days"

"""Token pairs: one refresher, both tokens at once, the pair before kept; one-time links."""

from __future__ import annotations

from datetime import datetime, timedelta

from ledger.credentials import (
    LINK_LIFE,
    SealedPair,
    close_link,
    give_up_lease,
    lease_refresh,
    make_link,
    mark_trouble,
    open_link,
    read_pair,
    store_pair,
)
from ledger.models import ChannelCredential, ConsentLink

SOON = timedelta(seconds=60)


def _store(now: datetime, name: str = "a") -> int:
    pair = SealedPair(access=f"{name}1", refresh=f"{name}2", issued_at=now, expires_at=now + timedelta(hours=25))
    store_pair("zalo", "1", pair)
    stored = read_pair("zalo", "1")
    assert stored is not None
    assert stored.pair == pair
    return stored.version


def test_it_has_no_pair_before_the_first_connection() -> None:
    assert read_pair("zalo", "1") is None


def test_it_keeps_the_pair_before_the_present_one(now: datetime) -> None:
    _store(now, "a")
    version = _store(now, "b")

    assert version == 2
    previous = ChannelCredential.objects.get().previous
    assert (previous["access"], previous["refresh"]) == ("a1", "a2")


def test_only_one_may_refresh_and_only_the_version_it_saw(now: datetime) -> None:
    version = _store(now)

    assert lease_refresh("zalo", "1", version, "w1", now + SOON, now)
    assert not lease_refresh("zalo", "1", version, "w2", now + SOON, now)
    assert not lease_refresh("zalo", "1", version, "w1", now + SOON, now)
    assert lease_refresh("zalo", "1", version, "w2", now + SOON * 3, now + SOON * 2)
    _store(now, "b")
    assert not lease_refresh("zalo", "1", version, "w3", now + SOON * 5, now + SOON * 4)


def test_it_gives_the_lease_up_or_marks_the_trouble(now: datetime) -> None:
    version = _store(now)
    lease_refresh("zalo", "1", version, "w1", now + SOON, now)
    give_up_lease("zalo", "1", "w1")
    assert lease_refresh("zalo", "1", version, "w2", now + SOON, now)

    assert mark_trouble("zalo", "1", version, "zalo oauth -14020")

    stored = read_pair("zalo", "1")
    assert stored is not None
    assert stored.trouble == "zalo oauth -14020"
    _store(now, "b")
    assert not mark_trouble("zalo", "1", version, "late")


def test_a_link_leads_to_one_consent_only(now: datetime) -> None:
    token = make_link("zalo", now)
    first, second = open_link("zalo", token, "v1", now), open_link("zalo", token, "v2", now)
    assert first is not None
    assert second is not None

    assert close_link("zalo", first, now) is None
    consent = close_link("zalo", second, now)
    assert consent is not None
    assert consent.verifier == "v2"
    assert close_link("zalo", second, now) is None
    assert open_link("zalo", token, "v3", now) is None


def test_a_link_runs_out_and_a_wrong_one_opens_nothing(now: datetime) -> None:
    token = make_link("zalo", now)

    assert open_link("zalo", token, "", now + LINK_LIFE) is None
    assert open_link("zalo", "wrong", "", now) is None
    assert open_link("zalo", "", "", now) is None
    assert close_link("zalo", "", now) is None
    assert token not in repr(list(ConsentLink.objects.values()))

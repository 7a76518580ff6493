"""The daily bulletin: checks against the one before, figures that arrive, the 17:00 clock."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from contracts.bulletin import bulletin_as_of
from contracts.clock import VIETNAM
from newsroom.accounts.models import User
from newsroom.approval.refusal import ApprovalRefusedError
from newsroom.bulletins.arriving import SYSTEMS
from newsroom.bulletins.day import DayState, Timing, state_of_day, timing_of
from newsroom.bulletins.figure_checks import impossible, surprising
from newsroom.config import FIGURE_SYSTEMS
from newsroom.content.models import Bulletin
from newsroom.pack.loader import approve
from newsroom.releases.models import Release
from newsroom.releases.retract import retract

pytestmark = pytest.mark.django_db

AS_OF = datetime(2021, 12, 30, 16, 0, tzinfo=VIETNAM)
COMMENTARY = "Trong ngày có thêm ca mắc mới, phần lớn ở khu cách ly."
TOKENS = {name: f"token-of-{name}-for-tests" for name in SYSTEMS}
SENT = {"as_of": "2021-12-31T16:00+07:00", "figures": {"new_cases": 184, "tests": 5000}}


@pytest.fixture
def bulletin(staff: Any, source: Any) -> Any:
    """``bulletin(day, new_cases=…)``: a draft of the editor's."""

    def make(day: int, **fields: Any) -> Bulletin:
        given = {"number": f"Bản tin ngày {day}", "commentary": COMMENTARY, "source": source, "place": "38"}
        made = Bulletin(as_of=AS_OF.replace(day=day), **{**given, **fields})
        made.save()
        made.save_revision(user=staff.editor)
        return made

    return make


def test_a_bulletin_is_of_the_province_unless_it_says_otherwise(bulletin: Any, staff: Any) -> None:
    """In a slot of its own it would neither be compared with the one before nor replace it."""
    new = Bulletin(number="Bản tin ngày 31", as_of=AS_OF)
    assert new.place == "38"
    with pytest.raises(ValidationError, match="place"):
        Bulletin(number="Bản tin ngày 31", as_of=AS_OF, place="").full_clean()


@pytest.fixture
def send(settings: Any) -> Any:
    """``send("du_phong", body)``."""
    settings.FIGURES_TOKENS = TOKENS

    def post(system: str, body: Any) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body)
        headers = {"Authorization": f"Bearer {TOKENS.get(system, system)}"}
        return Client(headers=headers).post("/api/v1/figures", data, content_type="application/json")

    return post


def payload(day: int = 30, districts: Any = (), **figures: int) -> dict[str, Any]:
    """A payload with figures."""
    return {"as_of": AS_OF.replace(day=day).isoformat(), "figures": figures, "districts": list(districts)}


THO_XUAN = {"place": "38/395", "name": "huyện Thọ Xuân", "new_cases": 12}


@pytest.mark.parametrize(
    "wrong",
    [
        payload(new_cases=10, community_cases=6, isolated_cases=5),
        payload(deaths=3, total_deaths=2),
        payload(total_cases=10, total_recovered=8, total_deaths=3),
        payload(new_cases=11, districts=[THO_XUAN]),
        payload(districts=[THO_XUAN, THO_XUAN]),
    ],
)
def test_it_finds_what_cannot_be_true(wrong: dict[str, Any]) -> None:
    """A part above its whole, a district twice."""
    assert len(impossible(wrong)) == 1


def test_it_lets_the_shipped_figures_pass() -> None:
    """The province's own series of December 2021."""
    first, second = payload(28, new_cases=348, community_cases=180), payload(30, new_cases=184, community_cases=82)
    assert impossible(second) == surprising(second, first) == surprising(first, None) == []


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ({"total_cases": 3368}, {"total_cases": 3367}, "không thể giảm"),
        ({"new_cases": 184}, {"new_cases": 1840}, "tăng từ 184 thành 1.840"),
        ({"tests": 5000}, {"tests": 500}, "giảm từ 5.000 thành 500"),
        ({"total_deaths": 12}, {"total_deaths": 15, "deaths": 1}, "tăng 3"),
    ],
)
def test_it_finds_what_is_hardly_true(old: dict[str, int], new: dict[str, int], word: str) -> None:
    """Beside the bulletin of the day before."""
    [message] = surprising(payload(30, **new), payload(29, **old))
    assert word in message


@pytest.mark.parametrize(("old", "new"), [(3, 40), (0, 99), (200, 599)])
def test_it_knows_that_small_numbers_jump(old: int, new: int) -> None:
    """An alarm that rings every day is not heard."""
    assert surprising(payload(30, new_cases=new), payload(29, new_cases=old)) == []


def test_it_wants_a_confirmation_of_a_jump(staff: Any, bulletin: Any, publish: Any, edit: Any) -> None:
    """And shows it to the approver; without one nobody can approve."""
    publish(bulletin(29, new_cases=184))
    jump = bulletin(30, new_cases=1840)
    with pytest.raises(ApprovalRefusedError, match=r"từ 184 thành 1\.840"):
        publish(jump)


def test_it_releases_a_jump_that_was_confirmed(bulletin: Any, publish: Any, submit: Any, staff: Any) -> None:
    """The confirmation is for the approver's eyes, never for residents'."""
    publish(bulletin(29, new_cases=184))
    jump = bulletin(30, new_cases=1840, figures_note="CDC xác nhận lúc 16:10")
    state = submit(jump, staff.editor)
    client = Client()
    client.force_login(staff.approver)
    html = client.get(reverse("approval:submission", args=[state.pk])).content.decode()
    assert "tăng từ 184 thành 1.840" in html
    assert "Người soạn xác nhận: CDC xác nhận lúc 16:10" in html
    state.task.specific.on_action(state, staff.approver, "approve", comment="")
    assert "CDC xác nhận" not in str(Release.objects.latest("sequence").payload)


def test_it_compares_with_what_still_stands(bulletin: Any, publish: Any, staff: Any) -> None:
    """Not with a bulletin that was taken back as wrong, nor with that of another place."""
    retract(publish(bulletin(29, new_cases=9000)), staff.approver, "Nhập nhầm")
    publish(bulletin(28, new_cases=9000, place="38/395", number="Bản tin huyện"))
    assert bulletin(30, new_cases=184).surprises() == []


def test_it_refuses_figures_of_tomorrow(bulletin: Any, clock: Any) -> None:
    """Dates are mistyped."""
    assert "tương lai" in bulletin(31, new_cases=1).missing_for_approval()["as_of"]
    clock.forward(hours=7)
    assert "as_of" not in bulletin(31, new_cases=1, number="Khác").missing_for_approval()


def test_it_refuses_minus_five_in_the_form(staff: Any, source: Any) -> None:
    """In Vietnamese, with nothing saved."""
    client = Client()
    client.force_login(staff.editor)
    fields = {
        "number": "Bản tin ngày 30/12/2021",
        "as_of": "30/12/2021 16:00",
        "new_cases": "-5",
        "commentary": COMMENTARY,
        "districts-count": "0",
        "attachments-count": "0",
        "source": source.pk,
        "place": "38",
    }
    html = client.post(reverse(Bulletin.snippet_viewset.get_url_name("add")), fields).content.decode()
    assert "Số này không được nhỏ hơn 0." in html
    assert not Bulletin.objects.exists()
    answer = client.post(reverse(Bulletin.snippet_viewset.get_url_name("add")), {**fields, "new_cases": "5"})
    assert (answer.status_code, Bulletin.objects.get().new_cases) == (302, 5)


def test_it_collects_the_figures_of_three_systems_in_one_draft(send: Any) -> None:
    """Nothing is submitted, nothing released; each version is signed by its system."""
    sent = {
        "du_phong": {"new_cases": 184, "tests": 5000},
        "dieu_tri": {"recovered": 100, "deaths": 1, "in_care": 1200},
        "tiem_chung": {"doses": 30_000, "reactions": 0},
    }
    for system, figures in sent.items():
        assert send(system, {"as_of": SENT["as_of"], "figures": figures}).status_code == 201
    made = Bulletin.objects.get()
    draft = made.get_latest_revision_as_object()
    assert draft.payload()["figures"] == {name: value for figures in sent.values() for name, value in figures.items()}
    assert (draft.number, draft.place, made.live, made.current_workflow_state) == (
        "Bản tin ngày 31/12/2021",
        "38",
        False,
        None,
    )
    signed = made.revisions.order_by("pk").values_list("user__username", flat=True)
    assert list(signed) == ["so_lieu_du_phong", "so_lieu_dieu_tri", "so_lieu_tiem_chung"]
    assert not any(user.has_usable_password() for user in User.objects.filter(username__startswith="so_lieu_"))
    assert not Release.objects.exists()


def test_it_keeps_what_an_editor_wrote(send: Any, staff: Any, edit: Any) -> None:
    """A late correction of a figure replaces the figure only; the same again changes nothing."""
    send("du_phong", SENT)
    edit(Bulletin.objects.get(), staff.editor, commentary=COMMENTARY)
    send("du_phong", {**SENT, "figures": {"new_cases": 190}})
    send("du_phong", {**SENT, "figures": {"new_cases": 190}})
    made = Bulletin.objects.get()
    draft = made.get_latest_revision_as_object()
    assert (draft.new_cases, draft.tests, draft.commentary) == (190, 5000, COMMENTARY)
    assert made.revisions.count() == 3


def test_it_never_changes_what_was_released(send: Any, bulletin: Any, publish: Any) -> None:
    """A figure that comes after the release waits in a draft."""
    released = publish(bulletin(30, new_cases=184))
    send("du_phong", {"as_of": AS_OF.isoformat(), "figures": {"new_cases": 999}})
    assert Release.objects.get() == released
    assert Bulletin.objects.get().new_cases == 184
    assert Bulletin.objects.get().get_latest_revision_as_object().new_cases == 999


@pytest.mark.parametrize(
    ("system", "body", "status", "code"),
    [
        ("du_phong", {**SENT, "figures": {"new_cases": -5}}, 422, "not_valid"),
        ("du_phong", {**SENT, "figures": {"new_cases": "184"}}, 422, "not_valid"),
        ("du_phong", {**SENT, "figures": {"new_cases": 1, "community_cases": 2}}, 422, "not_valid"),
        ("du_phong", {**SENT, "as_of": "2021-12-31T16:00"}, 422, "not_valid"),
        ("du_phong", {"figures": {"new_cases": 1}}, 422, "not_valid"),
        ("du_phong", {**SENT, "place": "38/999"}, 422, "not_valid"),
        ("du_phong", {**SENT, "figures": {"cases": 1}}, 400, "unknown_figures"),
        ("du_phong", {**SENT, "commentary": "Dịch đã hết."}, 400, "unknown_fields"),
        ("du_phong", {**SENT, "figures": {}}, 400, "no_figures"),
        ("du_phong", [1], 400, "not_an_object"),
        ("du_phong", b"\xff", 400, "not_json"),
        ("dieu_tri", SENT, 403, "not_your_figures"),
        (
            "tiem_chung",
            {**SENT, "figures": {}, "districts": [{"place": "38/395", "new_cases": 1}]},
            403,
            "not_your_figures",
        ),
        ("token-of-nobody", SENT, 401, "unauthorized"),
        ("", SENT, 401, "unauthorized"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_it_refuses_figures_that_are_wrong(send: Any, system: str, body: Any, status: int, code: str) -> None:
    """Nothing is half saved."""
    answer = send(system, body)
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert not Bulletin.objects.exists()


def test_it_takes_no_figures_while_somebody_approves(send: Any, bulletin: Any, submit: Any, staff: Any) -> None:
    """The approver is reading it."""
    submit(bulletin(30, new_cases=184), staff.editor)
    answer = send("du_phong", {"as_of": AS_OF.isoformat(), "figures": {"new_cases": 1}})
    assert (answer.status_code, answer.json()["error"]) == (409, "under_review")


def test_it_takes_districts_from_preventive_medicine(send: Any) -> None:
    """As a list that replaces the one before."""
    body = {**SENT, "districts": [{"place": "38/395", "new_cases": 12}]}
    assert send("du_phong", body).status_code == 201
    draft = Bulletin.objects.get().get_latest_revision_as_object()
    assert draft.payload()["districts"] == [{"place": "38/395", "name": "huyện Thọ Xuân", "new_cases": 12}]


def test_it_names_the_same_systems_everywhere() -> None:
    """Settings and senders."""
    assert tuple(SYSTEMS) == FIGURE_SYSTEMS


@pytest.mark.parametrize(
    ("hour", "minute", "state"),
    [
        (9, 0, "not_due"),
        (16, 29, "not_due"),
        (16, 30, "reminder"),
        (16, 59, "reminder"),
        (17, 0, "late"),
        (23, 0, "late"),
    ],
)
def test_it_follows_the_clock_of_the_day(
    hour: int, minute: int, state: str, bulletin: Any, publish: Any, clock: Any, staff: Any
) -> None:
    """Yesterday's bulletin does not count; the page says what the assistant says meanwhile."""
    last = publish(bulletin(30, new_cases=184))
    clock.now = clock.now.replace(hour=hour, minute=minute)
    found, release = state_of_day(clock.now)
    assert (found, release.id if release else "") == (state, last.release_id)
    client = Client()
    client.force_login(staff.editor)
    html = client.get(reverse("bulletins:day")).content.decode()
    assert ("Trễ hạn" in html, "Nhắc việc" in html) == (state == "late", state == "reminder")


def test_it_is_done_for_the_day_when_the_bulletin_is_out(bulletin: Any, publish: Any, clock: Any) -> None:
    """And remembers that it came late."""
    clock.now = clock.now.replace(hour=17, minute=20)
    late = bulletin(31, new_cases=184)
    assert timing_of(late) is Timing.NOT_OUT
    publish(late)
    state, release = state_of_day(clock.now)
    assert state is DayState.OUT
    assert release is not None
    assert bulletin_as_of(release.payload).day == 31
    assert timing_of(late) is Timing.LATE
    assert timing_of(bulletin(29, new_cases=1)) is Timing.NOT_OUT
    clock.now += timedelta(days=1)
    assert state_of_day(clock.now)[0] is DayState.LATE


def test_it_calls_nobody_late_for_what_came_with_the_pack(bulletin: Any, publish: Any, staff: Any) -> None:
    """A pack is loaded days later; only what people approved too late is late."""
    seeded, late, today = bulletin(28, new_cases=1), bulletin(30, new_cases=2), bulletin(31, new_cases=3)
    approve(seeded, staff.editor, staff.approver)
    publish(late)
    Bulletin.objects.filter(pk=today.pk).update(as_of=AS_OF.replace(day=31, hour=8))
    edited = Bulletin.objects.get(pk=today.pk)
    edited.save_revision(user=staff.editor)
    publish(edited)
    client = Client()
    client.force_login(staff.editor)
    html = client.get(reverse("bulletins:day")).content.decode()
    timings = [timing_of(Bulletin.objects.get(pk=made.pk)) for made in (seeded, late, today)]
    assert timings == [Timing.SEEDED, Timing.LATE, Timing.ON_TIME]
    assert html.count("<strong>Phát hành sau 17:00</strong>") == html.count("Nạp sẵn từ gói nội dung") == 1


def test_it_refuses_contradictions_even_in_a_draft() -> None:
    """They cannot be meant."""
    with pytest.raises(ValidationError, match="nhiều hơn"):
        Bulletin(number="1", as_of=AS_OF, new_cases=1, community_cases=2).full_clean()

"""No door lets a draft out: every address of the newsroom, asked by everybody who has no business there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import Resolver404, path, resolve
from wagtail.documents.models import Document
from wagtail.images.models import Image

import newsroom.urls
from newsroom.accounts.roles import APPROVERS, AUDITORS, EDITORS, OPERATORS
from newsroom.content.models import Bulletin, FaqAnswer
from newsroom.releases.models import Release
from tests.newsroom.every_stage import DRAFTED, MARKS, RESIDENT, EveryStage, fill
from tests.support.newsroom_doors import written_rows
from tests.support.newsroom_people import browser_of, person

pytestmark = pytest.mark.django_db(databases=["default", "ledger"])

TOKENS = {
    "snapshot": "SNAPSHOT_TOKEN",
    "model": "MODEL_TOKEN",
    "drafts": "DRAFTS_TOKEN",
}
FIGURES = {"du_phong": "token-of-du-phong-for-tests", "tiem_chung": "token-of-tiem-chung-for-tests"}
# What answers somebody who is not logged in, beside redirects to the login and refusals.
PUBLIC = {"healthz", "admin/login/", "admin/jsi18n/", "admin/sprite/"}
OWN = {
    "snapshot": {"api/v1/snapshot", "api/v1/releases/", "api/v1/history"},  # and released pictures, not the draft's
    "model": {"api/v1/model"},
    "drafts": {"api/v1/drafts"},
    "du_phong": {"api/v1/figures"},
    "tiem_chung": {"api/v1/figures"},
}
LOGGED_IN = {"no role", "old session", "switched off"}
STREAM = "desk/events"  # never ends


@pytest.fixture
def newsroom_(staff: Any, source: Any, draft: Any, publish: Any, submit: Any, settings: Any) -> EveryStage:
    """Something at every stage, and every token."""
    settings.FIGURES_TOKENS = FIGURES
    return fill(staff, source, draft, publish, submit)


def doors(stage: EveryStage) -> list[str]:
    """Every address, with the arguments of each draft; but logging out, which would make everybody a stranger."""
    return [address for address in stage.addresses() if address not in {"admin/logout/", "desk/dang-xuat/", STREAM}]


def strangers(settings: Any) -> dict[str, Client]:
    """Everybody who may read nothing, by what they come with."""
    tokens = {name: getattr(settings, setting) for name, setting in TOKENS.items()} | FIGURES
    forged = {
        "token of a resident": "5f0c6a1e2b7d4e8f9a3b5c7d9e1f3a5b",
        "token that was replaced": f"{settings.SNAPSHOT_TOKEN}-before",
    }
    callers = {"nobody": Client(), "no role": browser_of(person("khong_vai_tro")), "old session": _old_session()}
    callers["switched off"] = _switched_off()
    for name, token in (tokens | forged).items():
        callers[name] = Client(headers={"Authorization": f"Bearer {token}"})
    return callers


def _old_session() -> Client:
    """An editor who logged in yesterday."""
    browser = browser_of(person("hom_qua", EDITORS))
    session = browser.session
    session["logged_in_at"] = "2021-01-01T00:00:00+00:00"
    session.save()
    return browser


def _switched_off() -> Client:
    """An approver whose account was switched off while logged in."""
    user = person("nghi_viec", APPROVERS)
    browser = browser_of(user)
    user.is_active = False
    user.save()
    return browser


def answers(browser: Client, asked: list[str]) -> Iterator[tuple[str, Any]]:
    """Every address by GET and by POST. Whoever has a token but no session posts to the programs' addresses only: for
    the pages that is nobody's form.
    """
    browser.raise_request_exception = False
    is_program = "HTTP_AUTHORIZATION" in browser.defaults
    for address in asked:
        yield address, browser.get(f"/{address}")
        if address.startswith("api/") or not is_program:
            yield address, browser.post(f"/{address}", {"action": "approve", "comment": "x", "q": DRAFTED})
        if address.startswith("api/"):
            yield address, browser.post(f"/{address}", {}, content_type="application/json")


def told(answer: Any) -> str:
    """Everything that an answer says: headers and body."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{dict(answer.headers)} {body.decode('utf-8', 'replace')}"


def seen(browser: Client, asked: list[str], marks: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """The addresses whose answers hold one of the marks, and those that open."""
    leaking, opened = set(), set()
    for address, answer in answers(browser, asked):
        if any(mark in told(answer) for mark in marks):
            leaking.add(address)
        # 302 leads to the login, 401 and 403 refuse, 404 and 405 know nothing here, 503 is said by readyz only.
        if answer.status_code not in {302, 401, 403, 404, 405, 503}:
            opened.add(address)
    return leaking, opened


def leaks(browser: Client, asked: list[str], marks: tuple[str, ...]) -> set[str]:
    """The addresses whose answers hold one of the marks."""
    return seen(browser, asked, marks)[0]


def test_it_fills_the_arguments_of_every_address(newsroom_: EveryStage) -> None:
    """Or an address would be asked that does not exist, and its silence would prove nothing."""
    unknown = []
    for address in doors(newsroom_):
        try:
            resolve(f"/{address}")
        except Resolver404:
            unknown.append(address)
    assert (unknown, len(doors(newsroom_)) > 300) == ([], True)


def test_it_shows_nothing_to_strangers(newsroom_: EveryStage, settings: Any) -> None:
    """Nobody without a role, nobody with a token only: no draft, no figure of one, no resident's words.

    What opens at all is named here, so that a new page that forgets to ask who comes is found without a mark on it.
    """
    asked = doors(newsroom_)
    for name, browser in strangers(settings).items():
        leaking, opened = seen(browser, asked, (DRAFTED, RESIDENT, *MARKS))
        assert (name, leaking) == (name, set())
        if name not in LOGGED_IN:
            own = OWN.get(name, set())
            kinds = {next((door for door in own if address.startswith(door)), address) for address in opened - PUBLIC}
            assert (name, kinds) == (name, own)


def test_it_finds_a_new_address_that_leaks(newsroom_: EveryStage, settings: Any) -> None:
    """Added to the addresses, whatever its argument is called; or the tests above would prove nothing."""

    def shown(request: HttpRequest, number: int) -> HttpResponse:
        return HttpResponse(FaqAnswer.objects.get(pk=number).get_latest_revision_as_object().text)

    leaking: Any = ModuleType("leaking")
    leaking.urlpatterns = [*newsroom.urls.urlpatterns, path("api/v1/ban-nhap/<int:number>", shown)]
    settings.ROOT_URLCONF = leaking
    assert {address.rpartition("/")[0] for address in leaks(Client(), doors(newsroom_), (DRAFTED,))} == {
        "api/v1/ban-nhap"
    }


def test_it_shows_nothing_before_the_second_factor(newsroom_: EveryStage, settings: Any) -> None:
    """An approver with a password alone is a stranger."""
    settings.SECOND_FACTOR_REQUIRED = True
    browser = browser_of(person("chua_co_ma", APPROVERS))
    assert leaks(browser, doors(newsroom_), (DRAFTED, RESIDENT, *MARKS)) == set()


@pytest.mark.parametrize("role", [EDITORS, AUDITORS])
def test_it_shows_residents_words_to_nobody_but_the_desk(newsroom_: EveryStage, role: str) -> None:
    """These roles read drafts, which proves that the marks are there to be found."""
    shown, leaking = set(), set()
    for address, answer in answers(browser_of(person("doc", role)), doors(newsroom_)):
        said = told(answer)
        if DRAFTED in said and answer.request["REQUEST_METHOD"] == "GET":
            shown.add(address)
        if RESIDENT in said:
            leaking.add(address)
    for part in ("admin/snippets/content/bulletin/", "phe-duyet/", "hinh/", "huan-luyen/", "tep/"):
        assert any(address.startswith(part) for address in shown), part
    assert leaking == set()


def test_it_shows_residents_words_to_operators_at_the_desk_only(newsroom_: EveryStage) -> None:
    """And the desk shows no drafts."""
    browser = browser_of(person("truc", OPERATORS))
    asked = doors(newsroom_)
    desk = [address for address in asked if address.startswith("desk/")]
    shown = {address for address in asked if RESIDENT in told(browser.get(f"/{address}"))}
    assert f"desk/hoi-thoai/{newsroom_.conversation_id}/tep/{newsroom_.file_name}" in shown
    assert shown <= set(desk)
    assert leaks(browser, desk, (DRAFTED, *MARKS)) == set()


def test_it_takes_drafts_by_token_and_tells_nothing_of_those_that_are_there(newsroom_: EveryStage, ask: Any) -> None:
    """Not even in what it refuses."""
    body = {"kind": "faq", "key": "5k/khu_khuan", "title": "Rửa tay", "text": "Rửa tay.", "source": "byt-5k-2020"}
    with written_rows() as rows:
        for wrong in (body, {**body, "text": "Gọi 094 666 8832"}, {**body, "buttons": [{"title": ""}]}):
            assert DRAFTED not in told(ask("drafts", wrong))
    assert rows != []
    assert Release.objects.count() == 1


def test_it_takes_figures_by_token_and_tells_no_system_those_of_another(newsroom_: EveryStage, ask: Any) -> None:
    """A contradiction and a jump are told without the other system's number."""
    as_of = "2021-12-30T16:00+07:00"
    released = Bulletin.objects.get()
    for figures in ({"doses": 5}, {"doses": 5, "total_doses": 4}):
        assert not any(mark in told(ask("tiem_chung", {"as_of": as_of, "figures": figures})) for mark in MARKS)
    refused = ask("du_phong", {"as_of": as_of, "figures": {"community_cases": 918_280}})
    assert not any(mark in told(refused) for mark in MARKS)
    assert Bulletin.objects.get() == released


@pytest.fixture
def ask(settings: Any) -> Any:
    """``ask("drafts", body)``: posts JSON with the token of that name."""

    def post(name: str, body: Any) -> Any:
        token = FIGURES.get(name) or getattr(settings, TOKENS[name])
        door = "figures" if name in FIGURES else "drafts"
        headers = {"Authorization": f"Bearer {token}"}
        return Client(headers=headers).post(f"/api/v1/{door}", json.dumps(body), content_type="application/json")

    return post


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e366"
    "0000000049454e44ae426082"
)


def test_it_serves_no_file_that_was_put_into_wagtails_libraries(
    newsroom_: EveryStage, settings: Any, tmp_path: Path
) -> None:
    """Nothing of the product puts one there; one that somebody puts there has no address."""
    settings.MEDIA_ROOT = tmp_path / "wagtail"
    paper = Document.objects.create(title=DRAFTED, file=ContentFile(DRAFTED.encode(), "nhap.txt"))
    picture = Image.objects.create(title=DRAFTED, file=ContentFile(PNG + DRAFTED.encode(), "nhap.png"))
    guessed = [
        *(f"{root}{file.file.name}" for file in (paper, picture) for root in ("", "media/", "static/")),
        *(f"{root}documents/{paper.pk}/nhap.txt" for root in ("", "admin/")),
        *(f"{root}images/{picture.pk}/fill-10x10/" for root in ("", "admin/")),
        *(f"admin/{kind}/{verb}/{paper.pk}/" for kind in ("documents", "images") for verb in ("edit", "chosen")),
        "media/../newsroom/models/",
        f"media/{newsroom_.file_name}",
    ]
    for browser in (Client(), browser_of(person("soan", EDITORS))):
        assert leaks(browser, guessed, (DRAFTED, RESIDENT)) == set()

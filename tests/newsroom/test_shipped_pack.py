"""The words of the shipped pack: an answer for every question, sourced, short, with buttons that lead somewhere."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from newsroom.content.agency_contacts import agency_contacts_in, texts_in
from newsroom.content.ideas import ideas_lacking
from newsroom.pack.reader import Entry, contents, sources
from vitext.fold import fold

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "content"
LONGEST = {"faq": 900, "safety": 500}  # rule 7 of content/README.md
MOST_BUTTONS = 5
LONGEST_TITLE, LONGEST_BUTTON = 80, 30
# As people dial: area code 0237 with 1022, mobile numbers, 1800 and 1900 services, written with or without a space.
PHONE_IN_TEXT = re.compile(r"(?<![\d.,])(?:0\d{7,10}|1[89]00 ?\d{4})(?![\d.,]*\d)")
TAXONOMY: dict[str, dict[str, Any]] = {
    answer["key"]: answer for answer in yaml.safe_load((ROOT / "data" / "taxonomy.yml").read_text("utf-8"))["answers"]
}
SOURCES = [entry.body for entry in sources(PACK)]
CONTENTS = list(contents(PACK))
ANSWERS = [entry for entry in CONTENTS if entry.kind in LONGEST]


def of_kind(kind: str) -> list[Entry]:
    """The entries of one kind."""
    return [entry for entry in CONTENTS if entry.kind == kind]


def buttons() -> list[tuple[str, dict[str, str]]]:
    """All buttons, each with the place where it stands."""
    return [(entry.where, button) for entry in CONTENTS for button in entry.body.get("buttons", ())]


def test_it_answers_every_faq_key_once() -> None:
    """Also those without a fact: a resident gets an honest answer, not the menu."""
    answered = Counter(entry.body["key"] for entry in of_kind("faq"))
    assert [key for key, answer in TAXONOMY.items() if answer["kind"] == "faq" and answered[key] != 1] == []
    assert [key for key in answered if key not in TAXONOMY] == []


def test_it_keeps_an_answer_in_the_file_of_its_group() -> None:
    """A newcomer finds it by its key."""
    files = sorted((PACK / "faq").glob("*.yml"))
    astray = [
        body["key"]
        for file in files
        for body in yaml.safe_load(file.read_text("utf-8"))
        if body["key"].partition("/")[0] != file.stem
    ]
    assert astray == []


def test_it_says_what_the_key_must_say() -> None:
    """Accents and case aside."""
    lacking = {entry.where: ideas_lacking(entry.body["key"], entry.body["text"]) for entry in ANSWERS}
    assert {where: ideas for where, ideas in lacking.items() if ideas} == {}


def test_it_marks_the_same_keys_without_facts_in_taxonomy_and_pack() -> None:
    """The evaluation leaves those out, so both have to agree."""
    marked = {key for key, answer in TAXONOMY.items() if answer.get("facts") == "none"}
    told = {entry.body["key"]: entry.body for entry in of_kind("faq")}
    assert {key for key, body in told.items() if body["facts"] == "none" and TAXONOMY[key]["kind"] == "faq"} == marked
    assert [key for key in marked if "chua co" not in fold(told[key]["text"])] == []
    assert [key for key in marked if "02371022" not in told[key]["text"]] == []


@pytest.mark.parametrize("entry", ANSWERS, ids=lambda entry: str(entry.body["key"]))
def test_it_is_short_and_plain(entry: Entry) -> None:
    """Titles are choices that people tap; texts are read on a phone."""
    text, title = entry.body["text"], entry.body["title"]
    assert len(text) <= LONGEST[entry.kind]
    assert len(title) <= LONGEST_TITLE
    assert unicodedata.is_normalized("NFC", text + title)
    assert "\n\n" not in text
    assert text == text.strip()


def test_it_cites_documents_by_number_issuer_and_date() -> None:
    """One entry a document, and none that nothing cites."""
    ids = Counter(str(source["id"]) for source in SOURCES)
    assert [slug for slug, count in ids.items() if count > 1] == []
    assert [s["id"] for s in SOURCES if not (s["number"] and s["issuer"] and date.fromisoformat(s["date"]))] == []
    cited = {entry.body["source"] for entry in CONTENTS if entry.body.get("source")}
    assert cited == set(ids)


def test_it_answers_from_no_document_of_a_later_day() -> None:
    """An answer that holds before its document was issued would be a forecast."""
    issued = {source["id"]: source["date"] for source in SOURCES}
    early = [
        entry.where
        for entry in CONTENTS
        if entry.body.get("source") and entry.body.get("valid_from", "9999") < issued[entry.body["source"]]
    ]
    assert early == []


def test_it_names_no_contact_of_agencies() -> None:
    """In no file of the pack, whatever its kind."""
    found = [
        (file.name, contact)
        for file in sorted(PACK.rglob("*"))
        if file.is_file()
        for line in file.read_text("utf-8").splitlines()
        for contact in agency_contacts_in(line)
    ]
    assert found == []


def test_it_gives_only_phone_numbers_of_the_hotline_list() -> None:
    """In texts and on buttons; 1022 is the list's 02371022 from a landline of the province."""
    listed = {entry.body["phone"] for entry in of_kind("hotline")}
    told = {
        (entry.where, number.replace(" ", ""))
        for entry in ANSWERS
        for text in texts_in(entry.body)
        for number in PHONE_IN_TEXT.findall(text)
    }
    assert [(where, number) for where, number in told if number not in listed] == []
    assert [(where, b["phone"]) for where, b in buttons() if "phone" in b and b["phone"] not in listed] == []


def test_it_leads_every_button_somewhere() -> None:
    """To a key that exists and is not the answer itself, or to a public page."""
    own = {entry.where: entry.body.get("key") for entry in CONTENTS}
    astray = [
        (where, button)
        for where, button in buttons()
        if "answer" in button and (button["answer"] not in TAXONOMY or button["answer"] == own[where])
    ]
    assert astray == []
    pages = {urlsplit(button["url"]) for _, button in buttons() if "url" in button}
    assert [page.geturl() for page in pages if page.scheme != "https"] == []
    hosts = {str(page.hostname) for page in pages}
    assert [host for host in hosts if not host.endswith((".gov.vn", "tokhaiyte.vn"))] == []


def test_it_offers_few_buttons_with_short_titles() -> None:
    """Zalo shows five; a phone shows thirty characters of one."""
    assert [entry.where for entry in CONTENTS if len(entry.body.get("buttons", ())) > MOST_BUTTONS] == []
    assert [button["title"] for _, button in buttons() if len(button["title"]) > LONGEST_BUTTON] == []


def test_it_leads_from_declaring_to_the_fine_for_false_declarations() -> None:
    """Not to the fine for masks, which is another key with a like name."""
    (declaring,) = (entry for entry in of_kind("faq") if entry.body["key"] == "5k/khai_bao_y_te")
    assert {"title": "Mức phạt", "answer": "cach_ly/vi_pham"} in declaring.body["buttons"]

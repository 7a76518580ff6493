"""The accountant names each kind of fault, and nothing where the books agree."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.accountant import Account, audit_books, overtaken
from tests.support.books import Books, Posted

AT = datetime(2026, 1, 5, tzinfo=UTC)


def _entry(pk: int, author: str, text: str, **changes: Any) -> SimpleNamespace:
    fields = {"kind": "message", "at": AT, "meta": {}, "external_id": None, "reply_to_id": None}
    return SimpleNamespace(pk=pk, author=author, text=text, **(fields | changes))


def _state(pk: int, state: str, at: datetime = AT) -> SimpleNamespace:
    return _entry(pk, "operator", "", kind="state", meta={"state": state}, at=at)


def _books(sent: list[str], entries: list[SimpleNamespace], shown: list[str], **states: str) -> Books:
    """``sent`` and ``shown`` are message ids; an entry that is no resident's was sent as ``m<pk>``."""
    phone = [{"author": "resident", "message_id": given, "text": given, "at": "0"} for given in sent]
    phone += [{"author": "oa", "message_id": given, "text": given, "at": "0"} for given in shown]
    replies = [entry for entry in entries if entry.kind == "message" and entry.author != "resident"]
    rows = {
        entry.pk: SimpleNamespace(
            state=states.get(f"m{entry.pk}", "sent"),
            error="",
            provider_ids=[] if f"m{entry.pk}" in states else [f"m{entry.pk}"],
        )
        for entry in replies
    }
    return Books(user_id="1", shown=phone, entries=entries, deliveries=rows)


ASKED = _entry(1, "resident", "câu 1", external_id="a")
ANSWER = _entry(2, "bot", "đáp", reply_to_id=1)
ASKED_MORE = _entry(3, "resident", "câu 2", external_id="b")
OPERATOR = _entry(6, "operator", "Tôi là cán bộ.")


def test_it_finds_nothing_when_the_books_agree() -> None:
    second = _entry(4, "bot", "đáp", reply_to_id=3)

    assert audit_books(_books(["a", "b"], [ASKED, ANSWER, ASKED_MORE, second], ["m2", "m4"])) == Account()


def test_it_finds_nothing_when_a_person_took_over_before_the_answer() -> None:
    entries = [ASKED, ANSWER, ASKED_MORE, _state(5, "human"), OPERATOR]

    assert audit_books(_books(["a", "b"], entries, ["m6"], m2="cancelled")) == Account()


@pytest.mark.parametrize(
    ("kind", "books"),
    [
        ("lost", _books(["a", "b"], [ASKED, ANSWER], ["m2"])),  # did not reach the ledger
        ("lost", _books(["a", "b"], [ASKED, ANSWER, ASKED_MORE], ["m2"])),  # has no answer
        ("lost", _books(["a"], [ASKED, ANSWER], [], m2="failed")),  # a dead letter
        ("lost", _books(["a"], [ASKED, ANSWER], [], m2="cancelled")),  # cancelled though no person came
        ("lost", _books(["a"], [ASKED, ANSWER], [])),  # sent, they say
        ("twice", _books(["a"], [ASKED, ANSWER], ["m2", "x"])),  # sent again, and only one of the two is known
        ("twice", _books(["a"], [ASKED, ANSWER, _entry(3, "resident", "câu 1", external_id="a"), _state(4, "human")], ["m2"])),
        ("twice", _books(["a"], [ASKED, ANSWER, _entry(3, "bot", "đáp", reply_to_id=1, at=AT.replace(hour=1))], ["m2", "m3"])),
        ("disordered", _books(["a", "b"], [ASKED, ANSWER, ASKED_MORE, _entry(4, "bot", "đáp", reply_to_id=3)], ["m4", "m2"])),
        (
            "disordered",
            _books(["a", "b"], [ASKED, _entry(2, "resident", "câu 2", external_id="b"), _entry(3, "bot", "đáp", reply_to_id=2),
                    _entry(4, "bot", "đáp", reply_to_id=1)], ["m3", "m4"]),
        ),
        ("bot_over_human", _books(["a"], [ASKED, _state(5, "human"), _entry(7, "bot", "đáp", reply_to_id=1)], ["m7"])),
        ("bot_over_human", _books(["a"], [ASKED, ANSWER, _state(5, "human"), OPERATOR], ["m6", "m2"])),
    ],
)  # fmt: skip
def test_it_names_the_fault(kind: str, books: Books) -> None:
    assert getattr(audit_books(books), kind) != []


def test_it_names_a_message_that_overtook_one_acknowledged_before() -> None:
    entries = [_entry(1, "resident", "câu 2", external_id="b"), _entry(2, "resident", "câu 1", external_id="a")]
    posted = [Posted("a", "delivered", 100, 110), Posted("b", "delivered", 120, 130)]
    in_doubt = [Posted("a", "delivered", 100, 150), Posted("b", "delivered", 120, 130)]

    assert list(overtaken({"1": posted}, [_books([], entries, [])])) != []
    assert list(overtaken({"1": in_doubt}, [_books([], entries, [])])) == []

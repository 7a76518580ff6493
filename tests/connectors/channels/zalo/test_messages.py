"""Zalo's events as they are read: ids exact, parties told apart, everything else lenient."""

from __future__ import annotations

import json
from typing import Any

import pytest

from connectors.channels.zalo.messages import (
    Event,
    UnreadableEventError,
    body_timestamp,
    button_token,
    list_number,
    parse_body,
    parse_event,
    read_id,
    read_receipts,
    read_text,
)

OA, USER = "4400000000000000099", "7700000000000000011"


def _body(name: str = "user_send_text", **fields: Any) -> dict[str, Any]:
    parties = {"sender": {"id": USER}, "recipient": {"id": OA}, "message": {"msg_id": "m1", "text": "chào"}}
    return {"app_id": "1", "event_name": name, "timestamp": "1788000000123", **parties, **fields}


def _event(name: str = "user_send_text", **fields: Any) -> Event:
    return parse_event(_body(name, **fields), {OA})


def test_it_finds_the_resident_in_messages_and_in_receipts() -> None:
    message = _event()
    receipt = _event("user_seen_message", sender={"id": OA}, recipient={"id": USER}, message={"msg_ids": ["a", "b"]})

    assert (message.oa_id, message.user_id, message.by_oa) == (OA, USER, False)
    assert (receipt.oa_id, receipt.user_id, receipt.by_oa) == (OA, USER, True)
    assert read_receipts(receipt) == ["a", "b"]


def test_it_finds_the_resident_where_there_is_no_sender() -> None:
    follow = parse_event({"event_name": "follow", "oa_id": OA, "follower": {"id": USER}, "timestamp": "1"}, {OA})
    chat_now = parse_event({"event_name": "user_click_chatnow", "oa_id": OA, "user_id": USER, "timestamp": "1"}, {OA})

    assert follow.address == chat_now.address == f"{OA}:{USER}"
    assert follow.identity == f"{OA}:1:{USER}"


def test_it_names_no_account_for_a_group_or_another_account() -> None:
    assert _event(recipient={"id": "group-1"}).oa_id == ""


def test_it_keeps_ids_that_do_not_fit_into_a_float() -> None:
    body = parse_body(json.dumps(_body(sender={"id": 7700000000000000011})).encode())
    assert body is not None
    assert parse_event(body, {OA}).user_id == "7700000000000000011"


@pytest.mark.parametrize("wrong", [7.7e18, True, {}, [], "", "a b", "x" * 101, "\ud800"])
def test_it_refuses_what_is_no_id(wrong: object) -> None:
    with pytest.raises(UnreadableEventError):
        read_id(wrong, "msg_id")


def test_it_takes_a_timestamp_as_text_or_whole_number() -> None:
    assert body_timestamp({"timestamp": 1788000000123}) == body_timestamp({"timestamp": "1788000000123"})
    assert body_timestamp({"timestamp": 1.5}) is None
    assert body_timestamp({}) is None


@pytest.mark.parametrize("raw", ['{"a": "1"}'.encode("utf-16"), b'{"a": "\xed\xa0\x80"}', b'{"a": "\x00"}'])
def test_it_reads_no_body_that_a_database_would_not_take(raw: bytes) -> None:
    assert parse_body(raw) is None


@pytest.mark.parametrize("raw", [b"", b"x", b"[]", b"\xff", b"[" * 100_000, b'{"a":' + b"9" * 5000 + b"}"])
def test_it_reads_no_body_from_what_is_no_object(raw: bytes) -> None:
    assert parse_body(raw) is None


def test_it_cleans_text() -> None:
    assert read_text(_event(message={"msg_id": "1", "text": "cha\u0300o \ud800\u0000\u200b bạn "})) == "chào  bạn"
    assert read_text(_event(message={"msg_id": "1"})) == ""
    with pytest.raises(UnreadableEventError):
        read_text(_event(message={"msg_id": "1", "text": 5}))


def test_it_tells_button_tokens_and_numbers_from_questions() -> None:
    assert button_token("#abcdefghijklmnopqrstuv") == "abcdefghijklmnopqrstuv"
    assert button_token("#chao") is None
    assert button_token("hỏi #abcdefghijklmnopqrstuv") is None
    assert [list_number(text) for text in ("2", " 2. ".strip(), "Số 3", "12)", "2 mũi", "123", "")] == [
        2, 2, 3, 12, None, None, None,
    ]  # fmt: skip

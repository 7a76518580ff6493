"""Fixed vectors, made with sha256sum, so that a change on both sides of the code cannot hide an error."""

from __future__ import annotations

import pytest

from connectors.channels.zalo.signature import Verdict, judge, mac

APP, OA, SECRET = "2900000000000000001", "4400000000000000099", "an-oa-secret-key-for-tests"
BODY = (
    b'{"app_id":"2900000000000000001","event_name":"user_send_text","sender":{"id":"7700000000000000011"},'
    b'"recipient":{"id":"4400000000000000099"},"message":{"msg_id":"a1b2c3d4e5f60718",'
    b'"text":"Xin ch\\u00e0o https:\\/\\/example.vn"},"timestamp":"1788000000123"}'
)
BODY_TIME, HEADER_TIME = "1788000000123", "1788000000999"
BY_BODY_TIME = "c2fe3c2ebb0ce3a1f2633d066f13c43fadf59cbc035c696e3f9bb59ba8764856"
BY_HEADER_TIME = "7491b125275dabe1a9dab906a7d1477294596746074f5efca7b2d78d1963211d"
BY_OA_ID = "67dc6004070293f9aab860246bc09eaa620b48caaa51ad2b145c7dbedc9f515a"


def _judge(header: str, body: bytes = BODY, first: str = APP, secret: str = SECRET) -> Verdict:
    return judge(header, body, [(first, secret)], BODY_TIME, HEADER_TIME)


@pytest.mark.parametrize(
    ("first", "time", "expected"),
    [(APP, BODY_TIME, BY_BODY_TIME), (APP, HEADER_TIME, BY_HEADER_TIME), (OA, BODY_TIME, BY_OA_ID)],
)
def test_it_computes_the_known_vectors(first: str, time: str, expected: str) -> None:
    assert mac(first, BODY, time, SECRET) == expected


def test_it_accepts_the_body_time_and_the_header_time() -> None:
    assert _judge(f"mac={BY_BODY_TIME}") is Verdict.BODY_TIME
    assert _judge(f"mac={BY_HEADER_TIME}") is Verdict.HEADER_TIME


@pytest.mark.parametrize("header", [BY_BODY_TIME, f"mac={BY_BODY_TIME.upper()}", f"  mac={BY_BODY_TIME} "])
def test_it_accepts_the_ways_in_which_the_header_is_written(header: str) -> None:
    assert _judge(header) is Verdict.BODY_TIME


def test_it_misses_a_signature_that_did_not_come() -> None:
    assert _judge("") is Verdict.MISSING
    assert _judge("mac=") is Verdict.MISSING


@pytest.mark.parametrize("header", ["mac=" + "0" * 64, "mac=" + BY_BODY_TIME[:-1], "mac=é", "sha256=" + BY_BODY_TIME])
def test_it_refuses_another_signature(header: str) -> None:
    assert _judge(header) is Verdict.WRONG


def test_it_refuses_another_body_secret_or_first_term() -> None:
    rewritten = BODY.replace(b"\\/", b"/")
    assert _judge(f"mac={BY_BODY_TIME}", body=rewritten) is Verdict.WRONG
    assert _judge(f"mac={BY_BODY_TIME}", secret="the-app-secret-instead") is Verdict.WRONG
    assert _judge(f"mac={BY_OA_ID}") is Verdict.WRONG


def test_it_tries_the_secret_of_each_account_that_may_be_meant() -> None:
    keys = [(APP, "another-oa-secret"), (APP, SECRET)]
    assert judge(f"mac={BY_BODY_TIME}", BODY, keys, BODY_TIME, None) is Verdict.BODY_TIME


def test_it_refuses_when_there_is_no_secret_or_no_time() -> None:
    assert judge(f"mac={BY_BODY_TIME}", BODY, [], BODY_TIME, None) is Verdict.WRONG
    assert judge(f"mac={BY_BODY_TIME}", BODY, [(APP, SECRET)], None, None) is Verdict.WRONG


@pytest.mark.parametrize("time", ["\ud83d", "x" * 100_000, "\x00"])
def test_it_refuses_times_that_are_none(time: str) -> None:
    assert judge("mac=" + "0" * 64, BODY, [(APP, SECRET)], time, time) is Verdict.WRONG

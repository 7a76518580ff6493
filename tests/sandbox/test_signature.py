"""The signature over the very bytes, against vectors computed apart from the code (sha256sum)."""

from __future__ import annotations

import pytest

from sandbox.webhooks.signature import encode, sign

VECTORS = [
    (
        "2900000000000000001",
        b'{"a":"b"}',
        "1788000000123",
        "khoa-bi-mat",
        "bb04a1856d71d4559b8405bac91e16949beee1f5a61daa18dc6f0fe18ce4d7f9",
    ),
    ("1", '{"text":"Khó thở"}'.encode(), "1", "k", "df0985beb29878397c25a99d2a59355d6d7c07537677a09d4e4de49128c827cb"),
    ("2900000000000000001", b"", "", "khoa-bi-mat", "41a1e88fb964c433492803a53af201da310e2b8663be08892b102848a59d665b"),
]


@pytest.mark.parametrize(("app_id", "body", "timestamp", "key", "digest"), VECTORS)
def test_it_hashes_app_id_body_timestamp_and_key_in_this_order(
    app_id: str, body: bytes, timestamp: str, key: str, digest: str
) -> None:
    assert sign(app_id, body, timestamp, key) == f"mac={digest}"


def test_it_writes_slashes_escaped_and_vietnamese_as_utf8_when_it_encodes() -> None:
    """A receiver that writes the JSON anew and checks that gets another hash."""
    assert encode({"url": "http://a/b", "text": "Chào"}) == '{"url":"http:\\/\\/a\\/b","text":"Chào"}'.encode()

"""Foreign addresses: only listed hosts, only public ones behind their names."""

from __future__ import annotations

import pytest

from connectors.core.foreign_hosts import PublicResolver, is_allowed, is_public


async def test_a_name_of_this_machine_has_no_address() -> None:
    with pytest.raises(OSError, match="no public address"):
        await PublicResolver().resolve("localhost", 80)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://f21.photo.zdn.vn/a.jpg", True),
        ("https://zdn.vn/a.jpg", True),
        ("https://a.zdn.vn:443/x", True),
        ("https://ZDN.vn./x", True),
        ("http://127.0.0.1:8090/cdn/1", True),
        ("http://127.0.0.1/cdn/1", False),
        ("http://127.0.0.1:8091/cdn/1", False),
        ("https://zdn.vn.evil.com/a", False),
        ("https://evilzdn.vn/a", False),
        ("https://zdn.vn:8080/a", False),
        ("https://zdn.vn@evil.com/a", False),
        ("https://user:pw@zdn.vn/a", False),
        ("ftp://zdn.vn/a", False),
        ("file:///etc/passwd", False),
        ("//zdn.vn/a", False),
        ("http://[::1]/a", False),
        ("http://[zdn.vn/a", False),
        ("http://zdn.vn:x/a", False),
        ("http://2130706433/a", False),
        ("", False),
    ],
)
def test_it_asks_only_listed_hosts(url: str, allowed: bool) -> None:
    assert is_allowed(url, ("zdn.vn", "127.0.0.1:8090")) == allowed


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
    ],
)
def test_it_knows_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) == public

"""Zalo's settings are read together with the gateway's; everything wrong is named at once."""

from __future__ import annotations

import pytest

from connectors.core.config import read_settings
from contracts.settings import SettingsError
from tests.support.zalo_road import OA_ID, base_variables, zalo_variables


def _variables(**changes: str) -> dict[str, str]:
    return base_variables() | zalo_variables("http://127.0.0.1:1", 2) | changes


def test_it_has_no_zalo_until_it_is_switched_on() -> None:
    assert read_settings(base_variables()).zalo is None


def test_it_reads_several_accounts_and_keys() -> None:
    key = _variables()["ZALO_TOKEN_KEY"]
    secrets = f"{OA_ID}:first, 55:second:with-colon"
    zalo = read_settings(_variables(ZALO_OA_SECRETS=secrets, ZALO_TOKEN_KEY=f"{key},{key}")).zalo

    assert zalo is not None
    assert zalo.oa_secrets == {OA_ID: "first", "55": "second:with-colon"}
    assert zalo.token_keys == (key, key)
    assert (zalo.button_template, zalo.verifier, zalo.strict) == ("", "", True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZALO_APP_ID", "abc"),
        ("ZALO_OA_SECRETS", "no-colon-in-here"),
        ("ZALO_OA_SECRETS", "55:another-account-only"),
        ("ZALO_TOKEN_KEY", "x" * 44),
        ("ZALO_SIGNATURE_MODE", "off"),
        ("ZALO_WEBHOOK_PATH", "zalo"),
        ("ZALO_VERIFIER", "a/b"),
        ("ZALO_PKCE", "static"),
        ("ZALO_MAX_BUTTONS", "6"),
        ("ZALO_ANSWER_WITHIN_H", "0"),
        ("ZALO_MEDIA_HOSTS", "zdn.vn,https://zadn.vn"),
        ("ZALO_MEDIA_HOSTS", "vn"),
        ("ZALO_MEDIA_MAX_MB", "1000"),
    ],
)
def test_it_names_a_wrong_setting(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings(_variables(**{name: value}))


def test_it_fetches_files_from_zalo_and_from_a_sandbox_only() -> None:
    real = read_settings(_variables(ZALO_API_URL="https://openapi.zalo.me")).zalo
    sandbox = read_settings(_variables(ZALO_API_URL="http://127.0.0.1:8090")).zalo

    assert real is not None
    assert sandbox is not None
    assert real.media_hosts == ("zdn.vn", "zadn.vn")
    assert sandbox.media_hosts == ("zdn.vn", "zadn.vn", "127.0.0.1:8090")


def test_its_representation_holds_no_secret() -> None:
    shown = repr(read_settings(_variables()))

    assert "an-app-secret-for-tests" not in shown
    assert "an-oa-secret-key-for-tests" not in shown
    assert _variables()["ZALO_TOKEN_KEY"] not in shown

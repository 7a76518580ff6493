"""An installation's settings: secrets made once and kept from others, ports that can be moved, busy ones named."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

from deploy.environment import SECRETS, busy_ports, installation_environment


def test_it_makes_secrets_once_and_keeps_them_from_others(tmp_path: Path) -> None:
    first = installation_environment({"VAR_DIR": str(tmp_path)})
    second = installation_environment({"VAR_DIR": str(tmp_path)})

    assert {name: first[name] for name in SECRETS} == {name: second[name] for name in SECRETS}
    assert len({first[name] for name in SECRETS}) == len(SECRETS)
    assert stat.S_IMODE((tmp_path / "env").stat().st_mode) == 0o600


def test_it_derives_addresses_from_moved_ports(tmp_path: Path) -> None:
    environment = installation_environment({"VAR_DIR": str(tmp_path), "ENGINE_PORT": "6005"})

    assert environment["ENGINE_URL"] == "http://127.0.0.1:6005"


def test_it_names_a_port_that_is_in_use_and_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        lines = busy_ports(installation_environment({"VAR_DIR": str(tmp_path), "GATEWAY_PORT": port}))

    assert any(f"Cổng {port}" in line and "GATEWAY_PORT" in line for line in lines)


def test_it_names_a_port_that_is_no_number(tmp_path: Path) -> None:
    lines = busy_ports(installation_environment({"VAR_DIR": str(tmp_path), "GATEWAY_PORT": "http"}))

    assert lines[0] == "GATEWAY_PORT là 'http'; đặt một số từ 1 đến 65535"

"""Ports for installations beside the usual one."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.ports import END, FIRST, free_port


def test_it_gives_no_port_twice_when_many_ask_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as askers:
        ports = list(askers.map(lambda _: free_port(tmp_path / "ports"), range(200)))
    assert len(set(ports)) == 200


def test_it_gives_only_ports_that_no_outgoing_connection_is_lent(tmp_path: Path) -> None:
    range_of_kernel = Path("/proc/sys/net/ipv4/ip_local_port_range")
    lent_from = int(range_of_kernel.read_text().split()[0]) if range_of_kernel.exists() else END
    assert FIRST <= free_port(tmp_path / "ports") < lent_from


def test_it_passes_over_a_port_that_somebody_listens_on(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port()))
        other.listen()
        taken = other.getsockname()[1]
        (tmp_path / "ports").write_text(str(taken - 1))
        assert free_port(tmp_path / "ports") != taken


def test_it_starts_again_at_the_first_port_after_the_last(tmp_path: Path) -> None:
    (tmp_path / "ports").write_text(str(END - 1))
    assert FIRST <= free_port(tmp_path / "ports") < FIRST + 100


def test_it_starts_anew_when_the_counter_is_no_number(tmp_path: Path) -> None:
    (tmp_path / "ports").write_text("đâu\n")
    assert free_port(tmp_path / "ports") >= FIRST

"""Tests that no test can reach another machine, and that this one can be reached."""

import socket
import urllib.request

import pytest

from tests.staying_here import LeavesThisMachine


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "10.0.0.7"])
def test_an_address_of_another_machine_is_not_connected_to(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as connection, pytest.raises(LeavesThisMachine):
        connection.connect((host, 80))


def test_the_name_of_another_machine_is_not_looked_up() -> None:
    with pytest.raises(LeavesThisMachine):
        urllib.request.urlopen("http://models.dateline.org/")


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()

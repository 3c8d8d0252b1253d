"""What is read from requests."""

import pytest
from fastapi import Request

from kg.errors import QueryError
from kg.web.requests import client_of, parameters_of


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"), ("", ""), ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff", "2001:db8::/64"), ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        # those of IPv4 on a socket that takes both kinds
        ("::ffff:192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.2", "192.0.2.2"),
    ],
)  # fmt: skip
def test_clients_take_turns_by_address_or_by_network_of_ipv6(address, client):
    scope = {"type": "http", "headers": [], "client": (address, 1)}
    assert client == client_of(Request(scope))


def test_a_form_may_hold_utf_8_as_it_is_and_nothing_else():
    assert "Homs, حمص" == parameters_of("q=Homs%2C حمص".encode()).one("q")
    with pytest.raises(QueryError, match="not UTF-8"):
        parameters_of("q=Brücke".encode("latin-1"))

"""A canary notes that it is called, and is only where the site can reach it."""

import socket

from kg.checking.canary import listening


def test_a_canary_notes_that_it_is_called_and_only_then():
    with listening("http://127.0.0.1:1/sparql") as canary:
        assert not canary.called.is_set()
        port = int(canary.url.rpartition(":")[2].partition("/")[0])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            client.sendall(b"GET /canary HTTP/1.0\r\n\r\n")
            assert client.recv(12) == b"HTTP/1.0 200"
        assert canary.called.is_set()


def test_there_is_no_canary_for_a_site_elsewhere():
    with listening("http://192.0.2.1.invalid/") as canary:
        assert canary is None

"""Who a request is from, behind proxies that are trusted and such that are not."""

import pytest

from kg.web.forwarded import Origin, Proxies

PROXIES = Proxies(("127.0.0.1", "10.0.0.0/8", "fd00::/8"))


def origin(peer: str, *headers: tuple[str, str]) -> Origin:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    return PROXIES.origin({"client": (peer, 1), "scheme": "http", "headers": raw})


@pytest.mark.parametrize(
    ("value", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("2001:DB8::1", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        # what the client said itself stands first, and is not believed
        ("192.0.2.66, 203.0.113.9", "203.0.113.9"),
        ("192.0.2.66, 203.0.113.9, 10.1.1.1, 10.2.2.2", "203.0.113.9"),
        # all are ours: the first of them sent it
        ("10.1.1.1, 10.2.2.2", "10.1.1.1"),
        # what is no address says nothing, and hides nothing behind a stranger
        ("203.0.113.9, unknown, 10.2.2.2", "127.0.0.1"),
        ("unknown, 203.0.113.9", "203.0.113.9"),
        ("unknown", "127.0.0.1"),
        ("'; DROP TABLE clients", "127.0.0.1"),
        (", ,", "127.0.0.1"),
    ],
)
def test_a_trusted_proxy_says_who_the_client_is(value, client):
    assert client == origin("127.0.0.1", ("x-forwarded-for", value)).client


@pytest.mark.parametrize(
    ("value", "client"),
    [
        ("for=203.0.113.9", "203.0.113.9"),
        ('For="203.0.113.9:80";Proto=https;by=10.0.0.1', "203.0.113.9"),
        ('for="[2001:db8::1]:4711"', "2001:db8::1"),
        ('for=192.0.2.66, for="203.0.113.9"', "203.0.113.9"),
        ("for=_hidden", "127.0.0.1"),
        ('for=192.0.2.66;by="a,b;c", for=10.0.0.5', "192.0.2.66"),
        ("proto=https", "127.0.0.1"),
        ('for="unfinished', "127.0.0.1"),
    ],
)
def test_the_standard_header_is_read_as_the_standard_has_it(value, client):
    assert client == origin("127.0.0.1", ("forwarded", value)).client


def test_a_stranger_who_says_to_forward_is_not_believed():
    headers = (("x-forwarded-for", "127.0.0.1"), ("x-forwarded-proto", "https"))
    assert Origin("203.0.113.9", "http") == origin("203.0.113.9", *headers)
    assert Origin("203.0.113.9", "http") == origin("203.0.113.9", ("forwarded", "for=10.0.0.1"))


def test_a_header_that_the_proxy_only_passed_on_is_not_believed():
    told, forged = ("x-forwarded-for", "203.0.113.9"), ("forwarded", "for=10.9.9.9")
    assert Origin("127.0.0.1", "http") == origin("127.0.0.1", told, forged)
    both = origin("127.0.0.1", told, ("forwarded", "for=203.0.113.9"))
    assert ("203.0.113.9", True) == (both.client, both.is_told)


def test_the_scheme_is_what_the_nearest_proxy_says():
    assert "https" == origin("10.0.0.1", ("x-forwarded-proto", "https")).scheme
    assert "http" == origin("10.0.0.1", ("x-forwarded-proto", "https, http")).scheme
    assert "https" == origin("10.0.0.1", ("forwarded", "for=192.0.2.1;proto=HTTPS")).scheme
    assert "http" == origin("10.0.0.1", ("x-forwarded-proto", "javascript")).scheme


def test_several_lines_of_a_header_are_one_list():
    lines = ("x-forwarded-for", "192.0.2.66"), ("x-forwarded-for", "203.0.113.9")
    assert "203.0.113.9" == origin("fd00::1", *lines).client


def test_a_server_without_an_address_trusts_nobody():
    raw = [(b"x-forwarded-for", b"203.0.113.9")]
    assert Origin("", "http") == PROXIES.origin({"client": None, "scheme": "http", "headers": raw})
    nobody = Proxies(())
    scope = {"client": ("127.0.0.1", 1), "scheme": "http", "headers": raw}
    assert nobody.origin(scope) is None


def test_a_header_as_long_as_can_be_is_read_at_once():
    value = ",".join(['for="' + "\\" * 20_000] * 3)
    assert "127.0.0.1" == origin("127.0.0.1", ("forwarded", value)).client
    assert "127.0.0.1" == origin("127.0.0.1", ("x-forwarded-for", "[" * 60_000)).client

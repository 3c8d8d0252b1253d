"""Who a request is from where proxies stand before the server (storey 4).

What headers say of it is believed of addresses that the settings name, and of nobody else.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.types import Scope

from kg.web.answers import RawHeaders

Network = IPv4Network | IPv6Network

FORWARDED, FORWARDED_FOR, FORWARDED_PROTO = b"forwarded", b"x-forwarded-for", b"x-forwarded-proto"
HEADERS = frozenset({FORWARDED, FORWARDED_FOR, FORWARDED_PROTO})
SCHEMES = ("http", "https")

# an element of the list, and a pair in an element; what is in quotes may hold their marks
# Source: https://www.rfc-editor.org/rfc/rfc7239#section-4
PLAIN = re.compile(r"[^,]+")
# each character is looked at once: a client may send as many as a head holds
ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*+"?)++')
PAIR = re.compile(r'(?:^|(?<=;))\s*+([A-Za-z]++)=(?:"((?:[^"\\]|\\.)*+)"|([^";,\s]*+))\s*+(?=;|$)')

# an address with a port, or in brackets
WITH_PORT = re.compile(r"\[([^\]]*)\](?::\d+)?|([\d.]+):\d+")

# addresses whose trust is remembered
PEERS = 1_000


@dataclass(frozen=True, slots=True)
class Origin:
    """The address that a request is from, "" where nobody knows, and the scheme of its URL.

    `is_told` says that a proxy told the address.
    """

    client: str
    scheme: str
    is_told: bool = False


class Proxies:
    """Says who requests are from; `trusted` are addresses and networks."""

    def __init__(self, trusted: Sequence[str]) -> None:
        self._networks = tuple(ip_network(one) for one in trusted)
        self._trusts = lru_cache(PEERS)(self._is_among)

    def origin(self, scope: Scope) -> Origin | None:
        """Return who the request is from: the last address that no trusted proxy has.

        None where nobody is trusted: then it is from where the connection is from.
        """
        if not self._networks:
            return None
        peer, scheme = scope["client"][0] if scope.get("client") else "", scope["scheme"]
        found = tuple(header for header in scope["headers"] if header[0] in HEADERS)
        if not found or not self._trusts(peer):
            return Origin(peer, scheme)
        elements = [_pairs(one) for one in _listed(found, FORWARDED, ELEMENT)]
        chains = [one.get("for", "") for one in elements], _listed(found, FORWARDED_FOR, PLAIN)
        # a proxy writes one of the two, and passes on what a client wrote in the other
        told = {self._first_stranger(peer, chain) for chain in chains if chain}
        client = told.pop() if len(told) == 1 else ""
        said = [one["proto"] for one in elements if "proto" in one]
        said += _listed(found, FORWARDED_PROTO, PLAIN)
        scheme = said[-1].lower() if said and said[-1].lower() in SCHEMES else scheme
        return Origin(client or peer, scheme, bool(client))

    def _first_stranger(self, peer: str, hops: Sequence[str]) -> str:
        """Return the address that the request was sent from, as far as trusted proxies tell it.

        "" where they tell something else than addresses.
        """
        client = peer
        for hop in reversed(hops):
            if not self._trusts(client):
                break
            client = address_of(hop)
            if not client:
                break
        return client

    def _is_among(self, address: str) -> bool:
        known = address_of(address)
        return bool(known) and among(known, self._networks)


def among(address: str, networks: Iterable[Network]) -> bool:
    """Whether the address is in one of the networks."""
    found = ip_address(address)
    return any(found in network for network in networks)


def address_of(text: str) -> str:
    """Return the IP address in a hop, without brackets and port, or "" where it is none."""
    matched = WITH_PORT.fullmatch(text)
    try:
        address = ip_address((matched[1] or matched[2]) if matched else text)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _listed(headers: RawHeaders, name: bytes, element: re.Pattern[str]) -> list[str]:
    """Return the elements of a header that is a list, of all its lines."""
    lines = (value.decode("latin-1") for found, value in headers if found == name)
    listed = (one.strip() for line in lines for one in element.findall(line))
    return [one for one in listed if one]


def _pairs(element: str) -> dict[str, str]:
    return {one[1].lower(): one[2] or one[3] or "" for one in PAIR.finditer(element)}

"""A request and what came of it, as values (storey 1)."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote, urljoin

# what stands between the characters of an IRI and those of its URI
# Source: https://www.rfc-editor.org/rfc/rfc3987#section-3.1
URI = ":/?#[]@!$&'()*+,;=%-._~"

# bytes of a body that a command repeats
SHOWN = 400


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `headers` are pairs of a name and a value. Nothing but these is asked for."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def __str__(self) -> str:
        """Return the command of curl that sends the same."""
        words = ["curl", "-I" if self.method == "HEAD" else "-i"]
        if self.method not in ("GET", "HEAD", "POST"):
            words += ["-X", self.method]
        if not any(name == "Accept" for name, _ in self.headers):
            words += ["-H", "Accept:"]
        for name, value in self.headers:
            words += ["-H", f"{name}: {value}"]
        if self.method == "POST":
            words += ["--data-binary", self.body[:SHOWN].decode(errors="replace")]
        return shlex.join([*words, self.url])


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: status 0 and a `fault` in words where no whole answer did.

    `headers` has names in lower case; lines of one name are joined by commas. The body is
    unpacked.
    """

    request: Request
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    body: bytes = b""
    fault: str = ""

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def location(self) -> str:
        """Where a redirect leads, as a whole URL, or ""."""
        target = self.headers.get("location", "")
        return address_of(joined(self.request.url, target)) if target else ""

    def has(self, name: str, token: str) -> bool:
        """Whether a header that is a list, such as Vary, has the token or `*`."""
        tokens = {one.strip().lower() for one in self.headers.get(name, "").split(",")}
        return bool(tokens & {token.lower(), "*"})

    def __str__(self) -> str:
        """Return the answer in a few words."""
        if self.fault:
            return self.fault
        told = (("", self.media_type), ("to ", self.location))
        return ", ".join([str(self.status), *(name + value for name, value in told if value)])


def joined(url: str, target: str) -> str:
    """Return the URL that an answer from `url` names by `target`, "" where it is none.

    >>> joined("http://example.org/a/b", "c"), joined("http://example.org/", "http://[")
    ('http://example.org/a/c', '')
    """
    try:
        return urljoin(url, target)
    except ValueError:
        return ""


def address_of(iri: str) -> str:
    """Return the URL to request for an IRI: without its fragment, as a URI.

    >>> address_of("http://example.org/é#x")
    'http://example.org/%C3%A9'
    """
    return quote(iri.partition("#")[0], safe=URI)

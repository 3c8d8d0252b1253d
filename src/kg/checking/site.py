"""What discovery has learnt of a site (storey 1): where it is, and what it says of itself."""

import re
from dataclasses import dataclass
from urllib.robotparser import RobotFileParser

from pyoxigraph import Triple

from kg.checking.client import Client
from kg.checking.exchange import address_of


@dataclass(frozen=True, slots=True)
class Site:
    """A site to be checked.

    `url` is what was asked for, `home` where the site begins, `space` how the IRIs begin that it
    answers for: that is `home`, or another base that the same paths are under. `things` are IRIs
    of what it describes, `documents` URLs that answer with RDF. `description` is what it says of
    its data set and endpoint, from `described_at`. All are "" or empty where nothing was found.
    """

    client: Client
    url: str
    home: str
    space: str
    robots: RobotFileParser
    endpoint: str = ""
    described_at: str = ""
    description: tuple[Triple, ...] = ()
    map: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def owns(self, iri: str) -> bool:
        """Whether the site answers for an IRI."""
        return iri.startswith((self.home, self.space))

    def address(self, iri: str) -> str:
        """Return the URL at which the site answers for an IRI."""
        if iri.startswith(self.space):
            return address_of(self.home + iri.removeprefix(self.space))
        return address_of(iri)

    def name_of(self, url: str) -> str:
        """Return the IRI that is answered for at a URL."""
        return self.space + url.removeprefix(self.home) if url.startswith(self.home) else url

    def may_crawl(self, url: str) -> bool:
        """Whether robots.txt lets a program follow a link to the URL.

        Source: https://www.rfc-editor.org/rfc/rfc9309
        """
        try:
            return self.robots.can_fetch("kg-check", url)
        except ValueError:
            # no URL, whatever names it
            return False


def origin_of(url: str) -> str:
    """Return scheme, host and port of a URL, with a slash.

    >>> origin_of("http://example.org:80/a/b")
    'http://example.org:80/'
    """
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{re.split('[/?#]', rest, maxsplit=1)[0]}/"

"""Two servers of one site: everything that one links to is asked of both."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from zlib import crc32

import httpx

from kg.dataset.addresses import DOCUMENT_FORMATS
from kg.rdf.formats import CSV, JSON, PROBLEM, TSV, XML

# the address under which both are asked
HOST = "export.test"

# headers that the export has as the server has them
EQUAL = (
    "content-type",
    "location",
    "link",
    "vary",
    "cache-control",
    "content-location",
    "content-language",
    "memento-datetime",
    "access-control-allow-origin",
    "content-security-policy",
    "referrer-policy",
    "x-content-type-options",
)

TYPES = tuple(f.media_type for f in (*DOCUMENT_FORMATS, JSON, XML, CSV, TSV, PROBLEM))

# what else clients send
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ACCEPTS = (*TYPES, BROWSER, "text/turtle;q=0.5, application/ld+json;q=0.55, */*;q=0.1", "none/none")
LANGUAGES = ("", "ar", "fr-CA, en;q=0.5", "de")

# what an export has not: docs/export.md
PROGRAMS = re.compile(
    r"/(?:sparql|search|reconcile|validate|graph-store|opensearch|openapi|health|metrics)\b"
    r"|[?&](?:sort|q|query|class|to|by|column|pageSize)=|/diff/[^/]+/[^/]+/."
)

LINKS = re.compile(r'(?:href|src)="(/[^"#]*)|<(/[^>#]*)>; rel=|<loc>http://export\.test(/[^<]*)')


@dataclass
class Comparison:
    """What was asked of both servers, and where they differ."""

    expected: httpx.Client
    found: httpx.Client
    asked: int = 0
    differences: list[str] = field(default_factory=list)

    def compare(self, target: str, accept: str = "", language: str = "") -> httpx.Response:
        """Ask both; return the answer of the first."""
        headers = {"host": HOST, "accept-encoding": "identity"}
        headers |= {"accept": accept} if accept else {}
        headers |= {"accept-language": language} if language else {}
        one, other = (
            client.send(client.build_request("GET", target, headers=headers))
            for client in (self.expected, self.found)
        )
        self.asked += 1
        for what in self._differing(one, other):
            self.differences.append(f"{target} [{accept}] [{language}]: {what}")
        return one

    def _differing(self, one: httpx.Response, other: httpx.Response) -> Iterator[str]:
        if one.status_code != other.status_code:
            yield f"status {one.status_code}, {other.status_code}"
            return
        if one.status_code == 200 and one.content != other.content:
            yield "other bytes"
        # an error is told in other words, and nginx says a sentence with a redirect
        left = {"content-type"} if one.status_code in (301, 302, 303, 307, 308) else set()
        for name in EQUAL:
            if name not in left and _listed(one, name) != _listed(other, name):
                yield f"{name}: {one.headers.get(name)}, {other.headers.get(name)}"


def _listed(answer: httpx.Response, name: str) -> str | None:
    """A header as both write it: Apache names whole addresses, and lists Vary without spaces."""
    value = answer.headers.get(name)
    if value and name == "vary":
        return ", ".join(re.split(r", *", value))
    return value.removeprefix(f"http://{HOST}") if value and name == "location" else value


def client(url: str) -> httpx.Client:
    """A client that adds nothing to a request."""
    made = httpx.Client(base_url=url, timeout=60)
    made.headers.clear()
    return made


# what a folder names of others' words, described at addresses of one kind
FOREIGN = re.compile(r"/resource\?iri=https?%3A%2F%2F(?!elsewhere|example)")


def crawl(
    comparison: Comparison, beginning: Iterable[str], accepts=ACCEPTS, left=PROGRAMS.search
) -> set[str]:
    """Compare all that is linked to from there, and return what.

    What it begins with is compared in every format, what is found on the way in `accepts`, and
    not what is `left` out.
    """
    begun = set(beginning)
    waiting, seen = list(begun), set(begun)
    while waiting:
        target = waiting.pop()
        for answer in answers(comparison, target, ACCEPTS if target in begun else accepts):
            if answer.status_code not in (200, 303, 307, 308):
                continue
            for link in links_of(answer):
                if link not in seen and not (PROGRAMS.search(link) or left(link)):
                    seen.add(link)
                    waiting.append(link)
    return seen


def others(target: str) -> bool:
    """Whether the target is of one of nine in ten documents, always the same ones."""
    name = re.sub(r"^/[^/]+/|[.?].*", "", target)
    return target.startswith(("/doc/", "/id/", "/resource")) and crc32(name.encode()) % 10 > 0


def answers(
    comparison: Comparison, target: str, accepts: tuple[str, ...]
) -> Iterator[httpx.Response]:
    """Compare an address in formats, and in all languages that it has."""
    first = comparison.compare(target)
    yield first
    named = "." in target.partition("?")[0].rpartition("/")[2] or "format=" in target
    for accept in accepts[:1] if named else accepts:
        yield comparison.compare(target, accept)
    for language in LANGUAGES if "lang=" not in target else ():
        answer = comparison.compare(target, BROWSER, language)
        if "accept-language" not in answer.headers.get("vary", "").lower():
            break
        yield answer


def links_of(answer: httpx.Response) -> Iterator[str]:
    if location := answer.headers.get("location"):
        yield location
    kind = answer.headers.get("content-type", "")
    text = answer.text if "html" in kind or "xml" in kind else ""
    for found in LINKS.findall(answer.headers.get("link", "") + text):
        link = unescape(next(filter(None, found), ""))
        if link.startswith("/"):
            yield link

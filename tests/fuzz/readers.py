"""What reads texts of strangers: each function reads one, and fails where it should not.

hypothesis gives them texts in `test_readers.py`, and atheris in `scripts/fuzz_by_coverage.py`.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from types import MappingProxyType

import kg
from kg.dataset.addresses import locate
from kg.dataset.queries import stored_query
from kg.errors import KgError, NotAcceptable, QueryError
from kg.rdf.formats import FORMATS, HTML
from kg.rdf.negotiation import choose, choose_coding, choose_language
from kg.source.turtle import Unreadable, triples
from kg.web.forwarded import Proxies
from kg.web.reconcile_requests import batch_of, extension_of
from kg.web.simple_request import read_simply
from tests.conftest import REPO

OFFERED = (*FORMATS, HTML)
PROXIES = Proxies(("127.0.0.1",))


def accept(header: str) -> None:
    """An Accept header chooses what there is, or nothing."""
    with suppress(NotAcceptable):
        assert choose(header, OFFERED) in OFFERED
    assert choose_coding(header, ("zstd", "gzip")) in ("zstd", "gzip", "")
    assert choose_language(header, ("en", "ar")) in ("en", "ar")


def turtle(text: str) -> None:
    """Places of triples are in the text."""
    # where the engine reads it, tests/source/test_turtle.py says which
    with suppress(Unreadable):
        for places in triples(text):
            assert all(-1 <= place < len(text) for place in places)


def query_header(text: str) -> None:
    """The header of a stored query is read or refused."""
    with suppress(KgError):
        assert text == stored_query("name", text, "name.rq").text


def reconciliation(text: str) -> None:
    """A request to reconcile or to extend is read or refused."""
    for read in (lambda: batch_of(text, ()), lambda: extension_of(text)):
        with suppress(QueryError):
            read()


def forwarded(value: str) -> None:
    """A header of a proxy is read or passed over."""
    for name in (b"forwarded", b"x-forwarded-for", b"x-forwarded-proto"):
        headers = [(name, value.encode("utf-8", "surrogatepass"))]
        scope = {"client": ("127.0.0.1", 1), "scheme": "http", "headers": headers}
        assert PROXIES.origin(scope).scheme in ("http", "https")


def path(text: str) -> None:
    """A path leads to a location or to none."""
    located = locate(small(), text)
    assert located is None or located.iri


def request(text: str) -> None:
    """The bytes of a request are read from, or left to the parser."""
    read_simply(text.encode("utf-8", "surrogatepass"))


@cache
def small() -> kg.Snapshot:
    """The ontology, as data: it has IRIs of several shapes."""
    file = next(REPO.glob("ontology/*.ttl"))
    source = kg.load(kg.open_project(file, environ={}))
    return kg.build(source, kg.Report((), 0))


READERS: Mapping[str, Callable[[str], None]] = MappingProxyType(
    {
        one.__name__: one
        for one in (accept, turtle, query_header, reconciliation, forwarded, path, request)
    }
)

"""A claim graph whose IRIs lead to its own server, and what a client should find at each."""

from collections.abc import Callable, Iterator

import pytest
from pyoxigraph import Dataset, NamedNode, RdfFormat

from tests.conftest import REPO, Server, reserved_port, serving, triples_of

# one of every kind: a record with parts, a thing, a concept, a term with a hash, a graph
ADDRESSES = (
    "id/claim/c-0045",
    "id/actor/russia",
    "scheme/voice/own-voice",
    "ontology#Claim",
    "graph/claims/0045",
)


@pytest.fixture(scope="session")
def own(tmp_path_factory) -> Iterator[Server]:
    """The claim graph with the server's address for a base: its IRIs can be followed as they are.

    It is another data set on every port, of which the user's cache should hear nothing.
    """
    cache = {"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache"))}
    with reserved_port() as port:
        base = f"http://127.0.0.1:{port}/"
        with serving(str(REPO), "--base", base, env=cache, port=port) as server:
            assert f"IRIs under {base} are answered under {base}" in server.printed
            yield server


@pytest.fixture(params=ADDRESSES)
def iri(request, own) -> str:
    """An IRI of every kind, one after the other."""
    return f"{own.url}/{request.param}"


@pytest.fixture(scope="session")
def truth(own) -> Callable[[str], Dataset]:
    """A function that returns the triples at an IRI, read from N-Triples with nothing between."""

    def read(iri: str) -> Dataset:
        accept = "application/n-triples"
        path = iri.removeprefix(own.url).partition("#")[0]
        response = own.get(path, accept, follow_redirects=True)
        assert response.headers["content-type"] == accept
        triples = triples_of(response.content, RdfFormat.N_TRIPLES)
        assert any(triple.subject.value == iri for triple in triples)
        return triples

    return read


@pytest.fixture
def walk(own, truth) -> Callable[[Callable[[str], Dataset]], None]:
    """A function that leads a client from a claim to its source, to a class, to the ontology.

    The client is a function from an IRI to triples. Every IRI but the first one is what the
    client has read, and at every one it must find what is there.
    """

    def follow(client: Callable[[str], Dataset]) -> None:
        iri = f"{own.url}/id/claim/c-0045"
        for predicate in (
            f"{own.url}/ontology#attribution",
            "http://www.w3.org/ns/prov#agent",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
            "http://www.w3.org/2000/01/rdf-schema#isDefinedBy",
        ):
            found = client(iri)
            assert found == truth(iri)
            quads = found.quads_for_subject(NamedNode(iri))
            iri = max(q.object.value for q in quads if q.predicate.value == predicate)
        assert iri.startswith(f"{own.url}/ontology")
        assert client(iri) == truth(iri)

    return follow

"""Graphs as bytes: that a reader who is not the writer finds the same triples."""

import io
from xml.etree import ElementTree

import pytest
from pyoxigraph import BaseDirection, Literal, NamedNode, Triple, parse

from kg.errors import Unwritable
from kg.rdf.formats import FORMATS, JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from kg.rdf.writing import write_graph

S, P = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")
PREFIXES = {"ex": "http://example.org/"}
TEXTS = ("a\rb", "a\r\nb", " a\t\n", '<&>"\\', "\u2028\u0085", "")


def triples_of(*objects):
    return [Triple(S, P, object_) for object_ in objects]


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.extension)
def test_every_format_says_the_same(format_):
    wanted = triples_of(
        *(Literal(text) for text in TEXTS),
        Literal("x", language="ar"),
        Literal("x", language="ar", direction=BaseDirection.RTL),
        Literal("01", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        S,
    )
    body = write_graph(wanted, format_, PREFIXES)
    quads = list(parse(body, format_.engine))
    assert set(wanted) == {quad.triple for quad in quads}
    # a graph is the default graph of what could hold several
    assert {"DEFAULT"} == {str(quad.graph_name) for quad in quads}


def test_readers_of_xml_find_carriage_returns():
    body = write_graph(triples_of(*(Literal(text) for text in TEXTS)), RDF_XML, PREFIXES)
    root = ElementTree.parse(io.BytesIO(body))
    assert set(TEXTS) == {e.text or "" for e in root.iter("{http://example.org/}p")}


@pytest.mark.parametrize("format_", FORMATS, ids=lambda f: f.extension)
@pytest.mark.parametrize(
    ("triple", "refusing"),
    [
        (Triple(S, P, Literal("\x01")), {RDF_XML}),
        (Triple(S, P, Literal("\ufffe")), {RDF_XML}),
        (Triple(S, NamedNode("http://example.org/1"), S), {RDF_XML}),
        (Triple(S, P, Triple(S, P, S)), {JSON_LD}),
        (Triple(S, P, Triple(S, NamedNode("http://example.org/"), S)), {JSON_LD, RDF_XML}),
    ],
    ids=["control", "noncharacter", "no local name", "triple term", "inside a triple term"],
)
def test_what_a_format_cannot_hold_is_refused_and_nothing_is_written_wrong(
    format_, triple, refusing
):
    if format_ in refusing:
        with pytest.raises(Unwritable, match=f"{format_.name} cannot write"):
            write_graph([triple], format_, {})
    else:
        body = write_graph([triple], format_, {})
        assert [triple] == [quad.triple for quad in parse(body, format_.engine)]


def test_a_sink_that_refuses_ends_the_writing():
    class Full(io.BytesIO):
        def write(self, data):
            raise BufferError(len(data))

    with pytest.raises(BufferError):
        write_graph(triples_of(*(Literal(str(n)) for n in range(10_000))), TURTLE, {}, Full())


def test_no_triples_are_an_empty_document():
    assert b"" == write_graph([], N_TRIPLES, {})
    assert [] == list(parse(write_graph([], RDF_XML, {}), RDF_XML.engine))

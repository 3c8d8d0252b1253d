import pytest
from pyoxigraph import NamedNode, Quad, parse, serialize

from kg.rdf.formats import (
    CSV,
    FORMATS,
    HTML,
    JSON,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    RESULT_FORMATS,
    TRIG,
    TURTLE,
    format_of_file,
    with_charset,
)

BOTH = (*FORMATS, *RESULT_FORMATS)


def name_of(format_):
    return format_.name


@pytest.mark.parametrize("format_", BOTH, ids=name_of)
def test_the_table_agrees_with_the_engine_on_the_media_type(format_):
    assert format_.engine.media_type.partition(";")[0] == format_.media_type


def test_the_names_are_those_of_the_w3c():
    """https://www.w3.org/ns/formats/"""
    names = (
        "Turtle N-Triples JSON-LD RDF_XML TriG N-Quads SPARQL_Results_JSON SPARQL_Results_XML "
        "SPARQL_Results_CSV SPARQL_Results_TSV"
    )
    expected = [f"http://www.w3.org/ns/formats/{name}" for name in names.split()]
    assert expected == [format_.iri for format_ in BOTH]


@pytest.mark.parametrize("format_", FORMATS, ids=name_of)
def test_the_table_agrees_with_the_engine_on_datasets(format_):
    assert format_.engine.supports_datasets == format_.datasets


@pytest.mark.parametrize("format_", BOTH, ids=name_of)
def test_aliases_are_no_other_formats_media_type_of_the_same_table(format_):
    table = FORMATS if format_ in FORMATS else RESULT_FORMATS
    assert [] == [other for other in table if other.media_type in format_.aliases]


@pytest.mark.parametrize("part", ["name", "extension", "media_type", "iri"])
def test_no_two_formats_share_their_key(part):
    keys = [getattr(format_, part) for format_ in BOTH]
    assert len(keys) == len(set(keys))


def test_no_two_formats_of_pages_share_an_extension():
    extensions = [format_.extension for format_ in (*BOTH, HTML)]
    assert sorted(set(extensions)) == sorted(extensions)


@pytest.mark.parametrize("format_", FORMATS, ids=name_of)
def test_what_is_served_under_an_extension_is_read_back_from_it(format_):
    assert format_ == format_of_file(f"file.{format_.extension}")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.ttl", TURTLE), ("a.turtle", TURTLE), ("a.nt", N_TRIPLES), ("a.jsonld", JSON_LD),
        ("a.json-ld", JSON_LD), ("a.rdf", RDF_XML), ("a.owl", RDF_XML), ("a.xml", RDF_XML),
        ("a.trig", TRIG), ("a.nq", N_QUADS), ("A.TTL", TURTLE), ("a.b.ttl", TURTLE),
        ("a.json", None), ("a.ttl.gz", None), ("ttl.txt", None), ("README", None), ("", None),
    ],
)  # fmt: skip
def test_a_suffix_names_a_format(name, expected):
    assert expected == format_of_file(name)


@pytest.mark.parametrize("format_", FORMATS, ids=name_of)
def test_every_format_carries_a_triple_there_and_back(format_):
    quad = Quad(*(NamedNode(f"http://example.org/{name}") for name in "abc"))
    assert [quad] == list(parse(serialize([quad], format=format_.engine), format_.engine))


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_text_types_name_their_charset(media_type, expected):
    assert expected == with_charset(media_type)


def test_csv_cannot_hold_the_answer_of_an_ask():
    assert (False, True) == (CSV.boolean, JSON.boolean)

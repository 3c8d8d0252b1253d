import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, parse

from kg.dataset.description import describe
from kg.errors import NotRepresentable
from kg.rdf.formats import FORMATS, JSON_LD, N_QUADS, RDF_XML, TRIG, TURTLE
from kg.views.jsonld import context_document
from kg.views.representation import represent, representation
from tests.conftest import with_context

EX = "http://example.org/"
FILES = {
    "a.ttl": """
        ex:a a ex:C ; rdfs:label 'A'@en, 'Ä'@de, 'א'@he ; ex:p [ ex:q 1, 01.50, true, "x" ] ;
            ex:list ( 1 2 ) .
        ex:a ex:text '''a "quoted" \\\\ <b>&amp;</b>
            line''' ; ex:bad "none"^^xsd:boolean ; ex:empty "" ; <urn:p> <http://x.example/?a=b&c> .
        ex:b ex:points ex:a .
    """,
    "b.ttl": "ex:a ex:more 1 . ex:a rdfs:label 'A'@en .",
}


def name_of(format_):
    return format_.name


def canonical(quads) -> list[str]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in dataset)


def triples_of(quads) -> list[str]:
    return canonical(Quad(*quad.triple) for quad in quads)


@pytest.fixture
def represented(snapshot_of):
    """A function that represents ex:a in a format."""

    def make(format_, files=FILES, name="a"):
        snapshot = snapshot_of(files)
        return represent(snapshot, describe(snapshot, EX + name), format_)

    return make


@pytest.fixture
def read_back(represented, snapshot_of):
    """A function that represents ex:a in a format and reads the quads of that."""

    def make(format_, files=FILES, name="a"):
        body = represented(format_, files, name).body
        if format_ is JSON_LD:
            body = with_context(body, context_document(snapshot_of(files)))
        return list(parse(body, format_.engine))

    return make


@pytest.mark.parametrize("format_", FORMATS, ids=name_of)
def test_every_format_holds_the_whole_description(read_back, snapshot_of, format_):
    description = describe(snapshot_of(FILES), f"{EX}a")
    found = read_back(format_)
    assert triples_of((*description.quads, *description.incoming)) == triples_of(found)


@pytest.mark.parametrize("format_", FORMATS, ids=name_of)
@pytest.mark.parametrize(
    "statement",
    [
        "ex:p 'a\\rcarriage return'",
        "ex:p 'a\\ttab and\\nnew line '",
        "ex:p ' '",
        "ex:p '<![CDATA[x]]>&#1;'",
        "ex:p '\N{GRINNING FACE}'",
        "ex:p <http://x.example/a'b>",
    ],
)
def test_every_format_carries_awkward_terms(read_back, snapshot_of, format_, statement):
    files = {"a.ttl": f"ex:a {statement} ."}
    expected = triples_of(describe(snapshot_of(files), f"{EX}a").quads)
    assert expected == triples_of(read_back(format_, files))


@pytest.mark.parametrize(
    "statement",
    [
        "ex:1 'a predicate that is no XML name'",
        "<http://example.org/p/> 'another'",
        "ex:p 'a \\u0001 that no XML may hold'",
    ],
)
def test_what_rdf_xml_cannot_write_is_refused_and_other_formats_can(
    represented, snapshot_of, statement
):
    files = {"a.ttl": f"ex:a {statement} ."}
    with pytest.raises(NotRepresentable, match="RDF/XML cannot write"):
        represented(RDF_XML, files)
    expected = triples_of(describe(snapshot_of(files), f"{EX}a").quads)
    assert expected == triples_of(parse(represented(TURTLE, files).body, TURTLE.engine))


@pytest.mark.parametrize("format_", [TRIG, N_QUADS], ids=name_of)
def test_formats_for_datasets_name_the_graph_of_each_triple(read_back, format_):
    quads = read_back(format_)
    graphs = {str(quad.graph_name) for quad in quads}
    assert {"DEFAULT", f"<{EX}graph/a>", f"<{EX}graph/b>"} == graphs
    in_default = {quad.triple for quad in quads if str(quad.graph_name) == "DEFAULT"}
    assert in_default == {quad.triple for quad in quads if str(quad.graph_name) != "DEFAULT"}


@pytest.mark.parametrize("format_", [f for f in FORMATS if f not in (TRIG, N_QUADS)], ids=name_of)
def test_other_formats_have_one_graph_and_each_triple_once(read_back, format_):
    quads = read_back(format_)
    assert [] == [quad for quad in quads if str(quad.graph_name) != "DEFAULT"]
    assert len(quads) == len(set(quads))


def test_turtle_begins_with_the_resource_and_its_type(represented):
    lines = represented(TURTLE).body.decode().splitlines()
    first = next(line for line in lines if line and not line.startswith("@prefix"))
    assert first.startswith("ex:a a ex:C ;")


def test_turtle_declares_only_the_prefixes_that_it_uses(represented):
    text = represented(TURTLE).body.decode()
    declared = [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")]
    assert ["ex:", "rdf:", "rdfs:", "xsd:"] == sorted(declared)


def test_turtle_keeps_lexical_forms(represented):
    text = represented(TURTLE).body.decode()
    assert '"none"^^xsd:boolean' in text
    assert "01.50" in text


@pytest.mark.parametrize("format_", FORMATS, ids=name_of)
def test_a_representation_names_its_media_type(represented, format_):
    assert format_.media_type == represented(format_).media_type


@pytest.mark.parametrize("format_", FORMATS, ids=name_of)
def test_two_representations_are_the_same_bytes(represented, format_):
    assert represented(format_) == represented(format_)


def test_every_format_has_an_entity_tag_of_its_own(represented):
    assert len(FORMATS) == len({represented(format_).etag for format_ in FORMATS})


def test_a_change_in_the_data_changes_the_entity_tag(represented):
    changed = {**FILES, "b.ttl": "ex:a ex:more 2 ."}
    assert represented(TURTLE).etag != represented(TURTLE, changed).etag


def test_an_entity_tag_is_strong_and_quoted():
    etag = representation(b"x", TURTLE.media_type).etag
    assert ('"', '"') == (etag[0], etag[-1])
    assert etag[1:-1].isalnum()


@pytest.mark.parametrize("format_", FORMATS, ids=name_of)
def test_a_document_of_hash_iris_is_represented_whole(read_back, format_):
    files = {"o.ttl": "<http://example.org/o#A> ex:p 1 . <http://example.org/o#B> ex:p 2 ."}
    found = read_back(format_, files, "o")
    assert {f"{EX}o#A", f"{EX}o#B"} == {quad.subject.value for quad in found}

import pytest
from pyoxigraph import BaseDirection, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import ProjectError
from kg.project import open_project
from kg.source.base import guess_base, rebase_all, require_used
from kg.source.loading import load

XSD = "http://www.w3.org/2001/XMLSchema#"
OLD, NEW = "http://old.example/", "https://new.example/kg/"


def quads(turtle: str) -> list[Quad]:
    return list(parse(turtle, RdfFormat.TURTLE))


def about(*iris: str) -> list[Quad]:
    return quads("".join(f"<{iri}> a <http://class.example/C> ." for iri in iris))


@pytest.mark.parametrize(
    ("subjects", "expected"),
    [
        (["http://e.example/a", "http://e.example/b", "http://f.example/a"], "http://e.example/"),
        (["http://e.example/o#A", "http://e.example/o#B"], "http://e.example/"),
        (["https://e.example/a/b"], "https://e.example/a/"),
        (["https://e.example/a/"], "https://e.example/a/"),
        (["https://e.example/"], "https://e.example/"),
        (["https://e.example"], "https://e.example/"),
        (["http://b.example/x", "http://a.example/x"], "http://a.example/"),
        (["http://long.example/x", "http://a.example/x"], "http://a.example/"),
        (["urn:x:1", "urn:x:2", "http://e.example/a"], "http://e.example/"),
        (["urn:x:1"], "http://localhost/"),
        ([], "http://localhost/"),
    ],
)
def test_the_base_is_guessed_from_the_subjects(subjects, expected):
    assert expected == guess_base(about(*subjects))


def test_the_guess_counts_subjects_not_their_triples():
    data = quads("""
        <http://a.example/1> <p:p> 1, 2, 3 .
        <http://b.example/1> <p:p> 1 .
        <http://b.example/2> <p:p> 1 .
    """)
    assert "http://b.example/" == guess_base(data)


def test_the_guess_does_not_depend_on_order():
    data = about("http://a.example/1", "http://b.example/1", "http://b.example/2")
    assert guess_base(data) == guess_base(data[::-1])


@pytest.mark.parametrize(
    "data",
    [about(f"{OLD}a", "http://other.example/a"), about("urn:x:1"), []],
    ids=["used", "no web IRIs", "no data"],
)
def test_a_base_is_good_where_the_data_uses_it_or_has_no_web_iris(data):
    assert require_used(OLD, data) is None


def test_a_base_that_no_subject_uses_is_an_error_that_names_a_better_one():
    data = about("http://a.example/1", "http://a.example/2", "http://b.example/1")
    with pytest.raises(ProjectError, match=f"base {OLD}: .* most start with http://a.example/"):
        require_used(OLD, data)


def test_a_subject_without_a_path_is_enough_to_guess_a_base(write_project):
    project = open_project(write_project({"a.ttl": "<http://e.example> rdfs:label 'E' ."}), {})
    assert "http://e.example/" == load(project).base


def test_the_guess_is_a_base_that_the_data_uses(write_project):
    terms = "".join(f"<http://o.example/{n}> a owl:Class ." for n in range(9))
    files = {
        "kg.toml": "",
        "data/ttl/a.ttl": "<http://d.example/1> a <http://o.example/1> .",
        "ontology/o.ttl": terms,
    }
    assert "http://d.example/" == load(open_project(write_project(files), {})).base


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (NamedNode(f"{OLD}a"), NamedNode(f"{NEW}a")),
        (NamedNode(f"http://x.example/?u={OLD}"), NamedNode(f"http://x.example/?u={OLD}")),
        (NamedNode("http://old.example"), NamedNode("http://old.example")),
        (Literal(f"see {OLD}a and {OLD}b"), Literal(f"see {NEW}a and {NEW}b")),
        (Literal(f"siehe {OLD}", language="de"), Literal(f"siehe {NEW}", language="de")),
        (Literal(f"{OLD}a", datatype=NamedNode(f"{XSD}anyURI")),
         Literal(f"{NEW}a", datatype=NamedNode(f"{XSD}anyURI"))),
        (Literal("1", datatype=NamedNode(f"{OLD}type")),
         Literal("1", datatype=NamedNode(f"{NEW}type"))),
        (Literal("nothing of it"), Literal("nothing of it")),
        (Literal(OLD, language="ar", direction=BaseDirection.RTL),
         Literal(NEW, language="ar", direction=BaseDirection.RTL)),
        (NamedNode(f"http://archive.example/{OLD}"), NamedNode(f"http://archive.example/{OLD}")),
    ],
)  # fmt: skip
def test_a_term_is_moved_to_the_new_base(term, expected):
    quad = Quad(NamedNode("urn:s"), NamedNode("urn:p"), term)
    assert [expected] == [moved.object for moved in rebase_all([quad], OLD, NEW)]


def test_all_four_places_of_a_quad_are_moved():
    quad = Quad(*(NamedNode(OLD + name) for name in "spog"))
    expected = Quad(*(NamedNode(NEW + name) for name in "spog"))
    assert [expected] == list(rebase_all([quad], OLD, NEW))


def test_the_iris_inside_a_triple_term_are_moved():
    (quad,) = quads(f"<urn:s> <urn:p> <<( <{OLD}s> <{OLD}p> <{OLD}o> )>> .")
    (expected,) = quads(f"<urn:s> <urn:p> <<( <{NEW}s> <{NEW}p> <{NEW}o> )>> .")
    assert [expected] == list(rebase_all([quad], OLD, NEW))


def rebased(write_project, turtle: str, base: str, new: str = NEW):
    folder = write_project({"a.ttl": turtle})
    return load(open_project(folder, {"KG_BASE": base}).with_rebase(new))


def test_a_rebased_source_names_both_bases(write_project):
    source = rebased(write_project, f"<{OLD}a> a <{OLD}C> .", OLD)
    assert (NEW, OLD) == (source.base, source.written_base)


def test_prefixes_are_moved_with_the_data(write_project):
    source = rebased(write_project, f"@prefix own: <{OLD}o#> . own:a a own:C .", OLD)
    assert f"{NEW}o#" == dict(source.prefixes.pairs)["own"]


def test_a_prefix_that_has_the_base_in_its_middle_stays_as_it_is(write_project):
    archive = f"http://archive.example/{OLD}"
    source = rebased(write_project, f"@prefix old: <{archive}> . <{OLD}a> a old:C .", OLD)
    assert archive == dict(source.prefixes.pairs)["old"]
    assert ["old:C"] == [source.prefixes.shrink(quad.object.value) for quad in source.quads("data")]


def test_the_names_of_graphs_are_moved_with_the_data(write_project):
    source = rebased(write_project, f"<{OLD}a> a <{OLD}C> .", OLD)
    assert [f"{NEW}graph/a"] == [file.graph.value for file in source.files]
    assert {file.graph for file in source.files} == {
        quad.graph_name for quad in source.quads("data")
    }


def test_moving_there_and_back_changes_nothing(write_project):
    turtle = f"<{OLD}a> rdfs:comment 'about <{OLD}a>' ; rdfs:seeAlso <{OLD}b#c>, [] ."
    data = list(load(open_project(write_project({"a.ttl": turtle}), {})).quads("data"))
    assert data == list(rebase_all(rebase_all(data, OLD, NEW), NEW, OLD))

import os

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import ProjectError
from kg.project import open_project
from kg.source.finding import source_bytes
from kg.source.loading import load

EX = "http://example.org/"
RDF_XML = f"""
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="{EX}">
  <rdf:Description rdf:about="{EX}a"><ex:p>x</ex:p></rdf:Description>
</rdf:RDF>
"""
ONE = "ex:a ex:p 'x' ."


def loaded(folder, **environ):
    return load(open_project(folder, environ))


def blank_nodes(source):
    terms = {term for quad in source.quads("data") for term in tuple(quad)[:3]}
    return {term.value for term in terms if isinstance(term, BlankNode)}


def test_every_file_is_a_graph_named_by_its_path(write_project):
    files = {
        "kg.toml": "",
        "data/ttl/claims/0045.ttl": ONE,
        "data/ttl/a.ttl": ONE,
        "ontology/schemes/x.ttl": ONE,
        "shapes/a.ttl": ONE,
    }
    source = loaded(write_project(files))
    assert [
        ("data", "data/ttl/a.ttl", f"{EX}graph/a"),
        ("data", "data/ttl/claims/0045.ttl", f"{EX}graph/claims/0045"),
        ("ontology", "ontology/schemes/x.ttl", f"{EX}graph/ontology/schemes/x"),
        ("shapes", "shapes/a.ttl", f"{EX}graph/shapes/a"),
    ] == [(file.role, file.path, file.graph.value) for file in source.files]


def test_every_quad_is_in_the_graph_of_its_file(write_project):
    source = loaded(write_project({"a.ttl": ONE, "b.ttl": ONE}))
    graphs = [{quad.graph_name for quad in file.quads} for file in source.files]
    assert [{file.graph} for file in source.files] == graphs


def test_files_that_differ_by_suffix_only_are_two_graphs(write_project):
    files = {"a.ttl": ONE, "a.nt": f"<{EX}a> <{EX}q> <{EX}b> .\n"}
    assert 2 == len({file.graph for file in loaded(write_project(files)).files})


def test_a_data_folder_called_shapes_does_not_share_graphs_with_the_shapes(write_project):
    files = {"kg.toml": "", "data/ttl/shapes/a.ttl": ONE, "shapes/a.ttl": ONE}
    assert 2 == len({file.graph for file in loaded(write_project(files)).files})


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a b", "a%20b"), ("50%", "50%25"), ("a#b?c", "a%23b%3Fc"), ("été", "été"), ("v1.0", "v1.0")],
)
def test_a_file_name_becomes_an_iri(write_project, name, expected):
    (file,) = loaded(write_project({f"{name}.ttl": ONE})).files
    assert f"{EX}graph/{expected}" == file.graph.value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.nt", f'<{EX}a> <{EX}p> "x" .\n'),
        ("a.nq", f'<{EX}a> <{EX}p> "x" .\n'),
        ("a.trig", f'<{EX}a> <{EX}p> "x" .\n'),
        ("a.turtle", f'<{EX}a> <{EX}p> "x" .\n'),
        ("a.TTL", f'<{EX}a> <{EX}p> "x" .\n'),
        ("a.jsonld", f'{{"@id": "{EX}a", "{EX}p": "x"}}'),
        ("a.rdf", RDF_XML),
    ],
)  # fmt: skip
def test_every_format_is_read(write_project, name, text):
    (quad,) = loaded(write_project({name: text})).quads("data")
    assert (NamedNode(f"{EX}a"), NamedNode(f"{EX}p"), Literal("x")) == tuple(quad)[:3]


def test_a_graph_that_a_file_names_keeps_its_name(write_project):
    trig = f"<{EX}a> <{EX}p> 1 . <{EX}g> {{ <{EX}a> <{EX}p> 2 }}"
    source = loaded(write_project({"a.trig": trig}))
    graphs = {quad.object.value: quad.graph_name.value for quad in source.quads("data")}
    assert {"1": f"{EX}graph/a", "2": f"{EX}g"} == graphs


def test_relative_iris_are_resolved_against_the_base(write_project):
    source = loaded(write_project({"a.ttl": "<a> ex:p <#b> ."}), KG_BASE=f"{EX}base/")
    (quad,) = source.quads("data")
    assert (f"{EX}base/a", f"{EX}base/#b") == (quad.subject.value, quad.object.value)


def test_lexical_forms_are_kept_as_written(write_project):
    (quad,) = loaded(write_project({"a.ttl": "ex:a ex:p '01'^^xsd:integer ."})).quads("data")
    assert "01" == quad.object.value


def test_blank_nodes_of_two_files_are_two(write_project):
    both = "_:x ex:p [ ex:q 1 ] . ex:a ex:p _:x ."
    assert 4 == len(blank_nodes(loaded(write_project({"a.ttl": both, "b.ttl": both}))))


def test_blank_nodes_of_one_file_stay_connected(write_project):
    quads = list(loaded(write_project({"a.ttl": "ex:a ex:p _:x . _:x ex:q 1 ."})).quads("data"))
    assert quads[0].object == quads[1].subject


def test_a_blank_node_in_a_triple_term_is_the_one_outside(write_project):
    turtle = "ex:a ex:p <<( _:x ex:q 1 )>> . _:x ex:r 2 ."
    quads = list(loaded(write_project({"a.ttl": turtle})).quads("data"))
    assert quads[1].subject == quads[0].object.subject


def test_two_loads_are_equal(write_project):
    turtle = "ex:a ex:p [ ex:q _:x, ( 1 [] ) ] . _:x ex:p [] ."
    json_ld = f'{{"@id": "{EX}a", "{EX}p": {{"{EX}q": {{"{EX}r": 1}}}}}}'
    folder = write_project({"a.ttl": turtle, "b.jsonld": json_ld})
    assert loaded(folder) == loaded(folder)


def test_the_prefixes_of_all_files_are_merged(write_project):
    files = {"a.ttl": "@prefix a: <http://a.example/> . " + ONE, "b.ttl": ONE}
    prefixes = dict(loaded(write_project(files)).prefixes.pairs)
    assert (EX, "http://a.example/") == (prefixes["ex"], prefixes["a"])


@pytest.mark.parametrize(
    "files", [{}, {"README.md": ""}, {".hidden.ttl": ONE}, {".git/a.ttl": ONE}]
)
def test_a_folder_without_rdf_is_refused(write_project, tmp_path, files):
    write_project(files)
    with pytest.raises(ProjectError, match="holds no RDF file"):
        loaded(tmp_path)


def test_hidden_files_are_passed_over(write_project):
    files = {"a.ttl": ONE, ".a.ttl": "nonsense", "b/.c/d.ttl": "nonsense", ".e/f.ttl": "nonsense"}
    assert ["a.ttl"] == [file.path for file in loaded(write_project(files)).files]


def test_a_hidden_folder_that_cannot_be_listed_is_passed_over(write_project):
    folder = write_project({"a.ttl": ONE, ".b/c.ttl": "nonsense"})
    # so deep that its path is longer than the system takes
    at = os.open(folder / ".b", os.O_RDONLY)
    for _ in range(20):
        os.mkdir("x" * 250, dir_fd=at)
        below = os.open("x" * 250, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)
    assert ["a.ttl"] == [file.path for file in loaded(folder).files]


@pytest.mark.parametrize("name", [b"caf\xe9.ttl", b"caf\xe9/a.ttl"])
def test_a_file_whose_name_is_not_utf_8_is_named(write_project, name):
    folder = write_project({"a.ttl": ONE})
    path = folder / os.fsdecode(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("", encoding="utf-8")
    with pytest.raises(ProjectError, match=r"caf.*: its name is not UTF-8"):
        loaded(folder)


def test_caches_are_passed_over_and_what_only_looks_like_one_is_read(write_project):
    tag = "Signature: 8a477f597d28d172789f06886806bc55\n# made by a program"
    files = {
        "a.ttl": ONE,
        "cache/CACHEDIR.TAG": tag,
        "cache/b.ttl": "nonsense",
        "cache/deep/c.ttl": "nonsense",
        "none/CACHEDIR.TAG": "a note",
        "none/d.ttl": ONE,
    }
    assert ["a.ttl", "none/d.ttl"] == [file.path for file in loaded(write_project(files)).files]


def test_a_project_inside_a_hidden_folder_is_read(write_project):
    folder = write_project({".work/a.ttl": ONE}) / ".work"
    assert ["a.ttl"] == [file.path for file in loaded(folder).files]


def test_a_missing_data_folder_is_named(write_project):
    with pytest.raises(ProjectError, match=r"ttl: no such folder, but kg\.toml says"):
        loaded(write_project({"kg.toml": "", "ontology/a.ttl": ONE}))


def test_folders_other_than_the_data_may_be_missing(write_project):
    source = loaded(write_project({"kg.toml": "", "data/ttl/a.ttl": ONE}))
    assert ["data"] == [file.role for file in source.files]


def test_a_single_file_is_read_alone(write_project):
    folder = write_project({"a.ttl": ONE, "b.ttl": "nonsense"})
    assert ["a.ttl"] == [file.path for file in loaded(folder / "a.ttl").files]


def test_progress_adds_up_to_the_size_of_the_source(write_project):
    files = {"a.ttl": ONE * 10_000, "b.nt": f"<{EX}a> <{EX}p> 'é' .\n".replace("'", '"')}
    project = open_project(write_project(files), {})
    read = []
    load(project, read.append)
    assert source_bytes(project) == sum(read)


def test_an_empty_file_is_an_empty_graph(write_project):
    files = loaded(write_project({"a.ttl": ONE, "b.ttl": ""})).files
    assert [1, 0] == [len(file.quads) for file in files]

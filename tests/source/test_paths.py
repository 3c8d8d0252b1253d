import itertools

import pytest
from pyoxigraph import NamedNode, Store

from kg.project import open_project
from kg.source.loading import load
from kg.source.paths import Step, ends, read_path
from kg.source.statements import Statements

EX = "http://example.org/"
# SHACL's paths and SPARQL's; https://www.w3.org/TR/shacl/#property-paths maps one to the other
PATHS = {
    "ex:p": "ex:p",
    "[ sh:inversePath ex:p ]": "^ex:p",
    "( ex:p ex:q )": "ex:p/ex:q",
    "( ex:p [ sh:inversePath ex:q ] ex:p )": "ex:p/^ex:q/ex:p",
    "[ sh:alternativePath ( ex:p ex:q ) ]": "ex:p|ex:q",
    "[ sh:zeroOrMorePath ex:p ]": "ex:p*",
    "[ sh:oneOrMorePath ex:p ]": "ex:p+",
    "[ sh:zeroOrOnePath ex:p ]": "ex:p?",
    "[ sh:inversePath ( ex:p ex:q ) ]": "^(ex:p/ex:q)",
    "[ sh:inversePath [ sh:inversePath ex:p ] ]": "^(^ex:p)",
    "[ sh:zeroOrMorePath [ sh:alternativePath ([ sh:inversePath ex:q ] ex:p) ] ]": "(^ex:q|ex:p)*",
    "( [ sh:zeroOrOnePath ex:p ] [ sh:oneOrMorePath ( ex:q ex:p ) ] )": "ex:p?/(ex:q/ex:p)+",
}
DATA = """
ex:a ex:p ex:b, ex:c ; ex:q ex:a, ex:d . ex:b ex:p ex:a ; ex:q ex:c .
ex:c ex:p ex:c, ex:d ; ex:q ex:e . ex:d ex:q ex:b ; ex:p ex:e . ex:e ex:r ex:a .
"""


@pytest.fixture
def source_of(write_project):
    """A function that loads the data, with shapes that have that path."""

    def make(path: str):
        files = {"kg.toml": "", "data/ttl/a.ttl": DATA, "shapes/s.ttl": f"ex:P sh:path {path} ."}
        return load(open_project(write_project(files), {}))

    return make


def path_of(source):
    shapes = Statements([file for file in source.files if file.role == "shapes"])
    said = {one.quad.predicate.value.rpartition("#")[2]: one for one in shapes.about(f"<{EX}P>")}
    return read_path(str(said["path"].quad.object), shapes)


@pytest.mark.parametrize(("shacl", "sparql"), PATHS.items(), ids=PATHS.values())
def test_a_path_leads_where_sparql_says(source_of, shacl, sparql):
    source = source_of(shacl)
    path, data = path_of(source), Statements(source.files[:1])
    store = Store()
    store.extend(source.quads("data"))
    for name in "abcde":
        node = NamedNode(EX + name)
        query = f"SELECT DISTINCT ?end {{ <{EX}{name}> {sparql} ?end }}"
        found = store.query(query, prefixes={"ex": EX}, use_default_graph_as_union=True)
        assert {str(row["end"]) for row in found} == set(ends(path, str(node), data))


@pytest.mark.parametrize("shacl", PATHS, ids=PATHS.values())
def test_each_end_comes_with_a_statement_that_has_it(source_of, shacl):
    source = source_of(shacl)
    path, data = path_of(source), Statements(source.files[:1])
    for start, (end, hop) in itertools.chain.from_iterable(
        (("a", pair) for pair in ends(path, f"<{EX}{name}>", data).items()) for name in "abcde"
    ):
        assert start
        assert hop is None or end == str(tuple(hop.statement.quad)[hop.term])


def test_a_property_is_a_step(source_of):
    assert Step(f"<{EX}p>") == path_of(source_of("ex:p"))

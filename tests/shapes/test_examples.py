"""Every shape has an example that conforms and one that does not, and both do what they say.

`base.ttl` is a small complete graph that every example adds to. The first comment lines of an
invalid example name each result it must give, no more and no fewer.
"""

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

import kg
from kg.rdf.namespaces import SH
from kg.settings import Folders
from kg.source.session import Session
from tests.conftest import REPO

HERE = Path(__file__).parent
VALID = sorted(HERE.glob("*/valid-*.ttl"))
INVALID = sorted(HERE.glob("*/invalid-*.ttl"))
SHAPES = "https://w3id.org/claimgraph/shapes#"
EXPECT = re.compile(r"# expect: (\w+) <([^>]+)> cgsh:(\S+)")


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.fixture(scope="module")
def session():
    """The rules of the ontology and the shapes, read once for all examples.

    That its reports are those of new runs is tested in tests/source/test_session.py.
    """
    session = Session()
    yield session
    session.close()


@pytest.fixture
def results_of(session, tmp_path):
    """A function from an example to its results: (severity, focus node, source shape)."""

    def run(example: Path) -> set[tuple[str, str, str]]:
        for path in (HERE / "base.ttl", example):
            (tmp_path / path.name).write_bytes(path.read_bytes())
        project = kg.Project(
            root=REPO,
            base="https://w3id.org/claimgraph/",
            folders=Folders(data=str(tmp_path)),
        )
        report = kg.validate(kg.load(project), run=session.again.run)
        return {
            (r.severity.label, r.focus_node, r.source_shape.removeprefix(SHAPES))
            for r in report.results
        }

    return run


def test_all_examples_are_found():
    assert len(VALID) >= 16
    assert len(INVALID) >= 76


@pytest.mark.parametrize("path", VALID, ids=name_of)
def test_a_valid_example_conforms(results_of, path):
    assert set() == results_of(path)


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_an_invalid_example_gives_exactly_the_results_it_lists(results_of, path):
    expected = set(EXPECT.findall(path.read_text(encoding="utf-8")))
    assert expected
    assert expected == results_of(path)


def test_every_shape_with_a_target_has_an_invalid_example(source):
    targets = {f"{SH}target{kind}" for kind in ("Class", "Node", "SubjectsOf", "ObjectsOf")}
    targeted = {
        quad.subject.value.removeprefix(SHAPES)
        for quad in source.quads("shapes")
        if quad.predicate.value in targets
    }
    shown = {
        shape.partition("-")[0]
        for path in INVALID
        for *_, shape in EXPECT.findall(path.read_text(encoding="utf-8"))
    }
    assert len(targeted) > 40
    assert set() == {shape.partition("-")[0] for shape in targeted} - shown


def test_every_file_of_shapes_has_a_valid_example_and_every_shape_without_a_target_is_used(source):
    quads = list(source.quads("shapes"))
    shapes = {q.subject for q in quads if q.object == NamedNode(f"{SH}NodeShape")}
    aimed = {q.subject for q in quads if q.predicate.value.startswith(f"{SH}target")}
    assert set() == shapes - aimed - {q.object for q in quads}
    files = {path.stem for path in (REPO / "shapes").glob("*.ttl")} - {"prefixes"}
    assert files == {path.parent.name for path in VALID}


def test_every_property_shape_is_named_and_says_what_is_wrong_how_bad_and_where_it_stands(source):
    said: dict[object, set[str]] = {}
    for quad in source.quads("shapes"):
        said.setdefault(quad.subject, set()).add(quad.predicate.value.removeprefix(SH))
    typed = [q for q in source.quads("shapes") if q.object == NamedNode(f"{SH}PropertyShape")]
    assert len(typed) > 200
    assert all(isinstance(quad.subject, NamedNode) for quad in typed)
    wanted = {"path", "name", "message", "severity", "order"}
    assert {} == {q.subject: wanted - said[q.subject] for q in typed if wanted - said[q.subject]}

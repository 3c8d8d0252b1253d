"""Results of shapes without `sh:message` have words, the same ones whichever engine found them."""

import pytest

from kg.project import open_project
from kg.source.loading import load
from kg.source.messages import WORDS
from kg.source.shapes import shapes_among_data, validate
from tests.conftest import PREFIXES
from tests.source.planted import CASES, RDF_PREFIX, unmarked

# components of SPARQL say what their authors wrote
AUTHORED = "sparql"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The messages of every planted fault, by component: a set of them for each engine."""
    messages: dict[str, list[set[str]]] = {}
    for number, (_, shape, data) in enumerate(CASES):
        if AUTHORED in shape:
            continue
        folder = tmp_path_factory.mktemp(f"case{number}")
        for name, text in {"kg.toml": "", "data/ttl/a.ttl": data, "shapes/s.ttl": shape}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PREFIXES + RDF_PREFIX + unmarked(text) if text else "")
        source = load(open_project(folder, {}))
        for place, engine in enumerate(("reference", "fast")):
            for one in validate(source, engine).results:
                kind = one.component.removesuffix("ConstraintComponent")
                messages.setdefault(kind, [set(), set()])[place].add(one.message)
    return messages


def test_every_component_has_words_and_both_engines_say_the_same(found):
    assert set(WORDS) == set(found)
    assert {kind: both for kind, both in found.items() if both[0] != both[1]} == {}


def test_words_are_a_sentence_without_what_only_a_program_writes(found):
    said = [message for both in found.values() for message in both[0]]
    assert len(said) > 30
    for message in said:
        assert message.endswith(".")
        assert "{}" not in message
        assert "Literal(" not in message
        assert "<http" not in message
    assert {"At least 1 of these must be there.", "At least 2 of these must be there."} <= {*said}
    assert "It is not an instance of ex:C." in said


def test_shapes_that_are_taken_for_data_are_named(write_project):
    folder = write_project({"a.ttl": "ex:a ex:p 1 .", "s/b.ttl": "ex:S sh:targetNode ex:a ."})
    assert "s/b.ttl" == shapes_among_data(load(open_project(folder, {})))
    (folder / "kg.toml").write_text('[folders]\ndata = "d"\nshapes = "s"\n')
    (folder / "a.ttl").rename(folder / "d.ttl")
    (folder / "d").mkdir()
    (folder / "d.ttl").rename(folder / "d/a.ttl")
    assert not shapes_among_data(load(open_project(folder, {})))

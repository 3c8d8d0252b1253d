"""What reasoners find, and what is said where they are missing."""

import shutil
import sys

import pytest

from kg.errors import ProjectError
from kg.project import open_project
from kg.source.checking import check
from kg.source.loading import load

CLASSES = (
    "ex:A a owl:Class ; owl:disjointWith ex:B . ex:B a owl:Class . ex:p a owl:ObjectProperty ."
)
DATA = "ex:x a ex:A , ex:B ; ex:p ex:x ."
IMPOSSIBLE = f"{CLASSES} ex:C a owl:Class ; rdfs:subClassOf ex:A , ex:B ."


@pytest.fixture
def found_by(write_project):
    def find(owl, ontology=CLASSES, data=DATA):
        files = {"kg.toml": "", "ontology/o.ttl": ontology, "data/ttl/a.ttl": data}
        report = check(load(open_project(write_project(files), {})), [owl])
        return [one for one in report.results if one.component.startswith("kg:owl")]

    return find


def test_a_contradiction_is_a_violation_at_the_node(found_by):
    (found, *_) = found_by("rl")
    assert ("kg:owl-rl", "http://example.org/x") == (found.component, found.focus_node)
    assert ("data/ttl/a.ttl", 7) == (found.file, found.line)
    assert "OWL 2 RL:" in found.message


def test_what_is_consistent_has_no_result(found_by):
    assert [] == found_by("rl", data="ex:x a ex:A ; ex:p ex:x .")


@pytest.mark.parametrize("module", ["owlrl", "owlready2"])
def test_a_reasoner_that_is_not_installed_is_said_to_be_missing(found_by, monkeypatch, module):
    # what Python itself has for a module that cannot be imported
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(
        ProjectError, match=rf"{module} is not installed. Run: pip install .*\[owl\]"
    ):
        found_by("rl" if module == "owlrl" else "dl")


def test_java_that_is_not_there_is_said_to_be_missing(found_by, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ProjectError, match="there is no java on the PATH"):
        found_by("dl")


def test_a_reasoner_that_nobody_knows_is_refused(found_by):
    with pytest.raises(ProjectError, match="--owl el: one of rl, dl"):
        found_by("el")


if shutil.which("java"):

    def test_a_class_without_possible_instances_is_found(found_by):
        (found,) = found_by("dl", IMPOSSIBLE, "ex:x a ex:A .")
        assert ("ontology/o.ttl", "http://example.org/C") == (found.file, found.focus_node)

    def test_a_contradiction_of_data_and_ontology_is_found(found_by):
        (found,) = found_by("dl")
        assert "contradict each other" in found.message

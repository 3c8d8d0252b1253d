"""What `kg validate` finds of published terms: each planted change, at its place."""

import subprocess
import sys

import pytest

import kg
from kg.source.checks.published import TERM_CHANGED, TERM_REMOVED
from kg.versions.publishing import publish
from kg.versions.terms import lost_terms
from kg.versions.version import read_versions
from tests.conftest import PREFIXES
from tests.versions.conftest import DAY, write

SETTINGS = 'base = "http://example.org/"\n[folders]\ndata = "data"\nontology = "ontology"\n'
HEAD = "ex:onto a owl:Ontology ; owl:versionIRI ex:onto-1 .\n"
TREE = (
    'ex:Tree a owl:Class ; skos:definition "A plant with a trunk."@en ; rdfs:label "tree"@en ;\n'
    "  rdfs:subClassOf [ owl:onProperty ex:has ; owl:someValuesFrom ex:Trunk ] ;\n"
    "  owl:equivalentClass <http://other.example/Tree> .\n"
    "ex:has a owl:ObjectProperty . ex:Trunk a owl:Class .\n"
)


@pytest.fixture
def folder(tmp_path):
    """A project with this ontology, published once."""
    (tmp_path / "kg.toml").write_text(SETTINGS)
    write(tmp_path, {"ontology/o.ttl": HEAD + TREE, "data/a.ttl": "ex:a a ex:Tree ."})
    source = kg.load(kg.open_project(tmp_path, environ={}))
    publish(kg.build(source, kg.Report((), 0)), tmp_path / "versions", date=DAY)
    return tmp_path


def found(folder, ontology, settings=SETTINGS, data="ex:a a ex:Tree ."):
    """What is found with another ontology in the place of the published one."""
    (folder / "kg.toml").write_text(settings)
    write(folder, {"ontology/o.ttl": ontology, "data/a.ttl": data})
    (version,) = read_versions(folder / "versions")
    results = lost_terms(kg.load(kg.open_project(folder, environ={})), version)
    lines = (PREFIXES + ontology).splitlines()
    return [
        (one.component, one.focus_node.rpartition("/")[2], one.line and lines[one.line - 1])
        for one in results
    ]


CHANGES = {
    "definition": ("with a trunk", "with a stem"),
    "type": ("a owl:Class ; skos", "a rdfs:Class ; skos"),
    "alignment": ("other.example/Tree", "other.example/Plant"),
    "restriction": ("owl:someValuesFrom", "owl:allValuesFrom"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_term_that_means_something_else_is_told_at_its_place(folder, name):
    changed = TREE.replace(*CHANGES[name])
    ((component, term, line),) = found(folder, HEAD + changed)
    assert (TERM_CHANGED.component, "Tree") == (component, term)
    assert line.startswith("ex:Tree a ")
    assert [] == found(folder, HEAD.replace("onto-1", "onto-2") + changed)


def test_what_means_the_same_is_not_told(folder):
    assert [] == found(folder, HEAD + TREE.replace('"tree"@en', '"Tree"@en , "arbre"@fr'))
    # another blank node before it has every label moved
    assert [] == found(folder, HEAD + "ex:Bush a owl:Class ; rdfs:seeAlso [ ex:p 1 ] .\n" + TREE)


def test_a_term_that_is_gone_without_having_been_deprecated_is_told(folder):
    gone = TREE.replace("ex:Trunk a owl:Class .", "")
    ((component, term, line),) = found(folder, HEAD.replace("onto-1", "onto-2") + gone)
    assert (TERM_REMOVED.component, "Trunk") == (component, term)
    assert "ex:Trunk" in line


def test_both_are_switched_off_in_the_settings_with_a_reason(folder):
    changed = HEAD + TREE.replace(*CHANGES["definition"]).replace("ex:Trunk a owl:Class .", "")
    both = [TERM_CHANGED.component, TERM_REMOVED.component]
    assert both == [one[0] for one in found(folder, changed)]
    off = '[checks]\nterm-changed = "a draft"\n'
    assert both[1:] == [one[0] for one in found(folder, changed, SETTINGS + off)]
    off += 'term-removed = "a draft"\n'
    assert [] == found(folder, changed, SETTINGS + off)
    changed = HEAD + TREE.replace(*CHANGES["definition"])
    for settings, code in ((SETTINGS, 1), (SETTINGS + off, 0)):
        found(folder, changed, settings)
        command = [sys.executable, "-m", "kg", "publish", str(folder)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (code, bool(code)) == (told.returncode, "changed in meaning" in told.stderr)


def test_kg_validate_says_it_and_fails(folder):
    write(
        folder,
        {"ontology/o.ttl": HEAD + TREE.replace(*CHANGES["type"]), "data/a.ttl": "ex:a a ex:Tree ."},
    )
    command = [sys.executable, "-m", "kg", "validate", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 1 == told.returncode
    assert "kg:term-changed" in told.stdout
    assert "version 1: rdf:type changed" in " ".join(told.stdout.split())

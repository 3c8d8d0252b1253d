"""What became of the terms from version to version."""

from datetime import timedelta

from kg.versions.archive import Archive
from kg.versions.changelog import OntologyVersion, Release, TermChange, changelog
from kg.versions.publishing import publish
from kg.versions.version import read_versions
from tests.versions.conftest import DAY

EX = "http://example.org/"
REPLACED = "<http://purl.org/dc/terms/isReplacedBy>"
DATA = "ex:a a ex:Tree ."
# the ontology of each version
HEAD = "ex:onto a owl:Ontology ; owl:versionIRI ex:v%d . ex:Tree a owl:Class ; skos:definition "
STONE = f"{REPLACED} ex:Wood . ex:Wood a owl:Class ."
STATES = (
    HEAD % 1 + '"T" . ex:Log a owl:Class .',
    # labels only
    HEAD % 1 + '"T" ; rdfs:label "tree" . ex:Log a owl:Class .',
    HEAD % 2 + f'"U" . ex:Log a owl:Class ; owl:deprecated true ; {STONE}',
    HEAD % 3 + f'"U" . ex:Log {STONE} ex:onto owl:priorVersion ex:v2 .',
)


def names(iris):
    return [iri.removeprefix(EX) for iri in iris]


def test_each_version_says_what_it_added_changed_deprecated_and_removed(state, versions):
    for number, ontology in enumerate(STATES):
        snapshot = state({"ontology/o.ttl": ontology, "data/a.ttl": DATA})
        publish(snapshot, versions, date=DAY + timedelta(days=number))
    present = state({"ontology/o.ttl": f"{STATES[3]} ex:Leaf a owl:Class .", "data/a.ttl": DATA})
    archive = Archive(read_versions(versions), EX)
    now, four, three, one = changelog(archive, present)
    assert (None, ["Leaf"], 4, 3, 1) == (
        now.number,
        names(now.added),
        four.number,
        three.number,
        one.number,
    )
    assert ["Log"] == names(four.removed)
    assert (OntologyVersion(f"{EX}v3", (f"{EX}v2",)),) == four.ontologies
    assert (OntologyVersion(f"{EX}v1"),) == one.ontologies
    assert DAY + timedelta(days=3) == four.date
    assert ["Wood"] == names(three.added)
    assert (TermChange(f"{EX}Log", (f"{EX}Wood",)),) == three.deprecated
    definition = "http://www.w3.org/2004/02/skos/core#definition"
    assert (TermChange(f"{EX}Tree", (definition,)),) == three.changed
    assert ["Log", "Tree", "onto"] == names(one.added)


def test_without_an_ontology_apart_the_terms_are_classes_and_properties_of_the_data(
    state, versions
):
    first = state({"data/a.ttl": "ex:C a owl:Class . ex:c a ex:C ."})
    publish(first, versions, date=DAY)
    second = state({"data/a.ttl": "ex:C a owl:Class . ex:c a ex:C . ex:p a owl:ObjectProperty ."})
    now, one = changelog(Archive(read_versions(versions), EX), second)
    assert (["p"], ["C"]) == (names(now.added), names(one.added))


def test_without_versions_nothing_has_changed(state):
    none: tuple[Release, ...] = ()
    assert none == changelog(Archive(), state({"data/a.ttl": "ex:C a owl:Class ."}))

"""What the data says of IRIs that were given up."""

from kg.dataset.tombstones import merged_into, withdrawn

PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
"""
EX = "http://example.org/"


def test_what_was_withdrawn_says_why_and_what_to_use(snapshot_of):
    stone = 'ex:a prov:invalidatedAtTime "2026-01-01T00:00:00Z"^^xsd:dateTime ;'
    said = 'dcterms:isReplacedBy ex:c, ex:b ; skos:changeNote "Scindé."@fr, "Split."@en .'
    snapshot = snapshot_of({"a.ttl": f"{PREFIXES} {stone} {said}"})
    gone = withdrawn(snapshot, f"{EX}a")
    assert (f"{EX}b", f"{EX}c") == gone.replacements
    assert f"<{EX}a> was withdrawn. Split. Use <{EX}b> or <{EX}c>." == str(gone)
    assert withdrawn(snapshot, f"{EX}b") is None


def test_what_has_only_another_iri_now_is_that(snapshot_of):
    snapshot = snapshot_of({"a.ttl": f"{PREFIXES} ex:a dcterms:isReplacedBy ex:b ."})
    assert f"{EX}b" == merged_into(snapshot, f"{EX}a")
    assert "" == merged_into(snapshot, f"{EX}b")


def test_what_has_two_successors_or_is_still_described_is_no_other_thing(snapshot_of):
    two = "ex:a dcterms:isReplacedBy ex:b, ex:c ."
    described = "ex:d dcterms:isReplacedBy ex:b ; owl:deprecated true ."
    itself = "ex:e dcterms:isReplacedBy ex:e ."
    snapshot = snapshot_of({"a.ttl": f"{PREFIXES} {two} {described} {itself}"})
    assert ["", "", ""] == [merged_into(snapshot, f"{EX}{name}") for name in "ade"]

"""The crate of a release, as the rocrate package reads it."""

import hashlib

import pytest
from rocrate.rocrate import ROCrate

from kg.errors import ProjectError


def test_the_crate_says_what_the_data_set_is_who_made_it_and_under_what_licence(released):
    root = ROCrate(released).root_dataset
    assert "Claim graph of “Who Really Defeated ISIS in Syria?”" == root["name"]
    assert "2026-11-22" == root["datePublished"]
    assert "https://creativecommons.org/licenses/by/4.0/" == root["license"].id
    assert ["The claim graph editors"] == [author["name"] for author in root["author"]]
    assert "These are claims of the article" in root["description"]


def test_every_file_is_in_the_crate_and_is_what_it_says(released):
    crate = ROCrate(released)
    described = {one.id: one for one in crate.get_entities() if one.type == "File"}
    files = {p.relative_to(released).as_posix(): p for p in released.rglob("*") if p.is_file()}
    assert described.keys() == files.keys() - {"ro-crate-metadata.json"}
    for name, entity in described.items():
        content = files[name].read_bytes()
        assert hashlib.sha256(content).hexdigest() == entity["sha256"]
        assert str(len(content)) == entity["contentSize"]
        assert entity["encodingFormat"]


def test_files_name_their_formats_and_the_standards_that_they_meet(released):
    crate = ROCrate(released)
    turtle = crate.get("dump.ttl")["encodingFormat"]
    assert ["text/turtle", "http://www.w3.org/ns/formats/Turtle"] == [turtle[0], turtle[1].id]
    (csvw,) = crate.get("tables/csv-metadata.json")["conformsTo"]
    assert "https://www.w3.org/TR/tabular-metadata/" == csvw.id
    (rdf,) = crate.get("graphs/reified.ttl")["conformsTo"]
    assert "https://www.w3.org/TR/rdf12-concepts/" == rdf.id


def test_a_person_who_made_the_data_is_a_person(release_of):
    (author,) = ROCrate(release_of({})).root_dataset["author"]
    assert ("Person", "Ann") == (author.type, author["name"])


def test_a_data_set_that_does_not_say_what_it_is_gets_no_crate(release_of):
    said = '<http://example.org/dataset> a <http://rdfs.org/ns/void#Dataset> ; rdfs:label "Data" .'
    with pytest.raises(ProjectError) as refused:
        release_of({}, dataset=said)
    message = str(refused.value)
    assert "of <http://example.org/dataset> the data does not say:" in message
    for missing in ("dcterms:description", "dcterms:issued", "dcterms:license, an IRI"):
        assert missing in message
    assert "dcterms:title" not in message

"""The client of FAIR Signposting: what machines are told of a document and of the data set.

Source: https://signposting.org/FAIR/
"""

import httpx
import pytest
from signposting import find_signposting_http, find_signposting_linkset

from kg.rdf.formats import FORMATS

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LINKSETS = {"application/linkset", "application/linkset+json"}
DOCUMENTS = ("doc/claim/c-0045", "doc/actor/russia", "doc/scheme/voice/own-voice")


def targets(signposts) -> set[str]:
    return {str(signpost.target) for signpost in signposts}


@pytest.fixture(params=DOCUMENTS)
def document(request, own) -> str:
    """The address of a document: the landing page of what it describes."""
    return f"{own.url}/{request.param}"


@pytest.fixture
def found(document):
    """What the Link headers of a document say, in the client's words."""
    return find_signposting_http(document)


def test_a_document_says_how_to_cite_what_it_describes(found, document):
    response = httpx.get(str(found.citeAs.target), follow_redirects=True)
    assert document == str(response.url)


def test_a_document_says_what_it_is_about_to_schema_org(found):
    assert found.types
    assert any(target.startswith("https://schema.org/") for target in targets(found.types))


def test_a_document_says_its_licence_and_who_made_it(own, found):
    assert LICENCE == str(found.license.target)
    assert {f"{own.url}/id/agent/editors"} == targets(found.authors)


def test_a_document_leads_to_its_metadata_in_every_format(found):
    types = {str(signpost.type): str(signpost.target) for signpost in found.describedBy}
    assert {format_.media_type for format_ in FORMATS} <= set(types)
    for type_, target in types.items():
        response = httpx.get(target, headers={"accept": type_})
        assert 200 == response.status_code
        assert type_ == response.headers["content-type"].partition(";")[0]


@pytest.mark.parametrize("page", ["", "doc/claim/c-0045"])
def test_both_kinds_of_link_set_say_the_same_as_the_headers(own, page):
    said = find_signposting_http(f"{own.url}/{page}")
    assert LINKSETS == {str(signpost.type) for signpost in said.linksets}
    for signpost in said.linksets:
        listed = find_signposting_linkset(str(signpost.target)).for_context(said.context)
        assert said.citeAs.target == listed.citeAs.target
        for relation in ("types", "authors", "describedBy", "items"):
            assert targets(getattr(said, relation)) <= targets(getattr(listed, relation)), relation


def test_the_data_set_leads_to_its_description_and_its_dumps(own):
    said = find_signposting_http(f"{own.url}/")
    assert f"{own.url}/dataset" == str(said.citeAs.target)
    assert LICENCE == str(said.license.target)
    assert said.describedBy
    assert said.items
    for dump in said.items:
        response = httpx.head(str(dump.target))
        assert 200 == response.status_code
        assert str(dump.type) == response.headers["content-type"].partition(";")[0]


def test_a_dump_belongs_to_the_data_set(own):
    for dump in find_signposting_http(f"{own.url}/").items:
        said = find_signposting_http(str(dump.target))
        assert f"{own.url}/" == str(said.collection.target)

"""Typed links, over a real server: FAIR Signposting, https://signposting.org/FAIR/"""

import re

import pytest

from kg.rdf.formats import LINK_SET, LINK_SET_JSON
from kg.web.links import Link, link_header, link_set

BASE = "https://w3id.org/claimgraph/"
DOCUMENT = "/doc/claim/c-0045"
WEB_LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?')


def links(response) -> set[tuple[str, str, str]]:
    """The links of a response as (relation, target, type), one for each relation."""
    return {
        (relation, target, type_)
        for target, relations, type_ in WEB_LINK.findall(response.headers["link"])
        for relation in relations.split()
    }


@pytest.mark.parametrize("suffix", ["", ".ttl", ".html"])
def test_every_representation_has_the_signposts_of_its_document(server, suffix):
    found = links(server.get(DOCUMENT + suffix))
    assert (suffix == ".html") != (("canonical", DOCUMENT, "") in found)
    assert ("cite-as", f"{BASE}id/claim/c-0045", "") in found
    assert ("describes", f"{BASE}id/claim/c-0045", "") in found
    assert ("license", "https://creativecommons.org/licenses/by/4.0/", "") in found
    assert ("author", f"{BASE}id/agent/editors", "") in found
    assert ("type", "https://schema.org/AboutPage", "") in found
    assert ("type", f"{BASE}ontology#Claim", "") in found
    assert ("collection", "/", "text/html") in found
    assert ("linkset", f"{DOCUMENT}.linkset.json", "application/linkset+json") in found
    assert ("linkset", f"{DOCUMENT}.linkset", "application/linkset") in found


def test_a_page_is_described_by_its_documents_in_rdf(server):
    described = {
        (t, type_) for r, t, type_ in links(server.get(f"{DOCUMENT}.html")) if r == "describedby"
    }
    assert len(described) == 6
    for target, type_ in described:
        assert server.get(target).headers["content-type"].startswith(type_)


def test_a_thing_leads_to_what_describes_it(server):
    assert ("describedby", DOCUMENT, "") in links(server.get("/id/claim/c-0045"))


def test_a_link_set_holds_the_links_of_the_header(server):
    response = server.get(f"{DOCUMENT}.linkset.json")
    assert "application/linkset+json" == response.headers["content-type"]
    anchored = {context["anchor"]: context for context in response.json()["linkset"]}
    context = anchored[server.url + DOCUMENT]
    in_set = {
        (relation, one["href"].removeprefix(server.url), one.get("type", ""))
        for relation, targets in context.items()
        if relation != "anchor"
        for one in targets
    }
    assert links(server.get(f"{DOCUMENT}.ttl")) <= in_set | {
        ("alternate", f"{DOCUMENT}.html", "text/html")
    }
    for anchor in anchored:
        assert 200 == server.client.get(anchor).status_code


def test_both_forms_of_a_link_set_say_the_same(server):
    text = server.get(f"{DOCUMENT}.linkset")
    assert "application/linkset" == text.headers["content-type"]
    lines = re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="[^"]*")?; anchor="([^"]*)"', text.text)
    as_text = {(anchor, r, target) for target, rels, anchor in lines for r in rels.split()}
    as_json = {
        (context["anchor"], relation, one["href"])
        for context in server.get(f"{DOCUMENT}.linkset.json").json()["linkset"]
        for relation, targets in context.items()
        if relation != "anchor"
        for one in targets
    }
    assert as_json == as_text


def test_targets_are_uris():
    assert '</caf%C3%A9>; rel="up"' == link_header([Link("/café", "up")])
    odd = {"/a b": [Link('/"<x>', "up", "")]}
    assert "%22%3Cx%3E" in link_set(odd, "http://h/", LINK_SET).body.decode()
    assert "http://h/a%20b" in link_set(odd, "http://h/", LINK_SET_JSON).body.decode()

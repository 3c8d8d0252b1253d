"""What search engines read in pages: https://schema.org/Dataset"""

import json
import re

from kg.dataset.description import describe
from kg.views.html import render
from kg.views.overview import overview_page
from kg.views.resource import resource_page
from kg.views.site import site_part

EX = "http://example.org/"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
DATA_SET = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
ex:set a dcat:Dataset ; dct:title "All & <sundry>"@en ; dct:description "What there is."@en ;
    dct:license <https://creativecommons.org/licenses/by/4.0/> ; dct:creator ex:us ;
    dcat:keyword "one"@en, "deux"@fr ; dct:modified "2026-01-02" .
ex:us rdfs:label "We"@en .
ex:a a ex:Thing ; rdfs:label "</script><script>alert(1)</script>"@en .
"""


def block(html: bytes) -> dict:
    found = BLOCK.findall(html.decode())
    assert 1 == len(found)
    return json.loads(found[0])


def test_the_overview_describes_the_data_set(snapshot_of):
    snapshot = snapshot_of({"a.ttl": DATA_SET})
    found = block(render(overview_page(snapshot, site_part(snapshot), ())).body)
    assert ("https://schema.org/", "Dataset") == (found["@context"], found["@type"])
    assert f"{EX}set" == found["@id"]
    assert "All & <sundry>" == found["name"]
    assert {"@value": "What there is.", "@language": "en"} == found["description"]
    assert "https://creativecommons.org/licenses/by/4.0/" == found["license"]
    assert {"@type": "Organization", "@id": f"{EX}us", "name": "We"} == found["creator"]
    assert {"one", "deux"} == {keyword["@value"] for keyword in found["keywords"]}
    assert found["isAccessibleForFree"]


def test_a_page_says_what_it_is_about_and_of_which_data_set_it_is(snapshot_of):
    snapshot = snapshot_of({"a.ttl": DATA_SET})
    site = site_part(snapshot)
    html = render(resource_page(snapshot, site, describe(snapshot, f"{EX}a"))).body
    found = block(html)
    assert f"{EX}doc/a" == found["@id"]
    assert {"@id": f"{EX}a", "additionalType": [f"{EX}Thing"]} == found["about"]
    assert f"{EX}set" == found["isPartOf"]["@id"]
    assert "</script><script>alert(1)</script>" == found["name"], "and it did not end the element"


def test_data_that_describes_no_data_set_has_no_markup_of_one(snapshot_of):
    snapshot = snapshot_of({"a.ttl": "ex:a ex:p 1 ."})
    html = render(overview_page(snapshot, site_part(snapshot), ())).body
    assert not BLOCK.findall(html.decode())

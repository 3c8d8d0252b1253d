"""The preview of a resource: a name, classes and a text, in the reader's language."""

from kg.dataset.description import in_languages
from kg.views.html import render
from kg.views.preview_page import preview_page
from kg.views.site import site_part

DATA = """
ex:dam a ex:Dam, ex:Thing ; rdfs:label "Dam"@en, "سد"@ar ;
  skos:definition "It holds water."@en, "يحبس الماء."@ar .
ex:Dam rdfs:label "dam"@en .
"""
EX = "http://example.org/"


def shown(snapshot, language: str, iri: str = f"{EX}dam") -> str:
    asked = in_languages(snapshot, (language,))
    return bytes(render(preview_page(asked, site_part(asked), iri)).body).decode()


def test_a_preview_is_in_the_language_of_the_reader(snapshot_of):
    snapshot = snapshot_of({"a.ttl": DATA})
    english, arabic = shown(snapshot, "en"), shown(snapshot, "ar")
    assert '<html lang="en" dir="ltr">' in english
    assert "It holds water." in english
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "يحبس الماء." in arabic


def test_classes_have_their_names_and_without_a_text_there_is_none(snapshot_of):
    snapshot = snapshot_of({"a.ttl": DATA})
    assert ">dam</bdi>" in shown(snapshot, "en")
    page = preview_page(snapshot, site_part(snapshot), f"{EX}Dam")
    assert ("dam", (), None) == (page.name.text, page.kinds, page.said)

"""Elements of SVG: what is text stays text."""

from xml.etree import ElementTree

import pytest

from kg.views.pictures.svg import clean, clipped, element, number, percent, safe_href, text_at


def test_texts_and_attributes_are_escaped():
    assert element("text", "<b>&", x='"><script>') == (
        '<text x="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;</text>'
    )


def test_elements_among_the_children_are_not_escaped_again():
    assert element("g", element("rect", width=1.0)) == '<g><rect width="1"/></g>'


@pytest.mark.parametrize(
    "href", ["/doc/a", "https://example.org/a", "http://example.org", "#a", "?q=1"]
)
def test_addresses_of_the_site_and_the_web_are_followed(href):
    assert safe_href(href) == href


@pytest.mark.parametrize(
    "href", ["", "javascript:x", " javascript:x", "//a.example", "/\\a", "ftp://a", "https://a b"]
)
def test_other_addresses_are_not_followed(href):
    assert safe_href(href) is None


def test_what_xml_cannot_hold_is_left_out():
    assert clean("a\x00b\ufffe\n c\ud800") == "a b c"


def test_long_texts_are_cut_and_numbers_are_short():
    assert clipped("x" * 10_000, 5) == "xxxx…"
    assert (number(3.14159), number(-0.001), percent(0.5)) == ("3.14", "-0", "50%")


@pytest.mark.parametrize(
    ("text", "anchor", "said"),
    [
        ("Raqqa", "start", (None, None)),
        ("Raqqa", "end", (None, "end")),
        ("الرقة", "start", ("rtl", "end")),
        ("الرقة", "end", ("rtl", None)),
        ("7 عدد", "middle", ("rtl", "middle")),
        ("123", "start", (None, None)),
    ],
)
def test_a_text_is_set_in_its_direction_and_stands_where_it_is_asked_to(text, anchor, said):
    found = ElementTree.fromstring(text_at(text, 1, 2, anchor))
    assert (found.get("direction"), found.get("text-anchor")) == said

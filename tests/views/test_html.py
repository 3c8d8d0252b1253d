"""What pages show, and that nothing in the data can become markup."""

import pytest

from kg.rdf.formats import FORMATS

EX = "http://example.org/"
DASH = "@prefix dash: <http://datashapes.org/dash#> . "


HOSTILE = [
    "<script>alert(1)</script>", "</title><script>x</script>", "<img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>", "&lt;script&gt;", "{{ 7 * 7 }}", "--><b>", "]]>",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_labels_are_text_on_a_page(page_of, text):
    page = page_of(f'ex:a a ex:C ; rdfs:label "{text}" . ex:C rdfs:label "{text}" .')
    assert page.languages(text)
    assert not {"script", "img", "svg", "b"}.intersection(page.elements)
    assert not {"onerror", "onload"}.intersection(page.attributes)


@pytest.mark.parametrize("text", HOSTILE)
def test_values_and_properties_are_text_on_a_page(page_of, text):
    page = page_of(f'ex:a ex:p "{text}" . ex:p rdfs:label "{text}"@en .')
    assert {"en"} == page.languages(text)
    assert not {"script", "img", "svg", "b"}.intersection(page.elements)


@pytest.mark.parametrize("text", HOSTILE)
def test_labels_are_text_on_the_overview(overview_of, text):
    page = overview_of(f'ex:a a ex:C ; rdfs:label "{text}" . ex:C rdfs:label "{text}" .')
    assert page.languages(text)
    assert not {"script", "img", "svg", "b"}.intersection(page.elements)


@pytest.mark.parametrize("text", HOSTILE)
def test_an_error_quotes_what_was_asked_as_text(error_page, text):
    page = error_page(text)
    assert page.languages(text)
    assert not {"script", "img", "svg", "b"}.intersection(page.elements)


@pytest.mark.parametrize(
    "iri",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
     "urn:x:y", "mailto:a@b.example"],
)  # fmt: skip
@pytest.mark.parametrize("term", ["<{}>", '"{}"^^xsd:anyURI'], ids=["IRI", "literal"])
def test_only_web_addresses_are_linked(page_of, iri, term):
    page = page_of(f"ex:a ex:p {term.format(iri)} .")
    assert [] == [href for href in page.hrefs if not href.startswith(("/", "#", "http"))]


@pytest.mark.parametrize(
    "term", ["<https://x.example/?a=1&b=2>", '"https://x.example/?a=1&b=2"^^xsd:anyURI']
)
def test_web_addresses_are_linked(page_of, term):
    assert "https://x.example/?a=1&b=2" in page_of(f"ex:a ex:p {term} .").hrefs


def test_an_iri_of_the_data_set_is_linked_to_its_document(page_of):
    assert "/doc/b" in page_of("ex:a ex:p <id/b> . <id/b> ex:p 1 .").hrefs


def test_a_script_iri_that_the_data_describes_leads_to_its_document(page_of):
    page = page_of("ex:a ex:p <javascript:x> . <javascript:x> ex:p 1 .")
    assert "/resource?iri=javascript%3Ax" in page.hrefs


ORDERED = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:S-z, ex:S-y .
ex:S-z a sh:PropertyShape ; sh:path ex:z ; sh:order 1 ; sh:name "first"@en, "zuerst"@de .
ex:S-y a sh:PropertyShape ; sh:path ex:y ; sh:order 2.5 ; sh:name "second"@en .
"""


def test_properties_come_in_the_order_of_the_shapes_the_others_after(page_of):
    page = page_of("ex:a a ex:C ; ex:b 1 ; ex:y 2 ; ex:z 3 .", ORDERED)
    assert ["first", "second", "ex:b"] == page.order("first", "second", "ex:b", "zuerst")


def test_the_order_of_a_superclass_holds_for_its_subclasses(page_of):
    page = page_of("ex:a a ex:D ; ex:y 2 ; ex:z 3 . ex:D rdfs:subClassOf ex:C .", ORDERED)
    assert ["first", "second"] == page.order("first", "second")


def test_without_shapes_properties_are_called_by_their_labels(page_of):
    page = page_of("ex:a ex:p 1 . ex:p rdfs:label 'the property'@en .")
    assert ["the property"] == page.order("the property", "ex:p")


def test_parts_are_shown_in_their_place(page_of):
    composite = DASH + "ex:P sh:path ex:part ; dash:composite true ."
    page = page_of(
        "ex:a ex:before 'one' ; ex:part ex:b ; ex:z 'four' . ex:b ex:p 'two' ; ex:part ex:c ."
        " ex:c ex:p 'three' .",
        composite,
    )
    assert ["one", "two", "three", "four"] == page.order("one", "two", "three", "four")


def test_blank_nodes_are_shown_in_their_place(page_of):
    page = page_of("ex:a ex:p [ ex:q 'inside' ; ex:r [ ex:q 'deeper' ] ] ; ex:z 'after' .")
    assert ["inside", "deeper", "after"] == page.order("inside", "deeper", "after")


def test_parts_in_a_circle_are_shown_once(page_of):
    composite = DASH + "ex:P sh:path ex:part ; dash:composite true ."
    page = page_of("ex:a ex:part ex:b ; ex:p 'one' . ex:b ex:part ex:a ; ex:p 'two' .", composite)
    assert ["one", "two"] == sorted(page.order("one", "two"))


def test_what_points_at_the_resource_is_shown(page_of):
    page = page_of("ex:a ex:p 1 . ex:b ex:points ex:a ; rdfs:label 'the other' .")
    assert ["ex:points", "the other"] == page.order("ex:points", "the other")


@pytest.mark.parametrize(
    "turtle",
    [
        "ex:a rdfs:label 'Wort'@de .",
        "ex:a ex:p 'Wort'@de .",
        "ex:a ex:p ex:b . ex:b rdfs:label 'Wort'@de .",
        "ex:a ex:p 1 . ex:p rdfs:label 'Wort'@de .",
        "ex:a a ex:C . ex:C rdfs:label 'Wort'@de .",
        "ex:a ex:p [ rdfs:label 'Wort'@de ; ex:q 1 ] .",
        "ex:a ex:p [ ex:p [ ex:p [ ex:p [ rdfs:label 'Wort'@de ; ex:q 1 ] ] ] ] .",
        "ex:a ex:q 1 . ex:b ex:p ex:a ; rdfs:label 'Wort'@de .",
        "ex:a ex:q 1 . <a#x> ex:p 1 ; rdfs:label 'Wort'@de .",
    ],
)
def test_every_value_with_a_language_carries_it(page_of, turtle):
    assert {"de"} == page_of(turtle).languages("Wort")


@pytest.mark.parametrize(
    "turtle",
    [
        "ex:d a void:Dataset ; dct:title 'Wort'@de .",
        "ex:b a ex:C ; rdfs:label 'Wort'@de .",
        "ex:b a ex:C . ex:C rdfs:label 'Wort'@de .",
        "ex:d a void:Dataset ; dct:license ex:l . ex:l rdfs:label 'Wort'@de .",
    ],
)
def test_every_value_of_the_overview_with_a_language_carries_it(overview_of, turtle):
    assert {"de"} == overview_of(turtle).languages("Wort")


def test_the_anchors_of_a_document_are_its_fragments(page_of):
    page = page_of("<o#A> ex:p 1 . <o#B> ex:p 2 .", name="o")
    assert {"A", "B"} <= set(page.ids)
    assert {"#A", "#B"} <= set(page.hrefs)


@pytest.mark.parametrize("fragment", ["statements", "index", "linked-from", "A"])
def test_ids_are_unique_whatever_the_fragments_are(page_of, fragment):
    page = page_of(f"<o> ex:p 1 . <o#{fragment}> ex:p 1 . ex:b ex:p <o> .", name="o")
    assert sorted(set(page.ids)) == sorted(page.ids)


def test_a_page_links_to_the_document_in_every_format(page_of):
    expected = {f"/doc/a.{format_.extension}" for format_ in FORMATS}
    assert expected <= set(page_of("ex:a ex:p 1 .").hrefs)


@pytest.mark.parametrize("element", ["h1", "main", "title"])
def test_a_page_has_one_heading_one_main_part_and_one_title(page_of, element):
    assert 1 == page_of("ex:a ex:p 1 .").elements.count(element)


def test_the_asked_for_classes_come_first_on_the_overview(overview_of):
    turtle = "ex:a a ex:Many . ex:b a ex:Many . ex:c a ex:Few ."
    page = overview_of(turtle, [f"{EX}Few"])
    assert ["ex:Few", "ex:Many"] == list(dict.fromkeys(page.order("ex:Few", "ex:Many")))


def test_a_long_list_is_shown_as_its_items_in_order(page_of):
    items = [f"item {n}." for n in range(900)]
    page = page_of("ex:a ex:p (" + " ".join(f"'{item}'" for item in items) + ") .")
    assert items == page.order(*items)


def test_blank_nodes_that_share_parts_are_each_shown_once(page_of):
    """Shown at every place, the last would stand there two to the power of 40 times."""
    levels = "".join(f"_:b{n} ex:p _:b{n + 1} ; ex:q _:b{n + 1} ." for n in range(40))
    page = page_of(f"ex:a ex:p _:b0 . {levels}")
    assert len(page.texts) < 1_000


def test_deep_nesting_ends_where_nobody_would_read_on(page_of):
    page = page_of("ex:a ex:p " + "[ ex:p " * 500 + "'bottom'" + " ]" * 500 + " .")
    assert "bottom" not in page.texts
    assert page.elements.count("dl") < 30


GROUPED = """
ex:S a sh:NodeShape ; sh:targetClass ex:C ;
  sh:property [ sh:path ex:late ; sh:name "late"@en ; sh:group ex:times ; sh:order 2 ] ,
    [ sh:path ex:early ; sh:name "early"@en ; sh:group ex:times ; sh:order 1 ] ,
    [ sh:path ex:who ; sh:name "who"@en ; sh:group ex:people ] .
ex:times a sh:PropertyGroup ; rdfs:label "Times"@en , "أوقات"@ar ; sh:order 2 .
ex:people a sh:PropertyGroup ; rdfs:label "People"@en ; sh:order 1 .
"""


def test_properties_stand_in_the_groups_of_their_shapes(page_of):
    turtle = 'ex:a a ex:C ; ex:late "l" ; ex:early "e" ; ex:who "w" ; ex:other "o" .'
    page = page_of(turtle, GROUPED)
    texts = ("People", "who", "Times", "early", "late", "Other statements", "ex:other")
    assert list(texts) == page.order(*texts)


def test_properties_without_groups_stand_under_no_heading(page_of):
    assert not page_of('ex:a ex:p "x" .').order("Other statements")


def test_resources_that_point_here_are_counted_and_many_are_a_list_of_their_own(page_of):
    few = page_of("ex:a ex:p 1 . " + "".join(f"ex:s{n} ex:to ex:a . " for n in range(9)))
    assert ["9"] == few.order("9")
    assert [] == [href for href in few.hrefs if href.startswith("/list")]
    many = page_of("ex:a ex:p 1 . " + "".join(f"ex:s{n} ex:to ex:a . " for n in range(70)))
    assert ["All 70"] == many.order("All 70")
    assert "/list?to=http%3A%2F%2Fexample.org%2Fa&by=http%3A%2F%2Fexample.org%2Fto" in many.hrefs

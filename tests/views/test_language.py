"""Words of pages: the catalogues hold each of them, and pages are in the reader's language."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from kg.dataset.description import describe, in_languages, label
from kg.settings import LANGUAGES
from kg.views.html import kept, render
from kg.views.language import direction, number, own_name
from kg.views.overview import overview_page
from kg.views.pages import ErrorPage
from kg.views.resource import resource_page
from kg.views.site import site_part
from tests.views.conftest import EX, Page
from tests.words import TRANSLATED, extracted, path_of, read

# what stands for a value, and what is markup: both are the same in every language
FIXED = re.compile(r"%\(\w+\)s|%%|<[^>]*>")


def forms(string) -> tuple[str, ...]:
    return string if isinstance(string, tuple | list) else (string,)


def words(catalogue) -> dict:
    return {forms(m.id): forms(m.string) for m in catalogue if m.id}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_word_that_is_marked_and_no_other(language):
    marked, translated = words(extracted()), words(read(language))
    assert len(marked) > 70
    missing = [word for word in marked if not all(translated.get(word, ("",)))]
    assert ([], set()) == (missing, set(translated) - set(marked)), "make words, then translate"


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_places_of_values_and_the_markup(language):
    wrong = [
        (word, form)
        for word, translated in words(read(language)).items()
        for form in translated
        if set(FIXED.findall(form)) - set(FIXED.findall(" ".join(word)))
        or Counter(re.findall(r"<[^>]*>", form)) != Counter(re.findall(r"<[^>]*>", word[-1]))
    ]
    assert [] == wrong


def test_a_number_has_as_many_forms_as_its_language():
    assert {"ar": 6, "fr": 2} == {language: read(language).num_plurals for language in TRANSLATED}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_says_that_nobody_has_read_it_and_is_not_fuzzy(language):
    assert "unreviewed" in path_of(language).read_text("utf-8").partition("msgid")[0]
    assert [] == [m.id for m in read(language) if m.id and m.fuzzy]


def test_every_catalogue_is_a_language_that_may_be_offered():
    found = {path.stem for path in path_of("ar").parent.glob("*.po")}
    assert set(LANGUAGES) == found | {"en"}


def test_languages_have_their_own_names_directions_and_numbers():
    assert ["English", "العربية", "Français"] == [own_name(tag) for tag in LANGUAGES]
    assert ["ltr", "rtl", "ltr"] == [direction(tag) for tag in LANGUAGES]
    assert "8,289" == number(8289, "en")
    assert "8\u202f289" == number(8289, "fr")


SAID = """
ex:a a ex:C ; rdfs:label "English"@en , "عربي"@ar , "Deutsch"@de , "plain" ; ex:p ex:b , ex:c .
ex:b rdfs:label "only German"@de . ex:c rdfs:label "Swiss"@de-CH , "none" .
ex:C rdfs:label "class"@en , "صنف"@ar .
"""


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ((), ["English", "only German", "none"]),
        (("ar",), ["عربي", "only German", "none"]),
        (("fr",), ["English", "only German", "none"]),
        (("de",), ["Deutsch", "only German", "Swiss"]),
        (("fr", "de"), ["Deutsch", "only German", "Swiss"]),
    ],
)
def test_labels_are_in_the_first_language_that_has_one(snapshot_of, languages, expected):
    snapshot = in_languages(snapshot_of({"a.ttl": SAID}), languages)
    nodes = [quad.subject for name in "abc" for quad in snapshot.by_subject[f"<{EX}{name}>"][:1]]
    assert expected == [label(snapshot, node).value for node in nodes]


def page_in(snapshot, language: str) -> Page:
    snapshot = in_languages(snapshot, (language,))
    page = resource_page(snapshot, site_part(snapshot), describe(snapshot, f"{EX}a"))
    return Page(render(page).body)


def test_a_page_is_in_the_language_of_its_reader(snapshot_of):
    snapshot = snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": SAID})
    page = page_in(snapshot, "ar")
    assert {"ar"} == page.languages("عربي") == page.languages("صنف")
    assert {"ar"} == page.languages("العبارات")
    # labels that the language lacks say which one they are in
    assert {"de"} == page.languages("only German")
    assert not page.languages("Statements")


def test_names_that_shapes_give_are_in_the_language_of_the_reader(snapshot_of):
    shapes = """ex:S a sh:NodeShape ; sh:targetClass ex:C ;
        sh:property [ sh:path ex:p ; sh:name "goes to"@en , "يذهب إلى"@ar ] ."""
    files = {"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": SAID, "shapes/s.ttl": shapes}
    snapshot = snapshot_of(files)
    assert page_in(snapshot, "ar").languages("يذهب إلى")
    assert page_in(snapshot, "fr").languages("goes to")


def test_numbers_take_the_form_of_their_language(snapshot_of):
    things = " ".join(f"ex:t{n} a ex:C ." for n in range(3))
    snapshot = in_languages(snapshot_of({"a.ttl": things}), ("ar",))
    page = Page(render(overview_page(snapshot, site_part(snapshot), ())).body)
    text = " ".join(said for said, _, _ in page.texts)
    assert "3 ثلاثيات. وهي" in text
    assert "وهي من ملف واحد." in text


def test_data_in_one_foreign_language_reads_as_data_in_english_does(snapshot_of):
    german = 'ex:a a ex:C ; rdfs:label "Tor"@de , "porte"@fr . ex:C rdfs:label "Ding"@de .'
    more = "".join(f'ex:{name} rdfs:label "{name}"@de . ' for name in "bcdefghijklm")
    snapshot = snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/a.ttl": german + more})
    assert ("en", "", "de") == snapshot.languages, "one label in French makes no French data"
    page = page_in(snapshot, "en")
    assert {"de"} == page.languages("Tor") == page.languages("Ding")


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<a href="/">', '<a href="/?lang=ar">'),
        ('<a href="/doc/a?page=2#x">', '<a href="/doc/a?page=2&amp;lang=ar#x">'),
        ('<a href="/resource?iri=a&amp;b=c">', '<a href="/resource?iri=a&amp;b=c&amp;lang=ar">'),
        ('<a href="/doc/a?lang=fr">', '<a href="/doc/a?lang=ar">'),
        ('<a href="/doc/it&#39;s">', '<a href="/doc/it&#39;s?lang=ar">'),
        ('<a class="x" href="/doc/a" title="t">', '<a class="x" href="/doc/a?lang=ar" title="t">'),
        ('<a href="#x">', '<a href="#x">'),
        ('<a href="https://x.example/">', '<a href="https://x.example/">'),
        ('<a href="/dump.nq" type="x/y">', '<a href="/dump.nq" type="x/y">'),
        ('<a href="/doc/a?lang=fr" hreflang="fr">', '<a href="/doc/a?lang=fr" hreflang="fr">'),
        ('<form method="get" action="/sparql">',
         '<form method="get" action="/sparql"><input type="hidden" name="lang" value="ar">'),
        ('<form method="post" action="/sparql">', '<form method="post" action="/sparql?lang=ar">'),
    ],
)  # fmt: skip
def test_links_to_pages_keep_a_language_that_the_url_names(element, expected):
    assert expected == kept(element, "ar")


def test_links_of_a_page_lead_nowhere_else_where_its_url_names_no_language(snapshot_of):
    site = site_part(snapshot_of({"a.ttl": "ex:a ex:p 1 ."}))
    plain = Page(render(ErrorPage(site, 404, "Not Found", "x")).body)
    chosen = Page(render(ErrorPage(replace(site, chosen=True), 404, "Not Found", "x")).body)
    assert "/sparql" in plain.hrefs
    assert "/sparql?lang=en" in chosen.hrefs
    assert [h for h in plain.hrefs if "static" in h] == [h for h in chosen.hrefs if "static" in h]

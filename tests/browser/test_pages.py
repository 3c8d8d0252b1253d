"""The pages in a real browser: they fit, ask nobody else, and complain of nothing."""

import pytest

PAGES = [
    "/",
    "/doc/claim/c-0045.html",
    "/doc/claim/c-0020.html",
    "/doc/actor/russia.html",
    "/doc/event/russian-military-campaign-in-syria.html",
    "/doc/place/aleppo.html",
    "/doc/doc/csis-report-2020.html",
    "/doc/scheme/voice.html",
    "/ontology.html",
    "/claims?voice=scheme/voice/indirect",
    "/events?lang=ar",
    "/checks",
    "/data",
    "/about",
    "/sparql",
    "/sparql?query=SELECT%20*%20%7B%20%3Fs%20a%20cg%3AClaim%20%3B%20%3Fp%20%3Fo%20%7D%20LIMIT%2050",
    "/sparql?query=SELECT",
    "/validate",
    "/nothing-here",
]


def expected_complaints(path: str) -> int:
    """A browser notes in its console that a page came with a 4xx status: once."""
    return 1 if path in ("/nothing-here", "/sparql?query=SELECT") else 0


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_window_complains_of_nothing_and_has_landmarks(opened, path):
    page, complaints = opened(path, 320, "dark")
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert 1 == page.locator("h1").count()
    assert page.title()
    expected = "ar" if "lang=ar" in path else "en"
    assert expected == page.locator("html").get_attribute("lang")
    for landmark in ("header", "nav", "main", "footer"):
        assert page.locator(landmark).count() >= 1, landmark
    assert expected_complaints(path) == len(complaints), complaints


def test_arabic_runs_from_right_to_left(opened):
    page, _ = opened("/doc/claim/c-0045.html", 1280)
    arabic = page.locator("main bdi[lang=ar]").first
    assert "rtl" == arabic.evaluate("element => getComputedStyle(element).direction")


def test_a_reader_gets_from_the_overview_to_the_place_in_the_text(opened):
    page, _ = opened("/", 1280)
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Claims").click()
    # there are more speakers than are shown at once
    page.locator(".facets summary").first.click()
    speaker = page.locator(".facets").get_by_role("link", name="Syrian Observatory")
    speaker.first.click()
    page.get_by_role("link", name="SOHR: 8,289 civilian deaths attributed to Russia").first.click()
    assert "8,289" in page.locator("h1").inner_text()
    text = page.locator("main").inner_text()
    for part in ("Syrian Observatory for Human Rights", "4305", "4394", "8,289"):
        assert part in text


def test_a_query_is_asked_and_answered_without_a_program_in_the_page(opened):
    page, _ = opened("/sparql", 1280, scripts=False)
    page.locator("textarea").fill("SELECT ?claim { ?claim a cg:Claim } ORDER BY ?claim")
    page.get_by_role("button", name="Run query").click()
    assert page.locator("table tbody tr").count() >= 100
    assert "cg:Claim" in page.locator("textarea").input_value(), "the query stays"


def test_a_fault_would_be_seen(opened):
    page, complaints = opened("/", 390)
    page.evaluate("document.body.style.width = '2000px'; console.error('planted')")
    assert page.evaluate("document.documentElement.scrollWidth") > 390
    assert ["planted"] == complaints

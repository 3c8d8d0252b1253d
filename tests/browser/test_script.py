"""What the small script adds to pages: sorting, copying, and nothing that is needed."""

from urllib.parse import quote

from playwright.sync_api import expect

ROWS = "SELECT ?n ?word { VALUES (?n ?word) { (10 'b') (9 'a') (100 UNDEF) (-1 'c') } }"


def column(page, index: int) -> list[str]:
    return [cell.strip() for cell in page.locator(f"tbody td:nth-child({index})").all_inner_texts()]


def test_tables_sort_by_number_and_by_word_and_say_so(opened):
    page, complaints = opened(f"/sparql?query={quote(ROWS)}", 1280)
    page.get_by_role("button", name="n", exact=True).click()
    assert ["-1", "9", "10", "100"] == column(page, 1)
    assert "ascending" == page.locator("th").first.get_attribute("aria-sort")
    page.get_by_role("button", name="n", exact=True).press("Enter")
    assert ["100", "10", "9", "-1"] == column(page, 1)
    assert "descending" == page.locator("th").first.get_attribute("aria-sort")
    page.get_by_role("button", name="word").click()
    assert ["a", "b", "c", ""] == column(page, 2)
    page.get_by_role("button", name="word").click()
    assert ["c", "b", "a", ""] == column(page, 2), "what is empty comes last"
    assert page.locator("th").first.get_attribute("aria-sort") is None
    assert [] == complaints


def test_an_iri_is_copied_and_that_is_said(opened):
    page, _ = opened(
        "/doc/claim/c-0045.html", 390, permissions=["clipboard-read", "clipboard-write"]
    )
    page.get_by_role("button", name="Copy: IRI").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/id/claim/c-0045")


def test_without_scripts_there_are_no_buttons_that_do_nothing(opened):
    page, _ = opened(f"/sparql?query={quote(ROWS)}", 390, scripts=False)
    assert 0 == page.locator(".sort, .copy").count()

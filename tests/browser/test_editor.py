"""The editor of the query page as people use it, with keys, and the page without it."""

import json
from urllib.parse import quote

from playwright.sync_api import expect

BROKEN = "SELECT ?e WHERE {\n  ?e a cg:Event ;; cg:start\n      }\n}"
CLAIMS = "SELECT ?c { ?c a cg:Claim } ORDER BY ?c LIMIT 7"


def asked(query: str) -> str:
    return f"/sparql?query={quote(query)}"


def type_in(page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.type(text)


def written(page) -> str:
    return "\n".join(page.locator(".cm-line").all_inner_texts())


def test_words_of_sparql_variables_and_names_differ_in_colour(opened):
    page, _ = opened(asked(CLAIMS), 1280)
    spans = page.locator(".cm-line span")
    colours = {
        span.inner_text().strip(): span.evaluate("element => getComputedStyle(element).color")
        for span in spans.all()
    }
    assert 3 == len({colours["SELECT"], colours["?c"], colours["cg:Claim"]})


def test_completion_knows_the_data_and_declares_the_prefix(opened):
    page, complaints = opened("/sparql", 1280)
    type_in(page, "SELECT ?c { ?c a clai")
    first = page.locator(".cm-tooltip-autocomplete li").first
    expect(first).to_contain_text("cg:Claim")
    expect(first).to_contain_text("131 claim")
    first.click()
    expect(page.locator(".cm-line").first).to_have_text(
        "PREFIX cg: <https://w3id.org/claimgraph/ontology#>"
    )
    page.keyboard.type(" ; ")
    page.keyboard.press("Control+Space")
    # of the properties those of claims come first, the most used first
    options = page.locator(".cm-tooltip-autocomplete li")
    expect(options.first).to_contain_text("rdf:type")
    assert [] == complaints


def test_completion_offers_the_variables_of_the_query(opened):
    page, _ = opened(asked("SELECT ?claim { ?claim a cg:Claim }"), 390, "dark")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" ORDER BY ?cl")
    expect(page.locator(".cm-tooltip-autocomplete li")).to_have_text(["?claim"])


def test_an_error_is_marked_at_its_line_and_told_below(opened):
    page, _ = opened(asked(BROKEN), 1280)
    marker = page.locator(".cm-gutter-lint .cm-lint-marker-error")
    expect(marker).to_have_count(1)
    third = page.locator(".cm-lineNumbers .cm-gutterElement", has_text="3").bounding_box()
    assert abs(marker.bounding_box()["y"] - third["y"]) < third["height"]
    expect(page.locator(".cm-lintRange-error")).to_have_text("}")
    expect(page.locator("#kg-stopped")).to_contain_text("line 3, column 7")
    expect(page.locator("#kg-stopped mark")).to_contain_text("3")


def test_keys_run_the_query_and_lead_out_of_the_editor(opened):
    page, _ = opened("/sparql", 1280)
    type_in(page, "ASK {}")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run query")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".cm-content")).to_be_focused()
    expect(page.locator(".cm-editor")).to_have_css("outline-style", "solid")
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".boolean")).to_have_text("yes")


def test_back_leads_to_the_query_before(opened):
    page, _ = opened(asked(CLAIMS), 1280)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("ASK {}")
    page.get_by_role("button", name="Run query").click()
    expect(page.locator(".boolean")).to_be_visible()
    page.go_back()
    page.mouse.move(5, 5)
    expect(page.locator("table tbody tr")).to_have_count(7)
    assert CLAIMS == written(page)


def test_who_writes_before_the_editor_is_there_goes_on_writing_in_it(browser, server):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.url}/sparql?lang=ar")
    assert 0 == page.locator(".editor").count(), "nobody has asked for it"
    page.route("**/editor.js", lambda route: route.abort())
    page.locator("textarea").fill("ASK {}")
    page.locator("textarea").press("ArrowLeft")
    page.unroute("**/editor.js")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'),"
        " {src: '/static/editor.js'}))"
    )
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.type(" # here")
    assert "ASK { # here}" == written(page)
    number = page.locator(".cm-lineNumbers").bounding_box()
    assert number["x"] < page.locator(".cm-content").bounding_box()["x"]
    context.close()


def test_a_query_too_long_for_a_url_is_posted(opened, server):
    long = "ASK { FILTER(STRLEN('" + "x" * 7000 + "') = 7000) }"
    page, _ = opened("/sparql", 1280)
    page.locator(".cm-content").click()
    page.keyboard.insert_text(long)
    page.get_by_role("button", name="Run query").click()
    expect(page.locator(".boolean")).to_have_text("yes")
    assert f"{server.url}/sparql" == page.url
    expect(page.locator(".permanent")).to_contain_text("too long for a link")


def test_without_scripts_an_error_and_its_place_are_shown_and_long_queries_are_posted(opened):
    page, _ = opened(asked(BROKEN), 320, scripts=False)
    expect(page.locator("textarea")).to_have_value(BROKEN)
    expect(page.locator("#kg-stopped .code-lines")).to_contain_text("      }\n            ^")
    page.locator("textarea").fill("ASK {} #" + "x" * 7000)
    page.get_by_role("button", name="very long").click()
    expect(page.locator(".boolean")).to_have_text("yes")


def test_a_query_without_the_terms_still_runs(opened):
    page, _ = opened("/sparql", 1280)
    page.route("**/terms.json", lambda route: route.abort())
    type_in(page, "AS")
    expect(page.locator(".cm-tooltip-autocomplete li").first).to_have_text("ASK")
    page.locator(".cm-tooltip-autocomplete li").first.click()
    page.keyboard.type(" {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".boolean")).to_have_text("yes")


def test_terms_that_mean_to_be_markup_stay_text(opened):
    page, complaints = opened("/sparql", 1280)
    name = "cg:<img src=x onerror=alert(1)>"
    terms = {"prefixes": {}, "properties": [], "classes": [[name, 1, "<b>bold</b>", []]]}
    page.route("**/terms.json", lambda route: route.fulfill(body=json.dumps(terms)))
    type_in(page, "SELECT * { ?s a cg:")
    option = page.locator(".cm-tooltip-autocomplete li")
    expect(option).to_contain_text("<b>bold</b>")
    assert 0 == option.locator("img, b").count()
    assert [] == complaints

"""Every kind of page at every width, light and dark, in two languages: nobody is shut out."""

import pytest

from tests.browser.axe import faults
from tests.browser.kinds import KINDS

pytestmark = pytest.mark.long

WIDTHS = [320, 390, 768, 1280]
# a browser notes in its console that a page came with a 4xx status: once
NOTED = ("broken query", "not found")


def in_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


# axe-core takes seconds for a long page: each language and scheme is judged at another width
@pytest.mark.parametrize(
    ("language", "scheme", "judged"),
    [("en", "light", 390), ("en", "dark", 1280), ("ar", "light", 768), ("ar", "dark", 320)],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_complains_of_nothing_and_has_no_fault(opened, kind, language, scheme, judged):
    page, complaints = opened(in_language(KINDS[kind], language), judged, scheme)
    if kind in NOTED:
        complaints.pop(0)
    assert [] == faults(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [] == complaints


@pytest.mark.parametrize(
    "fault",
    [
        "document.querySelector('h1').style.color = '#ddd'",
        "document.querySelector('main').append(new Image())",
    ],
)
def test_a_fault_would_be_found(opened, fault):
    page, _ = opened("/validate", 390)
    assert [] == faults(page)
    page.evaluate(fault)
    assert 1 == len(faults(page))


def focusable(page) -> int:
    """How many places the Tab key leads to, as the page has them."""
    return page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary,'
          + ' [tabindex="0"]')].filter(e => e.checkVisibility() && !e.disabled).length"""
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("shapes", "ontology")])
def test_the_keyboard_reaches_everything_and_what_it_reaches_is_marked(opened, kind):
    page, _ = opened(KINDS[kind], 1280)
    seen, unmarked = set(), []
    for _ in range(focusable(page) + 30):
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        name, marked = page.evaluate(
            """() => {
              let e = document.activeElement;
              window.seen ??= [];
              if (!window.seen.includes(e)) window.seen.push(e);
              const style = getComputedStyle(e);
              const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
              const known = e === document.body ? -1 : window.seen.indexOf(e);
              return [known, drawn || e.id === 'kg-main' || e.className === 'editor'];
            }"""
        )
        if name == -1:
            break
        seen.add(name)
        if not marked:
            unmarked.append(page.evaluate("document.activeElement.outerHTML.slice(0, 100)"))
    assert [] == unmarked
    assert len(seen) >= focusable(page) - 1, "the editor stands for itself and what is in it"


@pytest.mark.parametrize("kind", KINDS)
def test_forced_colours_leave_text_readable_and_lines_to_see(opened, kind):
    page, _ = opened(KINDS[kind], 390, forced_colors="active")
    pale = page.evaluate(
        """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
          const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
          const style = getComputedStyle(e);
          return own && e.checkVisibility() && style.color === style.backgroundColor;
        }).map(e => e.outerHTML.slice(0, 100))"""
    )
    assert [] == pale
    assert [] == faults(page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_prints_without_what_only_a_screen_has(opened, kind):
    page, _ = opened(KINDS[kind], 1280)
    page.emulate_media(media="print")
    for hidden in (".site-header nav", ".skip", ".query-form", ".copy"):
        for element in page.locator(hidden).all():
            assert not element.is_visible(), hidden
    assert page.locator("h1").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert len(page.pdf()) > 1000


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_read_without_scripts_and_its_links_lead_somewhere(opened, kind):
    page, _ = opened(KINDS[kind], 1280, scripts=False)
    assert page.locator("h1").is_visible()
    assert page.locator("main").inner_text()
    for link in page.locator("main a[href]").all()[:40]:
        assert link.get_attribute("href").startswith(("/", "#", "http"))

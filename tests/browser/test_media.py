"""Every kind of page by keys alone, and without scripts."""

import pytest

from tests.browser.kinds import KINDS, LISTS

pytestmark = pytest.mark.long

# what leads to hundreds of places that are all alike
LONG = ("shapes", "ontology", *(name for name in LISTS if name != "narratives"), "chosen")

# notes what the Tab key leads to, and what of that is not marked
WATCH = """() => {
  window.seen = new Set();
  window.unmarked = [];
  document.addEventListener('focusin', ({target}) => {
    const style = getComputedStyle(target);
    const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    window.seen.add(target);
    if (!drawn && target.id !== 'kg-main' && target.className !== 'editor')
      window.unmarked.push(target.outerHTML.slice(0, 100));
  });
}"""
FOCUSABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea,'
  + ' summary, [tabindex="0"]')].filter(e => e.checkVisibility() && !e.disabled
  && e.type !== 'hidden').length"""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in LONG])
def test_the_keyboard_reaches_everything_and_what_it_reaches_is_marked(opened, kind):
    page, _ = opened(KINDS[kind], 1280)
    page.evaluate(WATCH)
    editor = page.locator(".editor").count()
    count = page.evaluate(FOCUSABLE)
    for _ in range(count + 10):
        if editor:
            page.keyboard.press("Escape")
        page.keyboard.press("Tab")
    assert [] == page.evaluate("window.unmarked")
    seen = page.evaluate("window.seen.size")
    assert seen >= count - 1, "the editor stands for itself and what is in it"


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_read_without_scripts_and_its_links_lead_somewhere(opened, kind):
    page, _ = opened(KINDS[kind], 1280, scripts=False)
    assert page.locator("h1").is_visible()
    assert page.locator("main").inner_text()
    links = page.locator("main a[href]").evaluate_all("all => all.map(e => e.getAttribute('href'))")
    assert [] == [link for link in links if not link.startswith(("/", "#", "http"))]

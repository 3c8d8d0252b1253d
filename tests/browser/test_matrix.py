"""Every kind of page, at every width, light and dark, in two languages: nobody is shut out."""

import pytest

from tests.browser.axe import faults
from tests.browser.kinds import KINDS, NOTED
from tests.browser.media import printed_needlessly, unreadable

pytestmark = pytest.mark.long

WIDTHS = [320, 390, 768, 1280]
# axe-core takes seconds for a long page: each language and scheme is judged at another width
JUDGED = {"en": {"light": 390, "dark": 1280}, "ar": {"light": 768, "dark": 320}}


def in_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


@pytest.mark.parametrize("language", JUDGED)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_complains_of_nothing_and_has_no_fault(opened, kind, language):
    page, complaints = opened(in_language(KINDS[kind], language), 390)
    if kind in NOTED:
        complaints.pop(0)
    for scheme, judged in JUDGED[language].items():
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.set_viewport_size({"width": judged, "height": 900})
        assert [] == faults(page), scheme
    if language == "en":
        # one load serves all that is looked at
        assert [] == unreadable(page)
        assert [] == printed_needlessly(page)
    assert [] == complaints


def test_text_that_forced_colours_hide_and_menus_on_paper_would_be_found(opened):
    page, _ = opened("/validate", 390)
    page.evaluate("""() => {
      const style = document.querySelector('h1').style;
      style.forcedColorAdjust = 'none';
      style.color = style.backgroundColor = '#fff';
      document.querySelector('.site-header nav').style.setProperty('display', 'block', 'important');
    }""")
    assert 1 == len(unreadable(page))
    assert [".site-header nav"] == printed_needlessly(page)
    page.evaluate("document.querySelector('h1').style.width = '3000px'")
    assert "what is cut" in printed_needlessly(page)


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

"""Nothing that stands in data runs in a browser, or breaks a page or a picture."""

from urllib.parse import quote

import pytest

from tests.conftest import PREFIXES, serving
from tests.web.test_harm import DATA, EX, LONG, MARKUP, PAGES, QUOTED, TURNED

pytestmark = pytest.mark.long

# each name as a point, a date and a number, so that each picture shows all of them
NAMES = (MARKUP, QUOTED, TURNED, LONG)
WKT = "<http://www.opengis.net/ont/geosparql#wktLiteral>"
ROWS = " ".join(
    f'("{name}" "POINT({place} 35)"^^{WKT} "201{place}"^^xsd:gYear {place})'
    for place, name in enumerate(NAMES, start=1)
)


def drawn(view: str, column: str) -> str:
    """The path of a picture of the names."""
    values = f"VALUES (?name ?point ?year ?number) {{ {ROWS.replace(LONG, LONG[:1500])} }}"
    query = f"SELECT ?name ?{column} {{ {values} }}"
    return f"/sparql?query={quote(query)}&view={view}"


PICTURES = [drawn("map", "point"), drawn("timeline", "year"), drawn("chart", "number")]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A folder in which names, texts and IRIs mean harm."""
    folder = tmp_path_factory.mktemp("harm")
    (folder / "a.ttl").write_text(PREFIXES + DATA, encoding="utf-8")
    with serving(str(folder), "--allow-violations", env={"KG_BASE": EX}) as running:
        yield running


# every page in one of two languages, every picture in both
LANGUAGES = ("en", "ar")
OPENED = [
    *((path, LANGUAGES[place % 2]) for place, path in enumerate(PAGES)),
    *((path, language) for path in PICTURES for language in LANGUAGES),
]


@pytest.mark.parametrize(("path", "language"), OPENED)
def test_nothing_runs_and_nothing_breaks(opened, path, language):
    address = f"{path}{'&' if '?' in path else '?'}lang={language}"
    page, complaints = opened("/about", 390)
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    answer = page.goto(page.url.removesuffix("/about") + address)
    assert answer.status < 500
    noted = [one for one in complaints if "Failed to load resource" in one]
    assert len(noted) == (answer.status >= 400)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").is_visible()
    assert page.locator("footer").is_visible()
    # not in the editor, whose empty images hold the cursor
    assert 0 == page.evaluate(
        "document.querySelectorAll('img, iframe, [href^=javascript i], [href^=data i]').length"
    )
    if path in PICTURES:
        assert page.locator("svg").count()
    assert noted == complaints


def test_harm_would_be_seen(opened):
    page, complaints = opened("/about", 390)
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.evaluate("alert('planted')")
    assert ["planted"] == complaints

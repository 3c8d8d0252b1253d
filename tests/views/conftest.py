"""Pages of small projects, read as a browser reads them."""

from html.parser import HTMLParser

import pytest

from kg.dataset.description import describe
from kg.views.html import render
from kg.views.overview import overview_page
from kg.views.pages import ErrorPage
from kg.views.resource import resource_page
from kg.views.site import site_part

EX = "http://example.org/"
VOID = "@prefix void: <http://rdfs.org/ns/void#> . @prefix dct: <http://purl.org/dc/terms/> . "
VOID_ELEMENTS = {"meta", "link", "br", "img", "input", "hr", "wbr"}


class Page(HTMLParser):
    """A page as a reader meets it: texts with their language, links, ids and elements."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.open, self.texts, self.hrefs, self.ids, self.elements = [], [], [], [], []
        self.attributes = []
        self.feed(body.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        # a data block is no script: nothing runs it; and ours come from files of ours
        block = attributes.get("type") == "application/ld+json"
        ours = attributes.get("src", "").startswith("/static/")
        if tag != "script" or not (block or ours):
            self.elements.append(tag)
        self.attributes.extend(attributes)
        self.hrefs.extend(attributes[name] for name in ("href", "src") if name in attributes)
        self.ids.extend(value for name, value in attrs if name == "id")
        if tag not in VOID_ELEMENTS:
            language = attributes.get("lang", self.open[-1][1] if self.open else "")
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        assert tag == self.open.pop()[0], "elements are nested properly"

    def handle_data(self, data):
        if data.strip():
            tags = [tag for tag, _ in self.open]
            self.texts.append((" ".join(data.split()), self.open[-1][1], tags))

    def languages(self, text: str) -> set[str]:
        """The languages in which the body says the text."""
        return {lang for said, lang, tags in self.texts if said == text and "body" in tags}

    def order(self, *texts: str) -> list[str]:
        """Those of the texts that are in the main part, in the order of the page."""
        return [said for said, _, tags in self.texts if said in texts and "main" in tags]


@pytest.fixture
def page_of(snapshot_of):
    """A function that renders the page of ex:a in a project of data and shapes."""

    def make(turtle: str, shapes: str = "", name: str = "a") -> Page:
        files = {"kg.toml": f'base = "{EX}"', "data/ttl/f.ttl": turtle, "shapes/s.ttl": shapes}
        snapshot = snapshot_of(files)
        page = resource_page(snapshot, site_part(snapshot), describe(snapshot, EX + name))
        return Page(render(page).body)

    return make


@pytest.fixture
def overview_of(snapshot_of):
    """A function that renders the overview of some data."""

    def make(turtle: str, classes=()) -> Page:
        snapshot = snapshot_of({"kg.toml": f'base = "{EX}"', "data/ttl/f.ttl": VOID + turtle})
        return Page(render(overview_page(snapshot, site_part(snapshot), classes)).body)

    return make


@pytest.fixture
def error_page(snapshot_of):
    """A function that renders the page of an error with that detail."""

    def make(detail: str) -> Page:
        site = site_part(snapshot_of({"a.ttl": "ex:a ex:p 1 ."}))
        return Page(render(ErrorPage(site, 404, "Not Found", detail)).body)

    return make

"""How much a page asks a reader to load, packed with gzip."""

import gzip
import re

import pytest

from kg.dataset.addresses import in_language
from tests.browser.kinds import KINDS

# in bytes: the page with all that it loads, the editor and its terms included
CONTENT, QUERY = 40_000, 160_000
# a document with hash IRIs is wanted whole, and this one holds every shape; Arabic is the longest
WHOLE = 64_000
QUERIES = (
    "answer as a graph",
    "graph as a tree",
    "query",
    "map",
    "timeline",
    "chart",
    "answer",
    "boolean",
    "graph",
    "broken query",
)


def loaded(server, path: str) -> dict[str, int]:
    """The size of a page and of each file that it asks for."""
    page = server.get(path, "text/html")
    asked = re.findall(
        r'(?:<script src|<link rel="(?:icon|stylesheet)" href|data-editor|data-terms)="([^"]+)"',
        page.text,
    )
    bodies = {path: page.content, **{url: server.get(url).content for url in asked}}
    return {url: len(gzip.compress(body)) for url, body in bodies.items()}


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_within_its_budget_with_all_that_it_loads(server, kind, language):
    sizes = loaded(server, in_language(KINDS[kind], language))
    assert 2 <= len(sizes) <= 6
    budget = WHOLE if kind == "shapes" else QUERY if kind in QUERIES else CONTENT
    assert sum(sizes.values()) <= budget, sizes

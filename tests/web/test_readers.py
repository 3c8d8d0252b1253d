"""The language of pages over HTTP: `lang`, Accept-Language, links that keep it, caches."""

import asyncio
import re

import httpx
import pytest

from kg.web.exchange import Exchange
from kg.web.memo import Memo
from tests.conftest import PREFIXES, REPO, serving

PAGE = "/doc/claim/c-0045"
BASE = "https://w3id.org/claimgraph"
HTML = "text/html"


def language(response: httpx.Response) -> str:
    """The language that the header and the page agree on."""
    named = re.search(r'<html lang="(\w+)" dir="(\w+)">', response.text)
    assert ("rtl" if named[1] == "ar" else "ltr") == named[2]
    assert named[1] == response.headers["content-language"]
    return named[1]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "en"),
        ("", "en"),
        ("ar", "ar"),
        ("ar-SY,ar;q=0.9,en;q=0.8", "ar"),
        ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr"),
        ("de, fr;q=0.4, en;q=0.3", "fr"),
        ("de", "en"),
        ("en;q=0.1, ar;q=0.2", "ar"),
        ("ar;q=0, fr;q=0", "en"),
        ("en;q=0, *", "ar"),
        ("*", "en"),
        ("this is; no list, ar;q=2, fr;q=x", "en"),
    ],
)
@pytest.mark.parametrize("path", ["/", PAGE, "/sparql", "/validate", "/nothing-here"])
def test_a_page_is_in_the_language_that_the_client_prefers(server, path, header, expected):
    headers = {} if header is None else {"Accept-Language": header}
    assert expected == language(server.get(path, HTML, headers=headers))


@pytest.mark.parametrize("path", ["/", PAGE, f"{PAGE}.html", "/sparql", "/validate", "/nothing"])
def test_the_url_wins_over_what_the_client_prefers(server, path):
    response = server.get(f"{path}?lang=ar", HTML, headers={"Accept-Language": "fr"})
    assert "ar" == language(response)


@pytest.mark.parametrize("tag", ["de", "", "AR", "ar-SY", "<script>"])
def test_a_language_that_is_not_offered_counts_as_not_named(server, tag):
    response = server.get(PAGE, HTML, params={"lang": tag}, headers={"Accept-Language": "fr"})
    assert "fr" == language(response)


def test_links_keep_a_language_that_the_url_names(server):
    text = server.get(f"{PAGE}?lang=ar", HTML).text
    hrefs = re.findall(r'<a [^>]*href="(/[^"]*)"([^>]*)>', text)
    pages = [href for href, more in hrefs if ' type="' not in more and "hreflang" not in more]
    files = [href for href, more in hrefs if ' type="' in more]
    assert len(pages) > 20
    assert [] == [href for href in pages if "lang=ar" not in href]
    assert len(files) > 5
    assert [] == [href for href in files if "lang=" in href]
    assert 'href="/static/kg.css"' in text


def test_a_thing_leads_to_its_document_in_the_same_language(server):
    response = server.get("/id/claim/c-0045?lang=fr", HTML)
    assert f"{PAGE}?lang=fr" == response.headers["location"]
    assert PAGE == server.get("/id/claim/c-0045", HTML).headers["location"]


@pytest.mark.parametrize("path", ["/", PAGE, "/sparql?query=ASK%7B%7D&timeout=5"])
def test_a_page_links_to_itself_in_each_language(server, path):
    text = server.get(path, HTML).text
    links = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', text))
    assert ["en", "ar", "fr", "x-default"] == list(links)
    assert all(url.startswith(BASE) for url in links.values()), "wherever it is served"
    links = {tag: url.removeprefix(BASE) for tag, url in links.items()}
    for tag in ("en", "ar", "fr"):
        url = links[tag].replace("&amp;", "&")
        assert tag == language(server.get(url, HTML)), url
        assert path in url
    assert path == links["x-default"].replace("&amp;", "&")
    assert f'<link rel="canonical" href="{BASE}{links["x-default"]}">' in text
    french = server.get(links["fr"].replace("&amp;", "&"), HTML).text
    assert f'<link rel="canonical" href="{BASE}{links["fr"]}">' in french
    switch = re.search(r'<nav aria-label="Language".*?</nav>', text, re.S)[0]
    assert 3 == switch.count("hreflang")
    assert 1 == switch.count("aria-current")


def test_no_link_to_another_language_leads_to_another_site(server):
    text = server.get("//elsewhere.example/x", HTML).text
    assert '"//elsewhere' not in text
    assert "/elsewhere.example/x?lang=ar" in text


def test_rdf_has_no_language(server):
    for accept in ("text/turtle", "application/ld+json"):
        plain = server.get(PAGE, accept)
        asked = server.get(f"{PAGE}?lang=ar", accept, headers={"Accept-Language": "ar"})
        assert plain.content == asked.content
        for response in (plain, asked):
            assert "content-language" not in response.headers
            assert "language" not in response.headers["vary"].lower()


def test_a_page_varies_by_language_unless_its_url_names_one(server):
    assert "Accept-Language" in server.get(PAGE, HTML).headers["vary"]
    assert "Accept-Language" not in server.get(f"{PAGE}?lang=ar", HTML).headers["vary"]


@pytest.fixture(scope="module")
def from_bytes():
    with serving(str(REPO), env={"KG_SITE_FROM_BYTES": "true"}) as running:
        yield running


@pytest.mark.parametrize("path", [PAGE, "/"])
def test_what_is_remembered_for_one_language_is_not_given_to_another(server, from_bytes, path):
    for one in (server, from_bytes):
        for _ in range(3):
            for header, expected in (("ar", "ar"), ("fr;q=0.3", "fr"), ("de", "en"), ("", "en")):
                headers = {"Accept-Language": header} if header else {}
                assert expected == language(one.get(path, HTML, headers=headers))


def remembering():
    """An exchange without an application, and what it is asked."""
    memo = Memo(10_000_000)
    return memo, Exchange(None, memo, ("en", "ar", "fr"))


def scope(languages: str, path: bytes = b"/a") -> dict:
    headers = [(b"accept", b"text/html"), (b"accept-language", languages.encode())]
    return {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "raw_path": path,
        "query_string": b"",
        "headers": headers,
        "path": path.decode(),
    }


async def ask(exchange, languages: str, vary: str) -> None:
    async def app(_scope, _receive, send):
        headers = [(b"etag", b'"x"'), (b"vary", vary.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": languages.encode()})

    async def send(_message):
        pass

    exchange.app = app
    await exchange(scope(languages), None, send)


def test_all_that_leads_to_one_language_finds_the_same_answer():
    _, exchange = remembering()
    asyncio.run(ask(exchange, "fr", "Accept, Accept-Language, Accept-Encoding"))
    for same in ("fr", "fr-CH, fr;q=0.9", "de;q=0.9,fr;q=0.2"):
        assert exchange.at_once(scope(same))[1] == b"fr"
    for other in ("", "en", "ar,fr;q=0.1"):
        assert exchange.at_once(scope(other)) is None


def test_what_has_no_language_is_found_by_all():
    _, exchange = remembering()
    asyncio.run(ask(exchange, "fr", "Accept, Accept-Encoding"))
    for languages in ("", "en", "ar,fr;q=0.1", "x" * 10_000):
        assert exchange.at_once(scope(languages))[1] == b"fr"


def test_the_one_language_of_data_goes_without_saying(tmp_path):
    (tmp_path / "a.ttl").write_text(PREFIXES + 'ex:a rdfs:label "Birke"@de ; ex:p "Baum"@de .')
    with serving(str(tmp_path), env={"KG_BASE": "http://example.org/"}) as folder:
        text = folder.get("/doc/a?lang=en", HTML).text
    assert '<bdi lang="de" dir="auto">Baum</bdi>' in text
    assert 'class="tag"' not in text

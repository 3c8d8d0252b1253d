"""For whom a page is made (storey 4): the language of a request, and what follows from it.

The URL's `lang` wins, then Accept-Language, then the first language that is offered. A language
that is not offered counts as not named: a link from elsewhere leads to a page all the same.
Source: https://www.rfc-editor.org/rfc/rfc9110#name-accept-language
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fastapi import Request

from kg.dataset.addresses import in_language, language_in
from kg.dataset.description import in_languages
from kg.dataset.languages import COMMON
from kg.dataset.snapshot import Snapshot
from kg.publication import Publication
from kg.rdf.negotiation import choose_language
from kg.settings import LANGUAGES
from kg.views.language import own_name
from kg.views.list_names import list_links
from kg.views.pages import LanguageLink, SitePart
from kg.views.site import site_part


@dataclass(frozen=True, slots=True)
class Reader:
    """What pages in one language are made from: the data so labelled, and what surrounds them."""

    snapshot: Snapshot
    site: SitePart

    def led(self, url: str) -> str:
        """Return the URL of a page so that it keeps the language that this reader's URL names."""
        return in_language(url, self.site.language) if self.site.chosen else url


@dataclass(frozen=True, slots=True)
class Readers:
    """The reader of each language that is offered; the first is for whoever prefers none."""

    by_language: Mapping[str, Reader]

    def of(self, request: Request, url: str = "") -> Reader:
        """Return the reader that a request is from, with links to this page in other languages.

        `url` is that of the page where it has several, "" for the one that is asked.
        """
        query = request.scope["query_string"].decode("ascii", errors="replace")
        # two slashes in front would lead to another site
        path = "/" + request.scope["raw_path"].decode("ascii", errors="replace").lstrip("/\\")
        url = url or f"{path}?{query}"
        if len(self.by_language) == 1:
            (reader,) = self.by_language.values()
            return replace(reader, site=replace(reader.site, url=in_language(url, "")))
        asked = language_in(query)
        chosen = asked in self.by_language
        header = ", ".join(request.headers.getlist("accept-language"))
        language = asked if chosen else choose_language(header, tuple(self.by_language))
        links = tuple(
            LanguageLink(tag, own_name(tag), in_language(url, tag)) for tag in self.by_language
        )
        site = replace(
            self.by_language[language].site,
            languages=links,
            any_language=in_language(url, ""),
            chosen=chosen,
            url=in_language(url, asked if chosen else ""),
        )
        return replace(self.by_language[language], site=site)


def readers(publication: Publication) -> Readers:
    """Return the readers that a publication has pages for."""
    found = {}
    # where the base is but guessed, nobody said that these pages are there
    address = (publication.project.rebase or publication.project.base).rstrip("/")
    usual = publication.labels.language
    for language in offered(publication):
        snapshot = in_languages(publication.snapshot, (language,))
        site = site_part(snapshot)
        lists = list_links(snapshot, publication.tables, publication.project.site.classes)
        found[language] = Reader(snapshot, replace(site, lists=lists, address=address, usual=usual))
    return Readers(found)


def offered(publication: Publication) -> tuple[str, ...]:
    """Return the languages of pages: those of the settings, else English and the data's own."""
    found = (COMMON, *publication.snapshot.languages)
    known = (tag for tag in LANGUAGES if tag in found)
    return publication.project.site.languages or tuple(known)

"""Pages as HTML (storey 3): the templates, and nothing else."""

import re
from dataclasses import fields
from functools import cache
from html import unescape
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import escape

from kg.dataset.addresses import in_language
from kg.rdf.formats import HTML
from kg.views.changelog_page import ChangelogPage
from kg.views.checks_page import ChecksPage
from kg.views.data_page import AboutPage, DataPage
from kg.views.language import amount, catalogue, number
from kg.views.list_page import ListPage
from kg.views.ontology_page import OntologyPage
from kg.views.overview import OverviewPage
from kg.views.pages import ErrorPage, QueryPage, ValidatePage
from kg.views.preview_page import PreviewPage
from kg.views.representation import Representation, representation, spoken
from kg.views.resource import ResourcePage
from kg.views.search_page import SearchPage
from kg.views.stored import QueriesPage, StoredPage
from kg.views.versions_page import DifferencePage, VersionsPage

Page = (
    AboutPage
    | ChangelogPage
    | ChecksPage
    | DataPage
    | DifferencePage
    | ListPage
    | OntologyPage
    | OverviewPage
    | PreviewPage
    | ResourcePage
    | QueryPage
    | SearchPage
    | ValidatePage
    | VersionsPage
    | ErrorPage
    | QueriesPage
    | StoredPage
)

TEMPLATES = MappingProxyType(
    {
        AboutPage: "about.html",
        ChangelogPage: "changelog.html",
        ChecksPage: "checks.html",
        DataPage: "data.html",
        OntologyPage: "ontology.html",
        OverviewPage: "overview.html",
        ListPage: "list.html",
        PreviewPage: "preview.html",
        ResourcePage: "resource.html",
        QueryPage: "query.html",
        SearchPage: "search.html",
        ValidatePage: "validate.html",
        VersionsPage: "versions.html",
        DifferencePage: "difference.html",
        ErrorPage: "error.html",
        QueriesPage: "queries.html",
        StoredPage: "stored.html",
    }
)


# elements that lead on, as templates write them; text and values in them are escaped
LEADING = re.compile(r"<(?:a|form) [^>]*>")
ADDRESS = re.compile(r' (href|action)="(/[^"]*)"')


def render(page: Page) -> Representation:
    """Return a page as an HTML document in its reader's language; every text in it is escaped."""
    site = page.site
    template = _environment(site.language, site.usual).get_template(TEMPLATES[type(page)])
    context = {field.name: getattr(page, field.name) for field in fields(page)}
    text = template.render(context)
    if site.chosen:
        text = LEADING.sub(lambda element: kept(element[0], site.language), text)
    return spoken(representation(text.encode(), HTML.media_type), site)


def kept(element: str, language: str) -> str:
    """Return the start tag of a link or form so that it leads to pages in that language.

    A link that names a type leads to a file, and one that names a language stays as it is.
    """
    if ' type="' in element or ' hreflang="' in element:
        return element
    asks = element.startswith("<form") and ' method="get"' in element
    if asks and ADDRESS.search(element):
        return f'{element}<input type="hidden" name="lang" value="{language}">'
    return ADDRESS.sub(
        lambda found: f' {found[1]}="{escape(in_language(unescape(found[2]), language))}"',
        element,
    )


@cache
def _environment(language: str, usual: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.views"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters["number"] = lambda value: number(value, language)
    environment.filters["amount"] = lambda text: amount(text, language)
    # for macros, which know of no page
    environment.globals["language"] = language
    environment.globals["untagged"] = frozenset({language, usual})
    # the extension adds this method, of which the class itself knows nothing
    environment.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    return environment

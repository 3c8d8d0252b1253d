"""Pages as HTML (storey 3): the templates, and nothing else."""

from dataclasses import fields
from functools import cache
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.rdf.formats import HTML
from kg.views.overview import OverviewPage
from kg.views.pages import ErrorPage, QueryPage, ValidatePage
from kg.views.representation import Representation, representation
from kg.views.resource import ResourcePage

Page = OverviewPage | ResourcePage | QueryPage | ValidatePage | ErrorPage

TEMPLATES = MappingProxyType(
    {
        OverviewPage: "overview.html",
        ResourcePage: "resource.html",
        QueryPage: "query.html",
        ValidatePage: "validate.html",
        ErrorPage: "error.html",
    }
)


def render(page: Page) -> Representation:
    """Return a page as an HTML document; every text in it is escaped."""
    template = _environment().get_template(TEMPLATES[type(page)])
    context = {field.name: getattr(page, field.name) for field in fields(page)}
    return representation(template.render(context).encode(), HTML.media_type)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.views"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # the extension adds this method, of which the class itself knows nothing
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    return environment

"""What programs can ask besides stored queries (storey 4): documents, SPARQL, files, checks."""

from kg.dataset.addresses import DOCUMENT_FORMATS, document_path
from kg.dataset.context import CONTEXT_PATH
from kg.dataset.labels import LONGEST
from kg.publication import Publication
from kg.rdf.formats import (
    CSV,
    FORM,
    FORMATS,
    HTML,
    JSON_LD,
    LINK_SET_JSON,
    LINK_SETS,
    OPEN_SEARCH,
    PLAIN_JSON,
    SITE_MAP,
    TEXT,
    TURTLE,
    AnyFormat,
    Format,
    PlainFormat,
)
from kg.source.reports.table import REPORT_FORMATS
from kg.views.overview import example
from kg.views.search_page import FILES
from kg.web.about import pages_of
from kg.web.openapi.linking import linking
from kg.web.openapi.parts import (
    Part,
    answer,
    bodies_of,
    content,
    led,
    operation,
    parameter,
    problems,
)
from kg.web.openapi.past import past
from kg.web.openapi.sparql import sparql_get, sparql_post


def doors(publication: Publication) -> dict[str, Part]:
    """Return the paths, each with what it answers."""
    return {
        "/": {"get": _front()},
        **_documents(publication),
        "/sparql": {"get": sparql_get(), "post": sparql_post()},
        "/graph-store": {"get": _graph_store(publication.snapshot.base)},
        "/validate": {"get": _validate_form(), "post": _validate()},
        "/queries": {"get": _listed()},
        **{
            f"/{dump.name}": {"get": _dump(dump.name, dump.media_type)}
            for dump in publication.dumps
        },
        **_well_known(),
        **{path: {"get": _page(path)} for path in pages_of(publication)},
        "/list": {"get": _list(publication)},
        **_search(),
        **linking(),
        **past(),
    }


def _search() -> dict[str, Part]:
    asked = parameter(
        "q", "Words, a name, also misspelt, or an IRI.",
        {"type": "string", "maxLength": LONGEST}, example="a",
    )  # fmt: skip
    names = {"type": "string", "enum": [HTML.extension, *(kind.extension for kind in FILES)]}
    by_name = parameter("format", "The format by name.", names)
    found = {"200": answer("What is like it.", (HTML, *FILES)), **problems(400, 406, 429, 503)}
    one = operation("search", "documents", "Resources by their names.", found, asked, by_name)
    words = "How to search here, for browsers."
    described = {"200": answer(words, (OPEN_SEARCH,))}
    return {
        "/search": {"get": one},
        **{
            f"/search.{kind.extension}": {
                "get": operation(
                    f"search.{kind.extension}", "documents", "Resources by their names.",
                    {"200": answer("What is like it.", (kind,)), **problems(400, 429, 503)},
                    asked,
                )
            }
            for kind in FILES
        },
        "/opensearch.xml": {"get": operation("openSearch", "descriptions", words, described)},
    }  # fmt: skip


def _list(publication: Publication) -> Part:
    classes = publication.project.site.classes
    class_ = parameter(
        "class", "The IRI of a class.", {"type": "string", "minLength": 1}, required=True,
        example=classes[0] if classes else None,
    )  # fmt: skip
    formats = {"200": answer("The list.", (HTML, TURTLE, CSV)), **problems(400, 404, 406, 413)}
    return operation("list", "documents", "The instances of a class.", formats, class_)


def _page(path: str) -> Part:
    responses = {"200": answer("The page, for people.", (HTML,), ("Link",)), **problems(406)}
    name = path.removeprefix("/")
    return operation(name, "documents", f"The page {path}, for people.", responses)


def _front() -> Part:
    responses = {
        "200": answer("The overview of the data set, for people.", (HTML,), ("Link",)),
        "303": led("Programs are led to the document that describes the data set."),
        **problems(406),
    }
    return operation("overview", "documents", "What this data set is.", responses)


def _documents(publication: Publication) -> dict[str, Part]:
    snapshot = publication.snapshot
    shown = example(snapshot, publication.project.site.classes)
    iri = shown.iri if shown else f"{snapshot.base}thing"
    path = document_path(snapshot, iri).partition("#")[0] if shown else "/doc/thing"
    responses = {
        "200": answer("The description.", DOCUMENT_FORMATS, ("Link", "Content-Location")),
        **problems(400, 404, 406),
    }
    page = parameter(
        "page", "Which page of a long description, from 1.", {"type": "integer", "minimum": 1}
    )
    wanted = parameter("iri", "The IRI, in full.", {"type": "string"}, required=True, example=iri)
    by_path = parameter(
        "path",
        "The path of a document; a suffix such as .ttl names the format.",
        {"type": "string", "minLength": 1},
        required=True,
        example=path.removeprefix("/doc/"),
        where="path",
    )
    linked = {**responses["200"]["content"], **content(LINK_SETS)}
    of_document = {**responses, "200": {**responses["200"], "content": linked}}
    of_document["303"] = led("Another URL has what this one stands for.")
    formats = [format_.extension for format_ in DOCUMENT_FORMATS]
    by_name = parameter("format", "The format by name.", {"type": "string", "enum": formats})
    one = "The document about any IRI that is described here."
    other = "A document, in the format of Accept or of its suffix."
    whole = {"200": answer("The context.", (JSON_LD,))}
    return {
        "/resource": {
            "get": operation("resource", "documents", one, responses, wanted, by_name, page)
        },
        "/doc/{path}": {
            "get": operation("document", "documents", other, of_document, by_path, page)
        },
        CONTEXT_PATH: {"get": operation("context", "documents", "The JSON-LD context.", whole)},
    }


def _graph_store(base: str) -> Part:
    iri = {"type": "string"}
    return operation(
        "graph", "files", "A whole graph: name one, or ?default in place of it.",
        {"200": answer("Its triples.", FORMATS), **problems(400, 404, 406, 429, 503)},
        parameter(
            "graph", "The IRI of a named graph.", iri, required=True,
            example=f"{base}graph/description",
        ),
    )  # fmt: skip


def _validate_form() -> Part:
    responses = {"200": answer("A form.", (HTML,)), **problems(406)}
    return operation("validateForm", "checks", "A form for RDF to be checked.", responses)


def _validate() -> Part:
    names = {"type": "string", "enum": [row.name for row in REPORT_FORMATS]}
    responses = {
        "200": answer("The report, whatever it says.", [row.format for row in REPORT_FORMATS]),
        **problems(400, 406, 413, 415, 429, 503),
    }
    wanted = parameter("format", "The format of the report; else Accept.", names, example="json")
    made = operation(
        "validate", "checks", "Check RDF by the shapes of the data set.", responses, wanted
    )
    form = {"oneOf": [_filled_in(format_) for format_ in FORMATS]}
    bodies: dict[AnyFormat, Part] = {FORM: form}
    bodies |= {format_: {"type": "string"} for format_ in FORMATS}
    return {**made, "requestBody": {"required": True, "content": bodies_of(bodies)}}


def _filled_in(format_: Format) -> Part:
    """Return what the form sends for RDF in a format; without one it is Turtle."""
    required = ["data"] if format_ is TURTLE else ["data", "format"]
    fields = {
        "data": {"type": "string", "format": format_.extension},
        "format": {"type": "string", "const": format_.name},
    }
    return {"type": "object", "required": required, "properties": fields}


def _listed() -> Part:
    responses = {"200": answer("The list, for people.", (HTML,)), **problems(406)}
    return operation("queries", "stored queries", "All stored queries.", responses)


def _dump(name: str, media_type: str) -> Part:
    made = answer("The file.", (PlainFormat(name, "", media_type),), ("ETag", "Accept-Ranges"))
    made["content"] = {media_type: {}}
    responses = {"200": made, "206": {**made, "description": "Part of it."}, **problems(416)}
    return operation(name, "files", f"The whole data set as {name}.", responses)


def _well_known() -> dict[str, Part]:
    plain = (
        ("/.well-known/api-catalog", "apiCatalog", "What programs can ask.", LINK_SET_JSON),
        ("/openapi.json", "openapi", "This description.", PLAIN_JSON),
        ("/terms.json", "terms", "Classes and properties in use, for editors.", PLAIN_JSON),
        ("/sitemap.xml", "siteMap", "Every document, for crawlers.", SITE_MAP),
        ("/robots.txt", "robots", "What crawlers may read.", TEXT),
        ("/llms.txt", "llms", "What there is to ask, for language models.", TEXT),
    )
    found = {
        path: {"get": operation(name, "descriptions", words, {"200": answer(words, (format_,))})}
        for path, name, words, format_ in plain
    }
    words = "Leads to the description of the data set in VoID and DCAT."
    responses = {"303": led(words), **problems(404)}
    found["/.well-known/void"] = {"get": operation("void", "descriptions", words, responses)}
    words = "Whether requests of every kind are answered here now."
    responses = {"200": answer("They are.", (PLAIN_JSON,)), **problems(503)}
    found["/health"] = {"get": operation("health", "descriptions", words, responses)}
    return found

"""What programs can ask about published versions (storey 4)."""

from kg.dataset.addresses import DOCUMENT_FORMATS
from kg.rdf.formats import (
    ATOM,
    HTML,
    JSON_LD_GRAPHS,
    LINK_SETS,
    PLAIN_JSON,
    RDF_PATCH,
    TIME_MAP,
)
from kg.web.openapi.parts import Part, answer, led, operation, parameter, problems

TAG = "versions"
ANY = (*DOCUMENT_FORMATS, JSON_LD_GRAPHS, *LINK_SETS)


def past() -> dict[str, Part]:
    """Return the paths, each with what it answers."""
    listed = {"200": answer("The versions, the newest first.", (HTML, PLAIN_JSON)), **problems(406)}
    feed = {"200": answer("An entry for each version.", (ATOM,))}
    path = _in_path("path", "The path of a document.", "doc/thing")
    number = _in_path("number", "The number of a version.", "1")
    then = {
        "200": answer("What the document was.", ANY, ("Memento-Datetime",)),
        "303": led("The document of a thing, in that version."),
        "308": led("What the thing is now."),
        **problems(400, 404, 406, 410, 429, 503),
    }
    times = {"200": answer("The versions that know it.", (TIME_MAP,)), **problems(404, 429, 503)}
    return {
        "/version": {"get": operation("versions", TAG, "The versions.", listed)},
        "/version/{number}/{path}": {
            "get": operation("version", TAG, "A document in a version.", then, number, path)
        },
        "/timemap/{path}": {
            "get": operation("timeMap", TAG, "The states of a document.", times, path)
        },
        "/changes.atom": {"get": operation("changes", TAG, "A feed of versions.", feed)},
        "/diff/{old}/{new}": {"get": _difference("difference")},
        "/diff/{old}/{new}/{path}": {"get": _difference("differenceOf", path)},
    }


def _difference(name: str, *more: Part) -> Part:
    states = [
        _in_path("old", "The number of a version.", "1"),
        _in_path("new", "The number of another, or now.", "now"),
    ]
    formats = {"type": "string", "enum": [one.extension for one in (HTML, PLAIN_JSON, RDF_PATCH)]}
    by_name = parameter("format", "The format by name.", formats)
    found = {
        "200": answer("What changed.", (HTML, PLAIN_JSON, RDF_PATCH)),
        **problems(404, 406, 429, 503),
    }
    return operation(name, TAG, "What changed between two states.", found, *states, *more, by_name)


def _in_path(name: str, description: str, example: str) -> Part:
    schema = {"type": "string", "minLength": 1}
    return parameter(name, description, schema, required=True, example=example, where="path")

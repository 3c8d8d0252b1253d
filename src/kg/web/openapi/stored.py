"""Stored queries as operations (storey 4): the same parameters as forms and URLs have."""

from types import MappingProxyType

from kg.dataset.parameters import Parameter
from kg.dataset.queries import LARGEST_PAGE, StoredQuery
from kg.rdf.formats import FORM, FORMATS, HTML
from kg.rdf.namespaces import XSD
from kg.rdf.sparql_text import query_form
from kg.views.stored import address, formats_of
from kg.web.openapi.parts import OF_QUERIES, Part, answer, led, parameter, problems
from kg.web.query_request import LONGEST

# types of XML Schema that JSON Schema can say
SCHEMAS = MappingProxyType(
    {
        "boolean": ("boolean", ""),
        "decimal": ("number", ""),
        "integer": ("integer", ""),
        "double": ("number", ""),
        "date": ("string", "date"),
        "dateTime": ("string", "date-time"),
    }
)
# ends of the types of integers, which are bounded
BOUNDS = MappingProxyType({"nonNegativeInteger": 0, "positiveInteger": 1})


def stored_paths(query: StoredQuery) -> tuple[str, Part]:
    """Return the path of a stored query and what it answers, by GET and by POST of a form."""
    shared: Part = {
        "summary": query.summary,
        "description": query.description,
        "tags": ["stored queries", *(tag for tag in query.tags if tag != "stored queries")],
        "responses": _responses(query),
    }
    parameters = [*map(own, query.parameters), *common(query)]
    name = query.name.replace("/", ".")
    fields = {one["name"]: one["schema"] for one in parameters}
    needed = [one["name"] for one in parameters if one["required"]]
    form = {"type": "object", "properties": fields, "additionalProperties": False}
    body = {
        "required": True,
        "content": {
            FORM.media_type: {"schema": {**form, **({"required": needed} if needed else {})}}
        },
    }
    return address(query), {
        "get": {**shared, "operationId": f"get.{name}", "parameters": parameters},
        "post": {**shared, "operationId": f"post.{name}", "requestBody": body},
    }


def own(one: Parameter) -> Part:
    """Return a parameter of the query itself, with its default as example."""
    schema = _schema(one)
    if not one.required:
        # forms send every field: an empty one counts as not given
        schema = {"anyOf": [schema, {"type": "string", "maxLength": 0}]}
    return parameter(
        one.name, one.description or _words(one), schema, required=one.required, example=one.default
    )


def _words(one: Parameter) -> str:
    if one.kind == "iri":
        return "An IRI, or a prefixed name."
    return f"Text in {one.language}." if one.language else one.kind.removeprefix(XSD)


def _schema(one: Parameter) -> Part:
    if one.choices:
        return {"type": "string", "enum": list(one.choices)}
    if one.kind == "iri":
        return {"type": "string", "format": "iri"}
    kind, format_ = SCHEMAS.get(one.datatype, ("string", ""))
    if one.kind == "number":
        kind = "number"
    if one.datatype in BOUNDS:
        return {"type": "integer", "minimum": BOUNDS[one.datatype]}
    return {"type": kind, **({"format": format_} if format_ else {})}


def common(query: StoredQuery) -> list[Part]:
    """Return the parameters that every query has."""
    formats = [format_.extension for format_ in (*formats_of(query), HTML)]
    found = [
        parameter(
            "format",
            "The format of the answer; without it, Accept decides.",
            {"type": "string", "enum": formats},
        ),
        parameter(
            "timeout",
            "An earlier deadline than the server's, in seconds.",
            {"type": "integer", "minimum": 1, "maximum": LONGEST},
            example=10,
        ),
    ]
    if query_form(query.text) != "SELECT":
        return found
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}
    page = {"type": "integer", "minimum": 1, "maximum": 9_999_999_999}
    return [
        *found,
        parameter("page", "Which page of the answer, from 1.", page, example=1),
        parameter("pageSize", "Rows on a page.", size, example=100),
    ]


def _responses(query: StoredQuery) -> Part:
    formats = formats_of(query)
    responses = {"200": answer("The answer.", (*formats, HTML), ("Link",))}
    if formats is not FORMATS:
        responses["303"] = led("What is asked for RDF leads to the description of the query.")
    return {**responses, **problems(*OF_QUERIES, 415)}

"""What operations are put together from (storey 4): parameters, contents and responses."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from kg.rdf.formats import HTML, JSON, PROBLEM, AnyFormat, ResultFormat

Part = dict[str, Any]
NONE: Mapping[str, Any] = MappingProxyType({})

TEXT = MappingProxyType({"type": "string"})


def parameter(
    name: str,
    description: str,
    schema: Mapping[str, Any] = TEXT,
    *,
    required: bool = False,
    example: Any = None,
    where: str = "query",
) -> Part:
    """Return a parameter of a URL."""
    shown = {"example": example} if example is not None else {}
    return {
        "name": name,
        "in": where,
        "required": required,
        "description": description,
        "schema": dict(schema),
        **shown,
    }


def content(formats: Iterable[AnyFormat]) -> Part:
    """Return what a body may be: one schema for each media type."""
    return {f.media_type: {"schema": _schema(f)} for f in formats}


def _schema(format_: AnyFormat) -> Part:
    if format_ is JSON:
        return {"$ref": "#/components/schemas/Results"}
    if format_ is PROBLEM:
        return {"$ref": "#/components/schemas/Problem"}
    if not isinstance(format_, ResultFormat) and format_.media_type.endswith("json"):
        return {}
    return {"type": "string"}


def answer(description: str, formats: Iterable[AnyFormat], headers: Iterable[str] = ()) -> Part:
    """Return the response of a success, in any of the formats."""
    described = {name: {"schema": {"type": "string"}} for name in headers}
    made = {"description": description, "content": content(formats)}
    return {**made, **({"headers": described} if described else {})}


def led(description: str) -> Part:
    """Return the response that leads to another URL."""
    schema = {"type": "string", "format": "uri-reference"}
    return {
        "description": description,
        "headers": {"Location": {"required": True, "schema": schema}},
    }


def problems(*statuses: int) -> Part:
    """Return the responses of errors with these statuses: problem details, or a page."""
    return {
        str(status): {"description": PROBLEMS[status], "content": content((PROBLEM, HTML))}
        for status in statuses
    }


PROBLEMS = MappingProxyType(
    {
        400: "The request cannot be understood; the problem says what and where.",
        403: "An update: data changes by files only.",
        404: "The data set does not describe that, or has no such page.",
        406: "None of the formats that there are is acceptable; the problem lists them.",
        410: "It was withdrawn; the problem says what replaced it.",
        413: "The answer, or the body that was sent, is over the limit.",
        415: "The body is in a media type that is not read; the problem lists those that are.",
        416: "None of the ranges is in the file.",
        429: "This client has too many requests waiting. Try again after Retry-After.",
        502: "A remote engine answered with something else than an answer.",
        503: "Busy, stopped at the deadline, or no engine. Try again after Retry-After.",
        504: "A remote engine was too slow.",
    }
)

# what any query may end in
OF_QUERIES = (400, 404, 406, 413, 429, 502, 503, 504)

SCHEMAS: Mapping[str, Part] = MappingProxyType(
    {
        "Problem": {
            "description": "RFC 9457",
            "type": "object",
            "required": ["type", "title", "status"],
            "properties": {
                "type": {"type": "string"},
                "title": {"type": "string"},
                "status": {"type": "integer", "minimum": 400, "maximum": 599},
                "detail": {"type": "string"},
                "instance": {"type": "string"},
                "errors": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["parameter", "detail"],
                        "properties": {
                            "parameter": {"type": "string"},
                            "detail": {"type": "string"},
                        },
                    },
                },
            },
        },
        "Results": {
            "description": "https://www.w3.org/TR/sparql11-results-json/",
            "type": "object",
            "required": ["head"],
            "properties": {
                "head": {"type": "object"},
                "boolean": {"type": "boolean"},
                "results": {
                    "type": "object",
                    "required": ["bindings"],
                    "properties": {"bindings": {"type": "array", "items": {"type": "object"}}},
                },
            },
        },
    }
)


def operation(
    name: str, tag: str, summary: str, responses: Mapping[str, Any], *parameters: Part
) -> Part:
    """Return an operation; the name is for programs that are made from the document."""
    listed = {"parameters": list(parameters)} if parameters else {}
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        **listed,
        "responses": dict(responses),
    }


def bodies_of(schemas: Mapping[AnyFormat, Part]) -> Part:
    """Return what may be sent, with the schema of each format."""
    return {format_.media_type: {"schema": schema} for format_, schema in schemas.items()}

"""What programs can ask of the reconciliation service (storey 4).

Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from collections.abc import Mapping
from types import MappingProxyType

from kg.rdf.formats import FORM, HTML, PLAIN_JSON
from kg.web.openapi.parts import Part, answer, bodies_of, operation, parameter, problems

TAG = "reconciliation"

BATCH = '{"q0": {"query": "a"}}'

# texts whose form JSON Schema cannot say
QUERIES = MappingProxyType({"type": "string", "format": "reconciliation-queries"})
EXTENSION = MappingProxyType({"type": "string", "format": "reconciliation-extension"})
KNOWN = MappingProxyType({"type": "string", "format": "known-iri"})
NAME = MappingProxyType({"type": "string", "format": "name"})


def linking() -> dict[str, Part]:
    """Return the paths, each with what it answers."""
    found = {"200": answer("JSON as the service's standard has it.", (PLAIN_JSON,))}
    responses = {**found, **problems(400, 413, 429, 503)}
    queries = parameter("queries", "A batch of queries, as JSON.", QUERIES, example=BATCH)
    id_ = parameter("id", "The IRI of an entity, type or property.", KNOWN, required=True)
    shown = {"200": answer("A small page.", (HTML,)), **problems(400)}
    of_type = parameter("type", "The IRI of a class.")
    most = parameter(
        "limit", "How many, at most.", {"type": "integer", "minimum": 1, "maximum": 999_999_999}
    )
    prefix = parameter("prefix", "The beginning of a name.", NAME, required=True, example="a")
    kind = parameter(
        "kind", "What is looked for.", {"type": "string", "enum": ["entity", "type", "property"]},
        required=True, example="entity", where="path",
    )  # fmt: skip
    kinds = {**found, **problems(400, 404, 429, 503)}
    return {
        "/reconcile": {
            "get": operation("manifest", TAG, "The service, or a batch.", responses, queries),
            "post": _batch(responses),
        },
        "/reconcile/preview": {"get": operation("preview", TAG, "What an id is.", shown, id_)},
        "/reconcile/propose": {
            "get": operation("propose", TAG, "Properties of a type.", kinds, of_type, most)
        },
        "/reconcile/suggest/{kind}": {
            "get": operation("suggest", TAG, "Complete a name.", kinds, kind, prefix)
        },
        "/reconcile/flyout/{kind}": {
            "get": operation("flyout", TAG, "What an id is, in short.", kinds, kind, id_)
        },
    }


def _batch(responses: Part) -> Part:
    made = operation(
        "reconcile", TAG, "Match a batch, or extend rows.", {**responses, **problems(415)}
    )
    nothing = {"type": "object", "maxProperties": 0}
    form = {"oneOf": [_only("queries", QUERIES), _only("extend", EXTENSION), nothing]}
    return {**made, "requestBody": {"required": True, "content": bodies_of({FORM: form})}}


def _only(name: str, schema: Mapping[str, str]) -> Part:
    return {
        "type": "object",
        "required": [name],
        "properties": {name: dict(schema)},
        "additionalProperties": False,
    }

"""Values that the forms of stored queries propose (storey 4), because the data has them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from pyoxigraph import Literal, NamedNode

from kg.dataset.parameters import Parameter, terms_of
from kg.dataset.queries import StoredQuery
from kg.errors import KgError, QueryAbandoned, RemoteFailed, StoreUnavailable, TooManyRequests
from kg.rdf.formats import JSON
from kg.rdf.sparql_binding import bound
from kg.rdf.sparql_parts import values_of
from kg.rdf.sparql_text import declared_prefixes
from kg.rdf.terms import Term
from kg.store.base import SparqlRequest
from kg.web.asking import Endpoint, in_turn

# values that a form proposes, and the seconds and bytes that looking for them may take
PROPOSED, LOOKING, LOOKED_AT = 300, 5.0, 1_000_000

# a form without proposals is a form; after one of these the next may have them
OF_NOW = (QueryAbandoned, TooManyRequests, StoreUnavailable, RemoteFailed)


@dataclass(frozen=True, slots=True)
class Proposals:
    """The values by query and parameter, as far as they were found: the data never changes."""

    endpoint: Endpoint
    found: dict[str, Mapping[str, Sequence[Term]]] = field(default_factory=dict)

    async def of(self, request: Request, query: StoredQuery) -> Mapping[str, Sequence[Term]] | None:
        """Return the values for the parameters whose header asks for them; none of many.

        None stands for values that cannot be found now.
        """
        if query.name not in self.found:
            try:
                self.found[query.name] = {
                    one.name: await _values(self.endpoint, request, query, one)
                    for one in query.parameters
                    if one.suggested
                }
            except OF_NOW:
                return None
        return self.found[query.name]


async def _values(
    endpoint: Endpoint, request: Request, query: StoredQuery, parameter: Parameter
) -> tuple[Term, ...]:
    """Return what a parameter is in the data while the others have their defaults; none of many."""
    others = tuple(one for one in query.parameters if one is not parameter)
    text = bound(query.text, terms_of(others, {}, declared_prefixes(query.text)))
    asked = values_of(text, parameter.variable, PROPOSED + 1)
    if asked is None:
        return ()
    try:
        answer = await in_turn(endpoint, request, SparqlRequest(asked, JSON, LOOKING, LOOKED_AT))
    except OF_NOW:
        raise
    except KgError:
        return ()
    rows = json.loads(answer.whole)["results"]["bindings"]
    found = (_term(row.get(parameter.variable), parameter) for row in rows)
    terms = tuple(term for term in found if term is not None)
    return terms if len(rows) <= PROPOSED else ()


def _term(binding: Mapping[str, Any] | None, parameter: Parameter) -> Term | None:
    """Return a value that the parameter can have, or None."""
    if not binding or (binding["type"] == "uri") != (parameter.kind == "iri"):
        return None
    if binding["type"] == "uri":
        return NamedNode(binding["value"])
    return Literal(binding["value"]) if binding["type"] == "literal" else None

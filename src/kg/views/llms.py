"""`/llms.txt` (storey 3): what the data set is and how to ask it, in Markdown for language models.

Source: https://llmstxt.org/
"""

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import NamedNode

from kg.dataset.description import label
from kg.dataset.dumps import Dump
from kg.dataset.frame import data_set
from kg.dataset.snapshot import Snapshot
from kg.dataset.uses import Uses
from kg.rdf.namespaces import DCTERMS
from kg.rdf.terms import text_of
from kg.views.pages import SitePart
from kg.views.stored import address

# terms that are listed, the most used first: a reader of this file has little room
CLASSES, PROPERTIES = 40, 80


def llms_text(snapshot: Snapshot, site: SitePart, dumps: Sequence[Dump], at: str) -> str:
    """Return the file; `at` is the server's address, without a slash at its end."""
    used = snapshot.uses
    parts = (_head(snapshot, site), _doors(dumps, at), _prefixes(snapshot))
    terms = (
        _terms(snapshot, "Classes", "instances", used.classes, CLASSES),
        _terms(snapshot, "Properties", "triples", used.properties, PROPERTIES),
        _schema(snapshot, used),
    )
    lines = (line for part in (*parts, *terms, _queries(snapshot, at)) for line in part)
    return "\n".join(lines) + "\n"


def _head(snapshot: Snapshot, site: SitePart) -> Iterator[str]:
    dataset = data_set(snapshot)
    said = snapshot.objects(dataset, f"{DCTERMS}description") if dataset else ()
    english = [one for one in said if getattr(one, "language", "") in ("en", None)]
    yield f"# {_line(site.title.text)}\n"
    for text in (english or list(said))[:1]:
        yield f"> {_line(text_of(text))}\n"
    yield (
        f"Linked data (RDF) of {snapshot.triples:,} triples under <{snapshot.base}>. Every IRI "
        "there answers with what is said of it; ask with SPARQL 1.1 what no one page says.\n"
    )


def _doors(dumps: Sequence[Dump], at: str) -> Iterator[str]:
    yield "## How to ask\n"
    yield f"- [SPARQL endpoint]({at}/sparql): GET `query=`, answers in JSON, XML, CSV and TSV"
    yield f"- [OpenAPI]({at}/openapi.json): everything that programs call"
    yield f"- [Search]({at}/search.json?q=): names and texts, `q=` what is looked for"
    yield f"- [Validation]({at}/validate): POST RDF, get the report of the shapes on it"
    for dump in dumps:
        if not dump.packing:
            yield f"- [{dump.name}]({at}/{dump.name}): the whole data set, {dump.format.name}"
    yield ""


def _prefixes(snapshot: Snapshot) -> Iterator[str]:
    yield "## Prefixes\n\nThe endpoint knows them without declarations.\n\n```sparql"
    yield from (f"PREFIX {name}: <{iri}>" for name, iri in snapshot.prefixes.pairs)
    yield "```\n"


def _terms(
    snapshot: Snapshot, title: str, unit: str, counts: Mapping[str, int], most: int
) -> Iterator[str]:
    yield f"## {title}\n"
    for iri in _most(counts, most):
        named = label(snapshot, NamedNode(iri))
        text = f" {_line(named.value)}," if named else ""
        yield f"- `{_short(snapshot, iri)}`:{text} {counts[iri]:,} {unit}"
    yield ""


def _schema(snapshot: Snapshot, used: Uses) -> Iterator[str]:
    yield "## What instances have\n"
    for iri in _most(used.classes, CLASSES):
        found = (_short(snapshot, one) for one in _most(used.of_class[iri], 15))
        yield f"- `{_short(snapshot, iri)}`: {', '.join(f'`{one}`' for one in found)}"
    yield ""


def _queries(snapshot: Snapshot, at: str) -> Iterator[str]:
    """Yield the stored queries, each of which answers at its URL."""
    yield "## Stored queries\n"
    for query in snapshot.queries:
        names = ", ".join(one.name for one in query.parameters)
        given = f" Parameters: {names}." if names else ""
        yield f"- [{_line(query.summary)}]({at}{address(query)}): {_line(query.description)}{given}"


def _most(counts: Mapping[str, int], number: int) -> list[str]:
    return sorted(counts, key=lambda iri: (-counts[iri], iri))[:number]


def _short(snapshot: Snapshot, iri: str) -> str:
    return snapshot.prefixes.shrink(iri) or f"<{iri}>"


def _line(text: str) -> str:
    """Return the text as one line that ends no link."""
    return " ".join(text.split()).replace("[", "(").replace("]", ")")

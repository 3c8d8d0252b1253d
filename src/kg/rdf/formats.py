"""The one table of formats and media types (storey 0); everything else follows from it.

Add a row here and content negotiation, suffix URLs, alternate links, the service description,
the command line and the tests know the format. No other module may spell a media type.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad, QueryResultsFormat, RdfFormat, Triple


@dataclass(frozen=True, slots=True)
class Format:
    """An RDF serialization.

    `extension` is the canonical suffix without its dot, `iri` the W3C's name for the format
    (https://www.w3.org/ns/formats/), `aliases` are media types that clients use for it,
    `suffixes` all file suffixes that are read as it; `datasets` says whether it can name graphs.
    """

    name: str
    extension: str
    media_type: str
    iri: str
    engine: RdfFormat
    datasets: bool = False
    aliases: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultFormat:
    """A serialization of SPARQL results; `boolean` says whether it can hold an ASK result."""

    name: str
    extension: str
    media_type: str
    iri: str
    engine: QueryResultsFormat
    boolean: bool = True
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainFormat:
    """A media type that is neither RDF nor SPARQL results: pages and what clients send."""

    name: str
    extension: str
    media_type: str
    aliases: tuple[str, ...] = ()


W3C = "http://www.w3.org/ns/formats/"

TURTLE = Format(
    "Turtle", "ttl", "text/turtle", W3C + "Turtle", RdfFormat.TURTLE,
    aliases=("application/x-turtle",), suffixes=("ttl", "turtle"),
)  # fmt: skip
N_TRIPLES = Format(
    "N-Triples", "nt", "application/n-triples", W3C + "N-Triples", RdfFormat.N_TRIPLES,
    # rdflib's parse(format="nt") asks for text/plain
    aliases=("text/plain",), suffixes=("nt",),
)  # fmt: skip
JSON_LD = Format(
    "JSON-LD", "jsonld", "application/ld+json", W3C + "JSON-LD", RdfFormat.JSON_LD,
    datasets=True, aliases=("application/json",), suffixes=("jsonld", "json-ld"),
)  # fmt: skip
RDF_XML = Format(
    "RDF/XML", "rdf", "application/rdf+xml", W3C + "RDF_XML", RdfFormat.RDF_XML,
    suffixes=("rdf", "owl", "xml"),
)  # fmt: skip
TRIG = Format(
    "TriG", "trig", "application/trig", W3C + "TriG", RdfFormat.TRIG,
    datasets=True, aliases=("application/x-trig",), suffixes=("trig",),
)  # fmt: skip
N_QUADS = Format(
    "N-Quads", "nq", "application/n-quads", W3C + "N-Quads", RdfFormat.N_QUADS,
    datasets=True, suffixes=("nq",),
)  # fmt: skip

# by suffix only: a client that reads one graph would find none of the triples
JSON_LD_GRAPHS = Format(
    "JSON-LD, named graphs", "graphs.jsonld", JSON_LD.media_type, JSON_LD.iri, RdfFormat.JSON_LD,
    datasets=True,
)  # fmt: skip

FORMATS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)

JSON = ResultFormat(
    "JSON", "srj", "application/sparql-results+json", W3C + "SPARQL_Results_JSON",
    QueryResultsFormat.JSON, aliases=("application/json",),
)  # fmt: skip
XML = ResultFormat(
    "XML", "srx", "application/sparql-results+xml", W3C + "SPARQL_Results_XML",
    QueryResultsFormat.XML, aliases=("application/xml", "text/xml"),
)  # fmt: skip
CSV = ResultFormat(
    "CSV", "csv", "text/csv", W3C + "SPARQL_Results_CSV", QueryResultsFormat.CSV, boolean=False,
)  # fmt: skip
TSV = ResultFormat(
    "TSV", "tsv", "text/tab-separated-values", W3C + "SPARQL_Results_TSV",
    QueryResultsFormat.TSV, boolean=False,
)  # fmt: skip

RESULT_FORMATS = (JSON, XML, CSV, TSV)

HTML = PlainFormat("HTML", "html", "text/html", aliases=("application/xhtml+xml",))
TEXT = PlainFormat("plain text", "txt", "text/plain")
PROBLEM = PlainFormat("problem details", "json", "application/problem+json")
FORM = PlainFormat("form", "", "application/x-www-form-urlencoded")
SPARQL_QUERY = PlainFormat("SPARQL query", "rq", "application/sparql-query")
SPARQL_UPDATE = PlainFormat("SPARQL update", "ru", "application/sparql-update")

CSS = PlainFormat("style sheet", "css", "text/css")
SVG = PlainFormat("picture", "svg", "image/svg+xml")
SCRIPT = PlainFormat("script", "js", "text/javascript")

# Source: https://github.com/dewitt/opensearch
OPEN_SEARCH = PlainFormat("OpenSearch", "xml", "application/opensearchdescription+xml")
# what is said in JSON without a format of its own
PLAIN_JSON = PlainFormat("JSON", "json", "application/json")

SITE_MAP = PlainFormat("site map", "xml", "application/xml")

# what a page asks for besides itself
PAGE_FILES = (CSS, SVG, SCRIPT, TEXT)

# Source: https://www.rfc-editor.org/rfc/rfc9264
LINK_SET_JSON = PlainFormat("link set, JSON", "linkset.json", "application/linkset+json")
LINK_SET = PlainFormat("link set", "linkset", "application/linkset")

LINK_SETS = (LINK_SET_JSON, LINK_SET)

# what reports of validations are written in, beside plain text, pages, RDF and plain JSON
SARIF = PlainFormat("SARIF", "sarif", "application/sarif+json")
# no registered type: what continuous integration reads is XML
JUNIT = PlainFormat("JUnit", "xml", "application/xml", aliases=("text/xml",))
MARKDOWN = PlainFormat("Markdown", "md", "text/markdown")

# Source: https://www.rfc-editor.org/rfc/rfc7089#section-5 and https://www.rfc-editor.org/rfc/rfc4287
TIME_MAP = PlainFormat("time map", "timemap", "application/link-format")
ATOM = PlainFormat("Atom feed", "atom", "application/atom+xml")
# Source: https://afs.github.io/rdf-delta/rdf-patch.html
RDF_PATCH = PlainFormat("RDF Patch", "rdfp", "application/rdf-patch")

# Source: https://www.w3.org/TR/tabular-metadata/#media-type
CSVW = PlainFormat("CSVW", "json", "application/csvm+json")

# what a dump is packed with; `name` is the coding's registered name, `extension` the second suffix
GZIP = PlainFormat("gzip", "gz", "application/gzip")
ZSTD = PlainFormat("zstd", "zst", "application/zstd")
# what files may come in besides; neither has a registered type
BZIP2 = PlainFormat("bzip2", "bz2", "application/x-bzip2")
XZ = PlainFormat("xz", "xz", "application/x-xz")

PACKINGS = (GZIP, ZSTD, BZIP2, XZ)

AnyFormat = Format | ResultFormat | PlainFormat


def format_of_file(name: str) -> Format | None:
    """Return the format that a file name's suffix stands for, or None if it stands for none."""
    suffix = name.rpartition(".")[2].lower()
    return next((format_ for format_ in FORMATS if suffix in format_.suffixes), None)


def packing_of_file(name: str) -> PlainFormat | None:
    """Return what a file is packed with, by its last suffix, or None."""
    suffix = name.rpartition(".")[2].lower()
    return next((packing for packing in PACKINGS if packing.extension == suffix), None)


def unpacked_name(name: str) -> str:
    """Return a file's name without the suffix of its packing.

    >>> unpacked_name("a.ttl.gz")
    'a.ttl'
    """
    return name.rpartition(".")[0] if packing_of_file(name) else name


def statements(triples: Iterable[Triple], format_: Format) -> Iterable[Triple] | Iterable[Quad]:
    """Return the triples as the engine writes them in the format: one for datasets takes quads."""
    return (Quad(*triple) for triple in triples) if format_.datasets else triples


def with_charset(media_type: str) -> str:
    """Return the media type as a Content-Type value: text types name UTF-8, others need not."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type

"""What is wrong with the SPARQL of shapes (storey 1).

Source: https://www.w3.org/TR/shacl/#sparql-constraints
"""

import re
from collections.abc import Iterator

from pyoxigraph import Store

from kg.rdf.namespaces import OWL, RDF, RDFS
from kg.rdf.sparql_service import uses_service
from kg.rdf.sparql_text import TOKEN, declared_prefixes
from kg.rdf.terms import Term, text_of
from kg.source.places import OBJECT, PREDICATE
from kg.source.shacl.graph import Problem, Said, mention

# those that the engines know without a declaration
PREFIXES = (("rdf", RDF), ("rdfs", RDFS), ("owl", OWL))
# it stands for the path of the shape and is put into the text
PATH = re.compile(r"[$?]PATH\b")

# the parser has no stack for more, and would end the process
BRACKET = re.compile(r"[(){}]")
LONGEST, DEEPEST = 50_000, 100


def query_problems(said: Said) -> Iterator[Problem]:
    """Yield the problems of queries and of the nodes that should have one."""
    for node in list(said.about):
        for name in ("select", "ask"):
            for statement in said.all(node, name):
                if fault := _fault(statement.quad.object, _prefixes(node, said)):
                    where = mention(statement, OBJECT)
                    yield where, f"the query of {node} cannot be read: {fault}."
        for statement in said.all(node, "sparql"):
            if not said.all(statement.quad.object, "select"):
                where = mention(statement, PREDICATE)
                yield where, f"{node}: {statement.quad.object} has no sh:select."


def _prefixes(node: Term, said: Said) -> dict[str, str]:
    """Return the prefixes that a query may use, with those of imported ontologies."""
    found, waiting, seen = dict(PREFIXES), said.values(node, "prefixes"), set[Term]()
    while waiting:
        ontology = waiting.pop()
        if ontology in seen:
            continue
        seen.add(ontology)
        for one in said.values(ontology, "declare"):
            for prefix in said.values(one, "prefix"):
                found |= {text_of(prefix): text_of(n) for n in said.values(one, "namespace")}
        waiting += said.values(ontology, "imports", OWL)
    return found


def _fault(query: Term, prefixes: dict[str, str]) -> str:
    """Return why a text is no query for shapes, "" where it is one."""
    text = text_of(query)
    if uses_service(text):
        return "SERVICE may not be used in shapes"
    if len(text) > LONGEST or _depth(text) > DEEPEST:
        return f"it is longer than {LONGEST:,} characters, or nested deeper than {DEEPEST}"
    try:
        # of nothing: it is read, and has no data to be evaluated over
        Store().query(PATH.sub("<urn:path>", text), prefixes=prefixes)
    except SyntaxError as error:
        unknown = _used_prefixes(text) - prefixes.keys()
        return (
            f"no sh:declare for the prefix {min(unknown)}:" if unknown else str(error).rstrip(".")
        )
    except (RuntimeError, ValueError) as error:
        # a function that engines do not have finds nothing with some of them
        return str(error).rstrip(".")
    return ""


def _used_prefixes(text: str) -> set[str]:
    """Return the prefixes of names in a query, without those that it declares itself."""
    names = [found for found in TOKEN.finditer(text) if found["local"] or found[0].startswith(":")]
    return {found["word"] or "" for found in names} - declared_prefixes(text).keys()


def _depth(text: str) -> int:
    """Return how deep brackets are nested, those in strings and comments included."""
    depth = deepest = 0
    for bracket in BRACKET.findall(text):
        depth += 1 if bracket in "({" else -1
        deepest = max(deepest, depth)
    return deepest

"""Namespaces of the standards that `kg` itself understands, and prefixes (storey 0)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
SH = "http://www.w3.org/ns/shacl#"
DASH = "http://datashapes.org/dash#"
DCTERMS = "http://purl.org/dc/terms/"
DC = "http://purl.org/dc/elements/1.1/"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
SCHEMA = "http://schema.org/"
SCHEMAS = "https://schema.org/"
FOAF = "http://xmlns.com/foaf/0.1/"
HYDRA = "http://www.w3.org/ns/hydra/core#"
SD = "http://www.w3.org/ns/sparql-service-description#"
SPDX = "http://spdx.org/rdf/terms#"
ADMS = "http://www.w3.org/ns/adms#"
PROV = "http://www.w3.org/ns/prov#"
VCARD = "http://www.w3.org/2006/vcard/ns#"
EARL = "http://www.w3.org/ns/earl#"
NP = "http://www.nanopub.org/nschema#"
PTR = "http://www.w3.org/2009/pointers#"

# properties whose values name their subject, the most usual first
LABELS = (
    f"{SKOS}prefLabel",
    f"{RDFS}label",
    f"{DCTERMS}title",
    f"{DC}title",
    f"{SCHEMA}name",
    f"{SCHEMAS}name",
    f"{FOAF}name",
    f"{SKOSXL}literalForm",
    f"{SH}name",
)

WELL_KNOWN = MappingProxyType(
    {
        "rdf": RDF,
        "rdfs": RDFS,
        "owl": OWL,
        "xsd": XSD,
        "skos": SKOS,
        "sh": SH,
        "dcterms": DCTERMS,
        "dcat": DCAT,
        "void": VOID,
        "sd": SD,
        "foaf": FOAF,
        "hydra": HYDRA,
        "spdx": SPDX,
        "skosxl": SKOSXL,
        "prov": PROV,
        "vann": "http://purl.org/vocab/vann/",
        "dcam": "http://purl.org/dc/dcam/",
        "dcmitype": "http://purl.org/dc/dcmitype/",
    }
)

# a subset of PN_LOCAL that every Turtle parser reads without escapes
LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


@dataclass(frozen=True, slots=True)
class Prefixes:
    """Prefix declarations as (prefix, namespace IRI) pairs, sorted, each prefix once."""

    pairs: tuple[tuple[str, str], ...]

    def shrink(self, iri: str) -> str | None:
        """Return the IRI as a prefixed name, or None where no prefix gives a plain one.

        >>> Prefixes((("ex", "http://example.org/"),)).shrink("http://example.org/a")
        'ex:a'
        """
        fits = [(len(ns), p) for p, ns in self.pairs if iri.startswith(ns) and len(ns) < len(iri)]
        for length, prefix in sorted(fits, reverse=True):
            if LOCAL_NAME.fullmatch(iri, length):
                return f"{prefix}:{iri[length:]}"
        return None

    def used_by(self, iris: Iterable[str]) -> dict[str, str]:
        """Return those declarations that shorten at least one of the IRIs."""
        shrunk = (self.shrink(iri) for iri in iris)
        wanted = {name.partition(":")[0] for name in shrunk if name}
        return {prefix: ns for prefix, ns in self.pairs if prefix in wanted}


def iri_path(path: str) -> str:
    """Return a file's path with the characters that a path in an IRI cannot hold encoded.

    >>> iri_path("claims/50%")
    'claims/50%25'
    """
    forbidden = frozenset('<>"{}|^`\\%?#')
    return "".join(c if c > " " and c not in forbidden else f"%{ord(c):02X}" for c in path)


def merge_prefixes(declared: Iterable[tuple[str, str]]) -> Prefixes:
    """Return one set of prefixes out of many files' declarations.

    The first declaration of a prefix wins, then the first prefix of a namespace; the empty
    prefix is left out, because it means another thing in every file.
    """
    by_prefix: dict[str, str] = {}
    for prefix, namespace in (*declared, *WELL_KNOWN.items()):
        if prefix and namespace not in by_prefix.values():
            by_prefix.setdefault(prefix, namespace)
    return Prefixes(tuple(sorted(by_prefix.items())))

"""How to cite a resource, or the data set (storey 3): BibTeX, CSL-JSON and what a sentence needs.

All comes from the description of the data set and the resource's label and IRI.
Source: https://docs.citationstyles.org/en/stable/specification.html
"""

import json
import re
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kg.dataset.description import date_of
from kg.dataset.frame import data_set
from kg.dataset.snapshot import Snapshot
from kg.rdf.namespaces import DCAT, DCTERMS
from kg.rdf.terms import Term, text_of
from kg.views.pages import Value
from kg.views.values import value_of

# characters that mean something to TeX
SPECIAL = re.compile(r"[\\{}#$%&_~^]")


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reference to one resource says, and the same as BibTeX and as CSL-JSON.

    `whole` is the title of the data set that it is in, None where it is the data set; `date` is the
    day of its last change, YYYY-MM-DD, or ""; so are `version` and `licence` where nothing is said.
    """

    title: Value
    whole: Value | None
    creators: tuple[Value, ...]
    version: str
    date: str
    licence: str
    iri: str
    bibtex: str = ""
    csl: str = ""


def citation_of(snapshot: Snapshot, iri: str) -> Citation | None:
    """Return how to cite a resource, or None where the data describe no data set."""
    dataset = data_set(snapshot)
    if dataset is None:
        return None
    cited = Citation(
        title=_name(snapshot, NamedNode(iri)),
        whole=None if iri == dataset.value else _name(snapshot, dataset),
        creators=tuple(
            _name(snapshot, term) for term in snapshot.objects(dataset, f"{DCTERMS}creator")
        ),
        version=_first(snapshot, dataset, f"{DCAT}version"),
        date=date_of(snapshot, iri, dataset.value),
        licence=_first(snapshot, dataset, f"{DCTERMS}license"),
        iri=iri,
    )
    key = re.sub(r"[^A-Za-z0-9]+", "-", iri.removeprefix(snapshot.base)).strip("-") or "data"
    return replace(cited, bibtex=_bibtex(cited, key), csl=_csl(cited, key))


def _bibtex(cited: Citation, key: str) -> str:
    """Return an entry that every BibTeX knows; addresses stand as they are."""
    version = f"Version {cited.version}" if cited.version else ""
    year, _, rest = cited.date.partition("-")
    fields = {
        "author": " and ".join(f"{{{_tex(name.text)}}}" for name in cited.creators),
        "title": f"{{{_tex(cited.title.text)}}}",
        "howpublished": f"In: {_tex(cited.whole.text)}" if cited.whole else "",
        "year": year,
        "month": rest.partition("-")[0],
        "note": _tex(version),
        "url": cited.iri,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@misc{" + ",\n".join([key, *lines]) + "\n}"


def _tex(text: str) -> str:
    names = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return SPECIAL.sub(lambda found: names.get(found[0], f"\\{found[0]}"), text)


def _csl(cited: Citation, key: str) -> str:
    day = [int(part) for part in cited.date.split("-") if part]
    members = {
        "id": key,
        "type": "dataset",
        "title": cited.title.text,
        "container-title": cited.whole.text if cited.whole else "",
        "author": [{"literal": name.text} for name in cited.creators],
        "issued": {"date-parts": [day]} if day else None,
        "version": cited.version,
        "license": cited.licence,
        "URL": cited.iri,
    }
    said = {name: value for name, value in members.items() if value}
    return json.dumps([said], ensure_ascii=False, indent=1)


def _name(snapshot: Snapshot, term: Term) -> Value:
    value = value_of(snapshot, term)
    return Value(value.text, value.lang)


def _first(snapshot: Snapshot, subject: NamedNode, predicate: str) -> str:
    return next((text_of(term) for term in snapshot.objects(subject, predicate)), "")

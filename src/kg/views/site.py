"""Make what surrounds every page (storey 3)."""

from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from kg.dataset.description import label
from kg.dataset.frame import data_set
from kg.dataset.licences import licence_name
from kg.dataset.snapshot import Snapshot, instances
from kg.rdf.namespaces import DCAT, DCTERMS, OWL
from kg.rdf.terms import Term, text_of
from kg.views.language import direction, marked, say
from kg.views.pages import SitePart, Value
from kg.views.values import value_of

# without a number, so that pages stay the same while other data is mended
WARNING = marked(
    "This data does not conform to its shapes. It is published all the same, because the server "
    "was started with --allow-violations."
)

PAST = marked(
    "This is what the data said in version %(number)s, and may no longer hold. The present state "
    "is at the same address without %(path)s."
)


def site_part(snapshot: Snapshot) -> SitePart:
    """Return what every page shows around its content."""
    dataset = data_set(snapshot)
    version = _text(snapshot, dataset, f"{DCAT}version")
    licences = snapshot.objects(dataset, f"{DCTERMS}license") if dataset else ()
    return SitePart(
        title=title_of(snapshot, dataset),
        warning=_warning(snapshot),
        base=snapshot.base,
        dataset=dataset.value if dataset else "",
        licence=next((_licence(snapshot, licence) for licence in licences), None),
        version=version,
        language=snapshot.languages[0],
        direction=direction(snapshot.languages[0]),
    )


def _licence(snapshot: Snapshot, licence: Term) -> Value:
    """Return a licence by its name, else by its IRI, of which a part would say little."""
    value = value_of(snapshot, licence)
    named = value.lang or not value.iri or value.text == licence_name(value.iri)
    return replace(value, labelled=True) if named else replace(value, text=value.iri)


def _warning(snapshot: Snapshot) -> str:
    if snapshot.root:
        number = snapshot.root.rpartition("/")[2]
        return say(snapshot, PAST, number=number, path=snapshot.root)
    return "" if snapshot.report.conforms else say(snapshot, WARNING)


def title_of(snapshot: Snapshot, dataset: NamedNode | None) -> Value:
    """Return what the data set is called, by its label or its base IRI."""
    named = label(snapshot, dataset) if dataset else _of_vocabulary(snapshot)
    if named:
        return Value(named.value, named.language or "")
    return Value(say(snapshot, "Data of %(base)s", base=snapshot.base))


def _of_vocabulary(snapshot: Snapshot) -> Literal | None:
    """Return the label of the one ontology of a folder that describes no data set."""
    found = instances(snapshot, f"{OWL}Ontology")
    return label(snapshot, NamedNode(found[0])) if len(found) == 1 else None


def _text(snapshot: Snapshot, subject: NamedNode | None, predicate: str) -> str:
    values = snapshot.objects(subject, predicate) if subject else ()
    return next((text_of(value) for value in values), "")

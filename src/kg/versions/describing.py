"""The published versions in DCAT 3 (storey 2): each is a data set of its own, with its file.

Source: https://www.w3.org/TR/vocab-dcat-3/#dataset-versions
"""

from collections.abc import Iterator
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, Triple

from kg.dataset.dcat import File, distribution_of
from kg.dataset.frame import Frame, frame
from kg.dataset.human import english, references, values
from kg.dataset.snapshot import Snapshot
from kg.rdf.formats import N_QUADS
from kg.rdf.namespaces import ADMS, DCAT, DCTERMS, FOAF, RDF, RDFS, XSD
from kg.rdf.terms import Term, about
from kg.versions.archive import Archive
from kg.versions.reading import version_path
from kg.versions.version import DUMP, Version, size_of


def versions_described(snapshot: Snapshot, archive: Archive) -> Iterator[Triple]:
    """Yield what DCAT says of the versions of the snapshot's data set; nothing where none are.

    A version is named by a fragment of the graph of the computed description, as its other parts
    are. Raises: VersionsError where the dump of a version is not there.
    """
    place = frame(snapshot)
    for version in archive.versions:
        yield from _version(place, version)
    for earlier, later in pairwise(archive.versions):
        previous = (f"{DCAT}previousVersion", _iri(place, earlier))
        yield from about(_iri(place, later), previous)
    if archive.versions:
        newest = (f"{DCAT}hasCurrentVersion", _iri(place, archive.versions[-1]))
        yield from about(place.dataset, newest)


def _iri(place: Frame, version: Version) -> str:
    return place.part("version", str(version.number))


def _version(place: Frame, version: Version) -> Iterator[Triple]:
    iri, number = _iri(place, version), str(version.number)
    page = f"{place.base}{version_path(version.number)[1:]}/"
    date = Literal(version.date.isoformat(), datatype=NamedNode(f"{XSD}dateTime"))
    notes = [(f"{ADMS}versionNotes", Literal(version.note))] if version.note else []
    licence = tuple(references(place, f"{DCTERMS}license"))
    yield from about(place.dataset, (f"{DCAT}hasVersion", iri))
    yield from about(
        iri,
        (f"{RDF}type", f"{DCAT}Dataset"),
        *_titles(place, number),
        (f"{DCTERMS}description", english(f"The data as it was published on {version.date:%F}.")),
        (f"{DCTERMS}identifier", Literal(f"urn:sha256:{version.id}")),
        (f"{DCTERMS}issued", date),
        (f"{DCAT}version", Literal(number)),
        (f"{DCAT}isVersionOf", place.dataset),
        (f"{DCAT}landingPage", page),
        *notes,
        *licence,
    )
    yield from about(page, (f"{RDF}type", f"{FOAF}Document"), (f"{RDFS}label", Literal(page)))
    name = f"{version_path(version.number)[1:]}/{DUMP}"
    file = File(name, N_QUADS, size_of(version), version.id, N_QUADS.name)
    yield from distribution_of(place, iri, file, (*licence, (f"{DCTERMS}issued", date)))


def _titles(place: Frame, number: str) -> Iterator[tuple[str, Term]]:
    """Yield the titles of the data set, each with the number; else one that says as much."""
    found = [one for one in values(place, f"{DCTERMS}title") if isinstance(one, Literal)]
    for title in found or (english(f"Data of {place.base}"),):
        language = title.language
        yield f"{DCTERMS}title", Literal(f"{title.value} ({number})", language=language)

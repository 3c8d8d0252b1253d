"""The description of a release as an RO-Crate (storey 4).

Version 1.1 is what all tools read; nothing of later ones is needed here.
Source: https://www.researchobject.org/ro-crate/specification/1.1/
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.dataset.description import label, preferred, readable, types
from kg.dataset.frame import Frame
from kg.dataset.human import agents, values
from kg.errors import ProjectError
from kg.rdf.namespaces import DCAT, DCTERMS, FOAF, PROV, SCHEMA, SCHEMAS
from kg.release.part import Part
from kg.source.digests import file_digest

RECORD = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.1"

PERSONS = frozenset(f"{namespace}Person" for namespace in (FOAF, PROV, SCHEMA, SCHEMAS))

# who made the data set, in the words of DCMI and of schema.org
ROLES = (("creator", "author"), ("publisher", "publisher"))

Entity = dict[str, Any]


def crate(frame: Frame, folder: Path, parts: Sequence[Part]) -> Entity:
    """Return the description of the files of a release, which are in the folder.

    Raises: ProjectError where the data does not say what every crate has to.
    """
    folders = sorted({part.path.rpartition("/")[0] for part in parts} - {""})
    record: Entity = {"@id": RECORD, "@type": "CreativeWork"}
    record |= {"conformsTo": _ref(PROFILE), "about": _ref("./")}
    root = _root(frame)
    root["hasPart"] = _refs(_within("", parts, folders))
    files = (_file(folder, part) for part in parts)
    inside = (
        {"@id": f"{name}/", "@type": "Dataset", "name": name}
        | {"hasPart": _refs(_within(f"{name}/", parts, folders))}
        for name in folders
    )
    graph = [record, root, *files, *inside, *_agents(frame), *_mentioned(frame, parts)]
    return {"@context": f"{PROFILE}/context", "@graph": graph}


def _root(frame: Frame) -> Entity:
    name = label(frame.snapshot, NamedNode(frame.dataset))
    issued = _said(frame, f"{DCTERMS}issued") or _said(frame, f"{DCTERMS}modified")
    description = _said(frame, f"{DCTERMS}description")
    licences = _licences(frame)
    known = {
        "dcterms:title, a text": name,
        "dcterms:description, a text": description,
        "dcterms:issued, a date": issued,
        "dcterms:license, an IRI": licences,
    }
    missing = [what for what, value in known.items() if not value]
    if missing:
        raise ProjectError(
            f"a release says what it is, and of <{frame.dataset}> the data does not say: "
            f"{'; '.join(missing)}. Say it in a file of the data."
        )
    assert name is not None
    modified, version = _said(frame, f"{DCTERMS}modified"), _said(frame, f"{DCAT}version")
    keywords = [t.value for t in values(frame, f"{DCAT}keyword") if isinstance(t, Literal)]
    optional = {"dateModified": modified, "version": version, "keywords": keywords}
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": name.value,
        "description": description,
        "identifier": frame.dataset,
        "datePublished": issued,
        **{key: value for key, value in optional.items() if value},
        "license": _ref(licences[0]),
        **{
            role: _refs(iri.value for iri, _ in found)
            for said, role in ROLES
            if (found := agents(frame, (f"{DCTERMS}{said}",)))
        },
    }


def _licences(frame: Frame) -> list[str]:
    found = values(frame, f"{DCTERMS}license")
    return [term.value for term in found if isinstance(term, NamedNode)][:1]


def _said(frame: Frame, predicate: str) -> str:
    found = (t for t in values(frame, predicate) if isinstance(t, Literal))
    text = preferred(frame.snapshot, found)
    return text.value if text else ""


def _file(folder: Path, part: Part) -> Entity:
    content = folder / part.path
    return {
        "@id": part.path,
        "@type": "File",
        "name": part.title,
        **({"description": part.description} if part.description else {}),
        "encodingFormat": [part.media_type, _ref(part.format)] if part.format else part.media_type,
        "contentSize": str(content.stat().st_size),
        "sha256": part.sha256 or file_digest(content),
        **({"conformsTo": _refs(part.conforms)} if part.conforms else {}),
    }


def _within(inside: str, parts: Sequence[Part], folders: Sequence[str]) -> Iterator[str]:
    """Yield what a folder holds, itself written with a slash at its end."""
    yield from (p.path for p in parts if p.path.rpartition("/")[0] == inside.rstrip("/"))
    yield from (f"{name}/" for name in folders if not inside)


def _agents(frame: Frame) -> Iterator[Entity]:
    for iri, name in agents(frame, [f"{DCTERMS}{said}" for said, _ in ROLES]):
        kind = "Person" if PERSONS.intersection(types(frame.snapshot, iri)) else "Organization"
        yield {"@id": iri.value, "@type": kind, "name": name.value}


def _mentioned(frame: Frame, parts: Sequence[Part]) -> Iterator[Entity]:
    """Yield the licence, formats and standards that are referred to, each once."""
    iris = (iri for part in parts for iri in (part.format, *part.conforms) if iri)
    for iri in dict.fromkeys((*_licences(frame), *iris)):
        name = label(frame.snapshot, NamedNode(iri))
        text = name.value if name else readable(frame.snapshot, iri)
        yield {"@id": iri, "@type": "CreativeWork", "name": text}


def _ref(iri: str) -> Entity:
    return {"@id": iri}


def _refs(iris: Iterable[str]) -> list[Entity]:
    return [_ref(iri) for iri in iris]

"""The anchors of a data set (storey 1): W3C selectors with a digest of what they select.

No property is known by name but those of Web Annotation: a literal of 64 hex digits is the digest
of the node that has it. Source: https://www.w3.org/TR/annotation-vocab/#textpositionselector
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, Quad

from kg.anchoring.text import Text
from kg.errors import ProjectError
from kg.rdf.terms import text_of
from kg.source.loading import Source
from kg.source.locating import Mention
from kg.source.places import OBJECT

OA = "http://www.w3.org/ns/oa#"
DIGEST = re.compile(r"[0-9a-f]{64}")

# of a node: its statements, each with the file and number that it has there
Said = Mapping[str, Sequence[tuple[str, int, Quad]]]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of a document as the data gives it; `at` is where its start and end are written."""

    iri: str
    document: str
    start: int
    end: int
    digest: str
    at: tuple[Mention, Mention]


def anchors_in(source: Source, document: str) -> tuple[Anchor, ...]:
    """Return the anchors in a document, by their start, the longer first."""
    said = said_of(source)
    found = (
        anchor
        for iri, statements in said.items()
        if document in _values(statements, f"{OA}hasSource")
        for anchor in _anchors(said, iri, document)
    )
    return tuple(sorted(found, key=lambda one: (one.start, -one.end, one.iri)))


def document_of(source: Source, text: Text, named: str = "") -> str:
    """Return the IRI of the document that the text is held for, changed or not.

    It is the one with the digest of the text, else the only one with anchors; `named` is an IRI,
    or one relative to the base, that decides.
    Raises: ProjectError where none or several could be meant.
    """
    said = said_of(source)
    if named:
        iri = named if ":" in named else source.base + named
        if iri in said:
            return iri
        raise ProjectError(f"--document {named}: nothing in the data describes <{iri}>.")
    same = _with_digest(said, text)
    held = {one for there in said.values() for one in _values(there, f"{OA}hasSource")}
    candidates = same or sorted(held)
    if len(candidates) == 1:
        return candidates[0]
    known = ", ".join(f"<{iri}>" for iri in candidates) or "none"
    raise ProjectError(
        f"{text.path}: which document it is cannot be told: none has its digest, and anchors lie "
        f"in {known}. Name one by --document."
    )


def same_document(source: Source, text: Text, named: str = "") -> str:
    """Return the IRI of the document whose digest is that of the text.

    Raises: ProjectError where there is none, as when the text was changed, or several.
    """
    same = _with_digest(said_of(source), text)
    iri = document_of(source, text, named) if named or len(same) > 1 else "".join(same)
    if iri in same:
        return iri
    raise ProjectError(
        f"{text.path}: {f'<{iri}>' if iri else 'no document of the data'} has not the digest "
        f"{text.digest[:12]}… of this text. If it was changed, kg anchors says what has moved; "
        "if it is new, describe it first: kg claim document."
    )


def _with_digest(said: Said, text: Text) -> list[str]:
    return [iri for iri, there in said.items() if text.digest in _digests(there)]


def digests_of(said: Said, iri: str) -> tuple[tuple[str, Mention], ...]:
    """Return the digests that the data gives a node, each with where it is written."""
    return tuple(
        (quad.object.value, Mention(file, number, OBJECT))
        for file, number, quad in said.get(iri, ())
        if isinstance(quad.object, Literal) and DIGEST.fullmatch(quad.object.value)
    )


def literals_of(said: Said, iri: str, predicate: str) -> tuple[tuple[str, Mention], ...]:
    """Return the values of a property of a node, each with where it is written."""
    return tuple(
        (text_of(quad.object), Mention(file, number, OBJECT))
        for file, number, quad in said.get(iri, ())
        if quad.predicate.value == predicate
    )


def said_of(source: Source) -> Said:
    """Return what the data says of each node, by IRI or label."""
    said: dict[str, list[tuple[str, int, Quad]]] = defaultdict(list)
    for file in source.files:
        if file.role == "data":
            for number, quad in enumerate(file.quads):
                said[text_of(quad.subject)].append((file.path, number, quad))
    return said


def _values(statements: Sequence[tuple[str, int, Quad]], predicate: str) -> list[str]:
    return [text_of(quad.object) for *_, quad in statements if quad.predicate.value == predicate]


def _digests(statements: Sequence[tuple[str, int, Quad]]) -> list[str]:
    found = (quad.object for *_, quad in statements if isinstance(quad.object, Literal))
    return [one.value for one in found if DIGEST.fullmatch(one.value)]


def _anchors(said: Said, iri: str, document: str) -> Iterator[Anchor]:
    digests = _digests(said[iri])
    for selector in _values(said[iri], f"{OA}hasSelector"):
        ends = {
            quad.predicate.value.removeprefix(OA): (
                quad.object.value,
                Mention(file, number, OBJECT),
            )
            for file, number, quad in said.get(selector, ())
            if quad.predicate.value in (f"{OA}start", f"{OA}end")
            and isinstance(quad.object, Literal)
            and quad.object.value.isdecimal()
        }
        if len(ends) == 2 and digests:
            (start, first), (end, last) = ends["start"], ends["end"]
            yield Anchor(iri, document, int(start), int(end), digests[0], (first, last))

"""Write offsets and digests of anchors anew (storey 1): their tokens, and nothing else."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.anchoring.anchors import Said, digests_of, literals_of, said_of
from kg.anchoring.moving import Finding, State
from kg.anchoring.text import Text
from kg.errors import ProjectError
from kg.rdf.formats import N_TRIPLES, TRIG, TURTLE, format_of_file
from kg.rdf.namespaces import DCTERMS
from kg.source.loading import Source
from kg.source.locating import Mention
from kg.source.turtle import Unreadable, triples

LENGTH = re.compile(r"\d+(?= code points)")

# a literal's mention, with its lexical form before and after
Edit = tuple[Mention, str, str]


def mended(
    source: Source, document: str, findings: Sequence[Finding], text: Text
) -> dict[str, str]:
    """Return the new text of each file that changes, by its path: offsets, digests, extent.

    The document's digest and extent become those of the text where no anchor is lost.
    Raises: ProjectError where a file is in a format without places, or has changed meanwhile.
    """
    edits: dict[str, list[Edit]] = defaultdict(list)
    for one in _edits(said_of(source), document, findings, text):
        if one[1] != one[2]:
            edits[one[0].file].append(one)
    return {file: _written(source, file, changes) for file, changes in edits.items()}


def _edits(said: Said, document: str, findings: Sequence[Finding], text: Text) -> Iterator[Edit]:
    for one in findings:
        if one.state in (State.MOVED, State.NEAR):
            anchor = one.anchor
            yield anchor.at[0], str(anchor.start), str(one.start)
            yield anchor.at[1], str(anchor.end), str(one.end)
            for old, at in digests_of(said, anchor.iri):
                yield at, old, text.digest_of(one.start, one.end)
    if all(one.state is not State.LOST for one in findings):
        for old, at in digests_of(said, document):
            yield at, old, text.digest
        for old, at in literals_of(said, document, f"{DCTERMS}extent"):
            yield at, old, LENGTH.sub(str(len(text.characters)), old)


def _written(source: Source, file: str, edits: Sequence[Edit]) -> str:
    if format_of_file(file) not in (TURTLE, TRIG, N_TRIPLES):
        raise ProjectError(f"{file}: only Turtle, TriG and N-Triples can be mended in place.")
    content = (source.project.root / file).read_bytes().decode("utf-8")
    at = _offsets(file, content, {mention.number: mention for mention, *_ in edits})
    for mention, old, new in sorted(edits, key=lambda edit: -at[edit[0]]):
        start = at[mention]
        # the lexical form, behind the quotes if there are any
        begins = content.find(old, start)
        if begins < 0 or content[start:begins].strip("\"'"):
            raise ProjectError(f"{file}: {old} is not written plainly there. Change it by hand.")
        content = content[:begins] + new + content[begins + len(old) :]
    return content


def _offsets(file: str, content: str, wanted: Mapping[int, Mention]) -> dict[Mention, int]:
    mark = "\ufeff" if content.startswith("\ufeff") else ""
    try:
        found = enumerate(triples(content.removeprefix(mark)))
        return {
            wanted[number]: offsets[2] + len(mark) for number, offsets in found if number in wanted
        }
    except Unreadable as error:
        raise ProjectError(f"{file}: has changed since it was read: {error}.") from error

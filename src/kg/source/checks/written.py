"""What a file in Turtle or TriG says that its triples do not (storey 1): prefixes and cases."""

import re
from dataclasses import dataclass

from kg.rdf.formats import TRIG, TURTLE
from kg.source.loading import Source, SourceFile
from kg.source.locating import text_now
from kg.source.places import place_in
from kg.source.report import Place
from kg.source.tokens import TOKEN

DECLARED = re.compile(r"@?prefix[^\w:]+([^\s:]*):", re.IGNORECASE)
IRI = re.compile(r"<([^<>\s]*)>\s*$")


@dataclass(frozen=True, slots=True)
class Written:
    """The declarations of prefixes, the prefixes of names, and the language tags of a text.

    `declared` has (prefix, IRI as written, offset), `tags` has (tag, offset).
    """

    file: str
    text: str
    declared: tuple[tuple[str, str, int], ...]
    used: frozenset[str]
    tags: tuple[tuple[str, int], ...]

    def place(self, offset: int) -> Place:
        """Return the place of a character."""
        return place_in(self.text, self.file, offset)


def written(source: Source, file: SourceFile) -> Written | None:
    """Return what the text of a file says; None where it has no prefixes or cannot be read now."""
    text = text_now(source, file.path, (TURTLE, TRIG))
    if text is None:
        return None
    declared, used, tags = [], set(), []
    for token in TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "term":
            name = token["term"]
            if name[0] not in "<_":
                used.add(name.partition(":")[0] if ":" in name else "\0")
        elif kind == "suffix":
            suffix = token["suffix"]
            if suffix[0] == "@":
                tags.append((suffix[1:].partition("--")[0], token.start("suffix") + 1))
            elif suffix[-1] != ">":
                used.add(re.split(r"[\s^]", suffix)[-1].partition(":")[0])
        elif kind == "directive" and (matched := DECLARED.match(token["directive"])):
            iri = IRI.search(token["directive"])
            declared.append((matched[1], iri[1] if iri else "", token.start("directive")))
    return Written(file.path, text, tuple(declared), frozenset(used), tuple(tags))

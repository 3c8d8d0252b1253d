"""Whether a SPARQL text calls another endpoint (storey 0), in one pass over whatever is sent.

Strings and comments are not passed over, because where they begin is for the engine to say: a
query that merely quotes such a call is taken for one.
Source: https://www.w3.org/TR/sparql11-federated-query/#grammar
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# the standard decodes these everywhere, the engine in strings and IRIs only
CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

SERVICE = re.compile("service", re.IGNORECASE)
SILENT = "silent"

SPACE = re.compile(r"\s*+")
# what is called, where it is no prefixed name
IRI_OR_VARIABLE = re.compile(r"<[^<>\s]*+>|[?$]\w++")


# the first place from one on that has some character, or the end of the text
Place = Callable[[int], int]


def uses_service(text: str) -> bool:
    """Whether a query reads as if it called another endpoint.

    >>> uses_service("ASK { SERVICE SILENT <http://example.org/> { ?s ?p ?o } }")
    True
    """
    return any(map(_calls, (text, CODEPOINT.sub(_character, text))))


def _character(matched: re.Match[str]) -> str:
    code = int(matched[1] or matched[2], 16)
    return chr(code) if code < 0x110000 else "\ufffd"


def _calls(text: str) -> bool:
    """Whether the word stands before SILENT, or not, what is called, and a brace."""
    words = [matched.end() for matched in SERVICE.finditer(text)]
    if not words:
        return False
    looking, looked = _looking(text), set[int]()
    for word in words:
        place = looking.after(word)
        silent = text[place : place + len(SILENT)].lower() == SILENT
        for one in {place, looking.after(place + len(SILENT)) if silent else place} - looked:
            looked.add(one)
            if any(text.startswith("{", looking.after(end)) for end in looking.ends(one)):
                return True
    return False


def _looking(text: str) -> "_Looking":
    line, comment = _first(text, r"[\n\r]"), _first(text, "#")
    return _Looking(
        text, line, comment, prefix=_first(text, r"[^\w.-]"), name=_first(text, r"[\s{]")
    )


def _first(text: str, characters: str) -> Place:
    places = [matched.start() for matched in re.finditer(characters, text)]
    places.append(len(text))
    return lambda place: places[bisect_left(places, place)]


@dataclass(frozen=True, slots=True)
class _Looking:
    """A text, and where in it lines end, comments may begin, and names end.

    What stands behind a place is looked for once, however many words lead there.
    """

    text: str
    line: Place
    comment: Place
    prefix: Place
    name: Place
    found: dict[int, int] = field(default_factory=dict)

    def after(self, place: int) -> int:
        """Return the next place that is no space and in no comment."""
        passed = []
        while place not in self.found:
            passed.append(place)
            matched = SPACE.match(self.text, place)
            assert matched
            if not self.text.startswith("#", matched.end()):
                self.found[place] = matched.end()
                break
            place = self.line(matched.end())
        self.found.update(dict.fromkeys(passed, self.found[place]))
        return self.found[place]

    def ends(self, place: int) -> Iterator[int]:
        """Yield where that ends which is called, if it begins at that place."""
        if matched := IRI_OR_VARIABLE.match(self.text, place):
            yield matched.end()
        elif self.text.startswith(":", colon := self.prefix(place)):
            end = self.name(colon)
            yield end
            # what looks like a part of the name may be a comment behind it
            if (comment := self.comment(colon)) < end:
                yield comment

"""Where the triples of a Turtle or TriG document stand (storey 1), in the engine's order.

No parser that can be installed tells the place of a triple. This one knows nothing of terms: it
follows the structure only, and its n-th triple is the n-th that pyoxigraph gives, so that places
join by number, blank nodes too. The engine hands out what one token completes last first, and
completes a string without language and datatype with the token after it. Both are kept here, and
tests/source/test_turtle.py compares them with the engine, on random documents as well.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.source.tokens import TOKEN

# the offsets of subject, predicate and object in the text, in characters
Offsets = tuple[int, int, int]


class Unreadable(ValueError):
    """The text is no Turtle or TriG: it has changed since the engine read it."""


# what the next term will be; numbers, because they are compared at each token
SUBJECT, PREDICATE, OBJECT, REIFIER, NOTHING = range(5)

# the groups of a token
TERM, STRING, SUFFIX, MARK, OTHER = (
    TOKEN.groupindex[name] for name in ("term", "string", "suffix", "mark", "other")
)


@dataclass(slots=True)
class Frame:
    """What has begun and not ended: the document, or what the token `opening` at `start` opened.

    `subject` of a list is its latest item, which stands for the list's node.
    """

    opening: str
    start: int
    awaited: int
    subject: int = -1
    predicate: int = -1
    reifier: int = -1


def triples(text: str) -> Iterator[Offsets]:
    """Yield the offsets of each triple's terms, in the order in which the engine gives triples.

    A list's node stands where its item does, `rdf:nil` where the list closes, an anonymous node
    where its bracket opens. What has no token of its own stands where the term beside it does.
    Raises: Unreadable where the text is not Turtle or TriG.
    """
    reader = _Reader()
    complete, marks, held = reader.complete, reader.marks, -1
    for token in TOKEN.finditer(text):
        kind = token.lastindex
        if held >= 0:
            reader.term(held)
            held = -1
        if kind == TERM:
            reader.begin(at := token.start(TERM))
            reader.term(at)
        elif kind == MARK:
            mark = token[MARK]
            if reader.frame.awaited == REIFIER and mark != "[":
                # a `~` that names nothing; a bracket may still be the name
                reader.reify(reader.frame, reader.frame.reifier)
            marks[mark](token.start(MARK))
        elif kind in (STRING, SUFFIX):
            reader.begin(held := token.start(STRING))
        elif kind == OTHER:
            raise Unreadable(f"neither a term nor a mark at character {token.start(OTHER)}")
        if complete:
            yield from reversed(complete)
            complete.clear()
        if kind == SUFFIX:
            reader.term(held)
            held = -1
            yield from complete
            complete.clear()


class _Reader:
    """The structure that has been read so far; `complete` is what the latest token completed."""

    def __init__(self) -> None:
        self.complete: list[Offsets] = []
        self.frame = Frame("", 0, SUBJECT)
        # what the frame is in, the document first
        self.around: list[Frame] = []
        self.marks: dict[str, Callable[[int], None]] = {
            **dict.fromkeys(".{}", self.restart),
            ";": lambda _: self.await_next(PREDICATE),
            ",": lambda _: self.await_next(OBJECT),
            "[": lambda at: self.open("[", at, PREDICATE),
            "(": lambda at: self.open("(", at, NOTHING),
            "<<": lambda at: self.open("<<", at, SUBJECT),
            "<<(": lambda at: self.open("<<(", at, SUBJECT),
            "{|": self.open_annotation,
            "~": self.await_reifier,
            "]": self.close_term,
            ")>>": self.close_term,
            ")": self.close_list,
            ">>": self.close_reified,
            "|}": self.close_annotation,
        }

    def begin(self, at: int) -> None:
        """Take up that a term begins: in a list it is an item, and makes a node of the list."""
        frame = self.frame
        if frame.opening != "(":
            return
        if frame.subject < 0:
            self.term(frame.start, self.around[-1])
        else:
            self.complete.append((frame.subject, at, at))
        frame.subject = at

    def term(self, at: int, frame: Frame | None = None) -> None:
        """Take up a whole term in its role."""
        frame = frame or self.frame
        if frame.opening == "(":
            self.complete.append((frame.subject, at, at))
        elif frame.awaited == OBJECT:
            frame.awaited = NOTHING
            if frame.opening not in ("<<", "<<("):
                self.complete.append((frame.subject, frame.predicate, at))
        elif frame.awaited == PREDICATE:
            frame.predicate = at
            frame.awaited = OBJECT
        elif frame.awaited == SUBJECT:
            frame.subject = at
            frame.awaited = PREDICATE
        elif frame.awaited == REIFIER:
            self.reify(frame, at)

    def reify(self, frame: Frame, at: int) -> None:
        """Take up that the triple before is reified, by what stands there."""
        frame.reifier = at
        frame.awaited = NOTHING
        self.complete.append((at, at, at))

    def restart(self, _: int) -> None:
        """Take up the end of a statement, or a border of a graph."""
        self.frame = Frame("", 0, SUBJECT)

    def await_next(self, awaited: int) -> None:
        """Take up that more is said of the subject."""
        self.frame.awaited = awaited
        self.frame.reifier = -1

    def await_reifier(self, at: int) -> None:
        """Take up that a reifier may follow."""
        self.frame.awaited = REIFIER
        self.frame.reifier = at

    def open(self, opening: str, at: int, awaited: int) -> None:
        """Take up that a term of several tokens begins."""
        self.begin(at)
        self.around.append(self.frame)
        self.frame = Frame(opening, at, awaited, at if opening == "[" else -1)

    def open_annotation(self, at: int) -> None:
        """Take up what is said of the triple before: of its reifier, or of a new one."""
        named = self.frame.reifier
        if named < 0:
            self.complete.append((at, at, at))
        self.around.append(self.frame)
        self.frame = Frame("{|", at, PREDICATE, at if named < 0 else named)

    def close(self) -> Frame:
        """Return what was opened last, which ends here."""
        if not self.around:
            raise Unreadable(f"more is closed than was opened, after {self.frame}")
        closed, self.frame = self.frame, self.around.pop()
        return closed

    def close_annotation(self, _: int) -> None:
        """Take up the end of what is said of a reifier."""
        self.close()

    def close_term(self, _: int) -> None:
        """Take up the end of a term of several tokens."""
        self.term(self.close().start)

    def close_list(self, at: int) -> None:
        """Take up the end of a list; an empty one is the term `rdf:nil`."""
        frame = self.close()
        if frame.subject < 0:
            self.term(frame.start)
        else:
            self.complete.append((frame.subject, at, at))

    def close_reified(self, _: int) -> None:
        """Take up the end of a reified triple, which stands for its reifier."""
        frame = self.close()
        if frame.reifier < 0:
            self.reify(frame, frame.start)
        self.term(frame.start)

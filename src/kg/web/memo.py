"""Answers that were given before (storey 4), kept as bytes: the snapshot never changes."""

from collections import OrderedDict
from dataclasses import dataclass

from kg.web.answers import Answer

# what tells one request from another: path, query, Host, Accept, Accept-Encoding, and where the
# answer is a page, its language
Key = tuple[bytes, bytes, str, str, str] | tuple[bytes, bytes, str, str, str, str]

# stands for the answers to a request in several languages, which have keys of their own
BY_LANGUAGE = Answer(0, (), b"")

# bytes that an answer costs beside its body and its key: its headers
OVERHEAD = 8_000

# whole answers from bytes that are kept for a second, and the largest of them in bytes, each with
# what asked for it
RECENT, SMALL = 1_000, 100_000


class Memo:
    """The answers asked for last, as many as fit into `room` bytes; for one thread."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._free = room
        self._answers: OrderedDict[Key, Answer] = OrderedDict()

    def get(self, key: Key) -> Answer | None:
        """Return the answer to that request, or None."""
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        return answer

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer, and let go of those that nobody has asked for longest."""
        size = _size(key, answer)
        # one large answer must not drive out thousands of small ones
        if key in self._answers or size > self._room / 4:
            return
        self._answers[key] = answer
        self._free -= size
        while self._free < 0:
            self._free += _size(*self._answers.popitem(last=False))


def _size(key: Key, answer: Answer) -> int:
    """Return the bytes that an answer takes; a client may send a key as long as a head may be."""
    return len(answer.body) + sum(map(len, key)) + OVERHEAD


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole answer as it is sent, the path that was asked for, and the length of the body."""

    bytes: bytes
    path: str
    status: int
    size: int


class Recent:
    """Whole answers by the bytes that asked for them, as long as their Date is right."""

    def __init__(self) -> None:
        self.headers: object = None
        self.answers: dict[bytes, Whole] = {}

    def begin(self, headers: object) -> None:
        """Forget what has the date of another second."""
        self.headers = headers
        self.answers.clear()

    def keep(self, asked: bytes, answer: Whole) -> None:
        """Keep an answer until the second is over."""
        if len(self.answers) < RECENT and len(asked) + len(answer.bytes) < SMALL:
            self.answers[asked] = answer

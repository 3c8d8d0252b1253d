"""Every exception of `kg`, in one tree (storey 0, knows nothing above).

KgError                     the message says what is wrong, where, and what to do
├── ProjectError            wrong use: no such folder, bad setting, base IRI nobody uses
├── SourceError             files that cannot be read as RDF; carries every problem found
├── ShapesError             the shapes graph itself is wrong
│   └── SlowPattern         a regular expression of a shape takes too long on a literal
├── NotPublishable          the data does not conform, or loses what others link to
├── VersionsError           the folder of versions is damaged, in use, or cannot take another
├── Gone                    this IRI was withdrawn; carries what stands in its place
├── NotFound                the snapshot does not describe this IRI
├── NotAcceptable           no offered format is acceptable; carries the alternatives
├── NotRepresentable        a format cannot write one of the triples asked for
├── UnsupportedMediaType    the request's body is in a media type that is not read
├── BodyTooLarge            the request's body is over the limit
├── DataRefused             RDF that was sent to be validated cannot be read
├── ValidationTimeout       a validation was stopped at the deadline
├── QueryError              the client's query cannot be answered
│   ├── QuerySyntaxError    outside the grammar; carries line and column
│   ├── ParametersRefused   of a stored query: wrong, unknown or missing; names each
│   ├── BatchTooLarge       more queries, rows or values than are answered at once
│   ├── QueryRefused        understood and not allowed: SERVICE, another form of answer
│   ├── UpdateRefused       an update: data changes by files
│   ├── Unwritable          the format asked for cannot write a term of the answer
│   ├── QueryTimeout        stopped at the deadline
│   ├── QueryAbandoned      stopped because the client has left
│   └── ResultTooLarge      stopped at the limit on bytes or rows
├── TooManyRequests         this client has more waiting than any other
├── StoreUnavailable        the store is absent, broken or busy
└── RemoteFailed            a remote engine answered with something else than the whole answer
    └── RemoteTimeout       a remote engine was too slow

Problems *in the data* are validation results in a `Report`, never exceptions. Exit codes are
decided in `kg.cli.options`, HTTP statuses in `kg.web.errors`: each in one place.
"""

from collections.abc import Mapping, Sequence
from typing import Any

# errors are made of problems, and whoever raises one takes both from here
from kg.problems import AROUND as AROUND  # noqa: PLC0414
from kg.problems import Problem as Problem  # noqa: PLC0414
from kg.problems import around as around  # noqa: PLC0414
from kg.problems import with_caret as with_caret  # noqa: PLC0414


class KgError(Exception):
    """Whatever `kg` reports to its user instead of a traceback."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Let an error cross from a worker process whatever its constructor takes."""
        return _revived, (type(self), str(self), self.__dict__)


def _revived(kind: type[KgError], message: str, fields: dict[str, Any]) -> KgError:
    error = kind.__new__(kind, message)
    error.__dict__.update(fields)
    return error


class ProjectError(KgError):
    """The project folder, a setting or an option cannot be used."""


class SourceError(KgError):
    """Some files cannot be read as RDF; `problems` holds one entry or more per file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class ShapesError(KgError):
    """The shapes graph cannot be used to validate anything."""


class SlowPattern(ShapesError):
    """A regular expression of a shape was given up on a literal.

    It took more than `seconds`, or all memory where that is 0.
    `shape` is the shape as N-Triples writes it, "" until it is known; `text` is the literal's.
    """

    def __init__(self, pattern: str, text: str, seconds: float = 0) -> None:
        why = f"longer than {seconds:g} s" if seconds else "more memory than it may have"
        shown = text if len(text) <= AROUND else f"{text[:AROUND]}… ({len(text):,} characters)"
        super().__init__(
            f"the expression {pattern} takes {why} on {shown!r}. Write it so "
            "that no repetition holds another or an alternative that begins alike: a+ for (a+)+."
        )
        self.shape = ""
        self.text = text


class NotPublishable(KgError):
    """The data has violations that nobody allowed, or has lost what the newest version has."""


class VersionsError(KgError):
    """Published versions cannot be read, or another cannot be added; none was changed."""


class Gone(KgError):
    """The resource was withdrawn on purpose; `replacements` are the IRIs that stand for it now."""

    def __init__(self, iri: str, replacements: Sequence[str] = (), reason: str = "") -> None:
        instead = f" Use {' or '.join(f'<{one}>' for one in replacements)}." if replacements else ""
        why = f" {reason}" if reason else ""
        super().__init__(f"<{iri}> was withdrawn.{why}{instead}")
        self.iri = iri
        self.replacements = tuple(replacements)


class NotFound(KgError):
    """Nothing in the snapshot describes the IRI asked for."""

    def __init__(self, iri: str) -> None:
        super().__init__(f"Nothing in this data set describes <{iri}>.")
        self.iri = iri


class NotAcceptable(KgError):
    """None of the offered media types is acceptable to the client.

    `urls` are where each can be had without negotiation, by media type, where that is known.
    """

    def __init__(
        self, accept: str, offered: Sequence[str], urls: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"Accept: {accept} names none of {', '.join(offered)}, or refuses it.")
        self.accept = accept
        self.offered = tuple(offered)
        self.urls = dict(urls or {})


class NotRepresentable(KgError):
    """A format cannot write one of the triples that describe the IRI."""

    def __init__(self, iri: str, name: str) -> None:
        super().__init__(f"{name} cannot write what describes <{iri}>. Ask for another format.")
        self.iri, self.name = iri, name


class UnsupportedMediaType(KgError):
    """The request's body is in a media type that the endpoint does not read."""


class BodyTooLarge(KgError):
    """The request's body is larger than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The request body is larger than {limit:,} bytes.")
        self.limit = limit


class DataRefused(KgError):
    """RDF that was sent to be validated cannot be read; the message names the place."""


class ValidationTimeout(KgError):
    """A validation ran past its deadline and was stopped."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The validation was stopped after {seconds:g} s. Send less at a time.")
        self.seconds = seconds


class QueryError(KgError):
    """The client's query cannot be answered."""


class QuerySyntaxError(QueryError):
    """The query is outside the SPARQL grammar; `line` and `column` count from 1, or are 0."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(f"line {line}, column {column}: {message}" if line else message)
        self.line, self.column = line, column


class BatchTooLarge(QueryError):
    """A batch has more queries, rows or values than one request may ask."""

    def __init__(self, most: int, what: str = "") -> None:
        super().__init__(f"Send at most {most:,}{f' {what}' if what else ''} at a time.")


class ParametersRefused(QueryError):
    """A stored query cannot be asked with these parameters; `wrong` says why of each."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{name}: {why}" for name, why in wrong.items()))
        self.wrong = dict(wrong)


class QueryRefused(QueryError):
    """The query is well-formed and asks for something this endpoint does not do."""


class UpdateRefused(QueryError):
    """A SPARQL update was sent to an endpoint whose data changes by files only."""


class Unwritable(QueryError):
    """The format that was asked for cannot write one of the terms of the answer."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} cannot write what is in the answer. Ask for another format.")
        self.name = name


class QueryTimeout(QueryError):
    """The query ran past its deadline and was stopped."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The query was stopped after {seconds:g} s. Ask for less: add a LIMIT, "
            "bind a variable, or connect the patterns that share none."
        )
        self.seconds = seconds


class QueryAbandoned(QueryError):
    """The client left before the answer was there; nobody reads this."""


class ResultTooLarge(QueryError):
    """The answer grew past the limit and was stopped; nothing of it is sent."""

    def __init__(self, limit: int, unit: str = "bytes") -> None:
        super().__init__(
            f"The answer is larger than {limit:,} {unit}. Add LIMIT and OFFSET, or take the dump."
        )
        self.limit = limit


class TooManyRequests(KgError):
    """A client has so many requests waiting that others would get no turn."""


class StoreUnavailable(KgError):
    """The store cannot answer now: absent, broken, or every worker is busy."""


class RemoteFailed(KgError):
    """A remote engine sent something else than a whole answer: part of one, an error, a page."""


class RemoteTimeout(RemoteFailed):
    """A remote engine did not answer in time, or stopped the query at a limit of its own."""

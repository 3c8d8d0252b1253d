"""What a remote engine's refusals mean (storey 3): whose fault it was, and in whose words."""

import html
import re

from kg.errors import (
    KgError,
    QueryError,
    QuerySyntaxError,
    RemoteFailed,
    RemoteTimeout,
    StoreUnavailable,
)
from kg.rdf.formats import HTML
from kg.store.remote_client import Reply
from kg.store.syntax import PLACE, syntax_error

# characters of an engine's message that are passed on
SHOWN = 300

# Virtuoso, Neptune, Fuseki, GraphDB, Stardog and QLever in that order, as their texts say it
TOO_SLOW = re.compile(
    r"S1T00|S1TAT|estimated execution time|TimeLimitExceeded|timed?[ -]?out|"
    r"exceeded query timeout|cancel",
    re.IGNORECASE,
)

# where a message names a place; the query begins on the second line of what was sent
LINE = re.compile(r"\bline:? ?(\d+)", re.IGNORECASE)
LINE_AND_COLUMN = re.compile(r"\bline:? ?(\d+),? ?col(?:umn)?:? ?(\d+)[:.]?", re.IGNORECASE)

MARKUP = re.compile(r"(?s)<(?:script|style).*?</(?:script|style)>|<[^>]*>")

SQL_STATE, MAX_ROWS = "X-SQL-State", "X-SPARQL-MaxRows"


def refusal(reply: Reply, query: str, *, verbatim: bool) -> KgError:
    """Return the error that an answer stands for whose status is not 200.

    `verbatim` says whether the query was sent as it is, on the lines after the first.
    """
    text = _text(reply)
    said = f' It says: "{_short(text)}"' if text else ""
    if reply.status == 400:
        return _query_error(text, query, verbatim=verbatim)
    if 300 <= reply.status < 400:
        target = reply.headers.get("Location", "another place")
        return RemoteFailed(
            f"The engine redirects to {target[:SHOWN]}, and redirects are not followed. "
            "Set that address in store.kind if it is the engine's."
        )
    if reply.status in (401, 403):
        return RemoteFailed(
            "The engine refuses this server: store.kind needs a name and password, or its "
            f"user may not read.{said}"
        )
    if reply.status in (408, 504) or (reply.status > 404 and TOO_SLOW.search(text)):
        return RemoteTimeout(f"The engine stopped the query at a limit of its own.{said}")
    if reply.status in (429, 503):
        return StoreUnavailable(f"The engine is busy. Try again in a moment.{said}")
    return RemoteFailed(f"The engine failed with status {reply.status}.{said}")


def require_whole(reply: Reply) -> None:
    """Raise where headers say that an answer with status 200 is only a part.

    Source: https://docs.openlinksw.com/virtuoso/anytimequeries/
    """
    if reply.headers.get(SQL_STATE):
        raise RemoteTimeout(
            "The engine stopped the query at a limit of its own and sent a part of the answer, "
            "which is not passed on. Ask for less."
        )
    if most := reply.headers.get(MAX_ROWS):
        raise RemoteFailed(
            f"The engine gives at most {most[:20]} rows, and the answer has as many or more. "
            "Ask for fewer at a time, with ORDER BY, LIMIT and OFFSET."
        )


def _query_error(text: str, query: str, *, verbatim: bool) -> QueryError:
    """Return the engine's complaint about the query, its place counted in what the user wrote."""
    if verbatim and PLACE.match(text):
        return syntax_error(PLACE.sub(_earlier, text, count=1), query)
    if verbatim and (place := LINE_AND_COLUMN.search(text)) and int(place[1]) > 1:
        rest = text[: place.start()].rstrip(" \n,;(") + text[place.end() :]
        return QuerySyntaxError(_short(rest), int(place[1]) - 1, int(place[2]))
    if verbatim and LINE.search(text):
        return QuerySyntaxError(_short(LINE.sub(lambda m: f"line {max(int(m[1]) - 1, 1)}", text)))
    return QueryError(f"The engine refuses the query. {_short(text)}".rstrip())


def _earlier(matched: re.Match[str]) -> str:
    line = int(matched["line"])
    place = f"{line}:{matched['column']}"
    return matched[0].replace(place, f"{max(line - 1, 1)}:{matched['column']}", 1)


def _text(reply: Reply) -> str:
    text = reply.body.decode("utf-8", errors="replace")
    if HTML.media_type in reply.headers.get("Content-Type", "") or text.lstrip().startswith("<!"):
        text = html.unescape(MARKUP.sub(" ", text))
    # Virtuoso repeats the query, with what was put before it
    return text.partition("\n\nSPARQL query:")[0].strip()


def _short(text: str) -> str:
    """Return a message on one line, without what a terminal or a page would take for its own."""
    line = "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
    return line if len(line) <= SHOWN else f"{line[:SHOWN]} …"

"""Requests that are simple enough to be read from their bytes alone (storey 4)."""

import re

from kg.web.memo import Key
from kg.web.refusals import HEAD_BYTES

GET = re.compile(rb"GET (/[^ ?#]*)(?:\?([^ #]*))? HTTP/1\.1\r\n")
# each character is looked at once: it is the event loop that reads
HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]++):[ \t]*+([^\r\n]*+)\r\n")

# headers that change nothing about an answer from bytes; one that is in neither sends the
# request the long way
READ = frozenset({b"host", b"accept", b"accept-encoding", b"if-none-match", b"accept-language"})
PASSED_OVER = frozenset(
    {b"user-agent", b"referer", b"cache-control", b"pragma", b"dnt", b"origin"}
    | {b"upgrade-insecure-requests", b"priority"}
)


def read_simply(data: bytes) -> tuple[Key, str, str] | None:
    """Return a GET request's key, If-None-Match and Accept-Language, or None for any other."""
    line = GET.match(data) if len(data) <= HEAD_BYTES else None
    if line is None:
        return None
    found = {
        b"host": b"",
        b"accept": b"",
        b"accept-encoding": b"",
        b"if-none-match": b"",
        b"accept-language": b"",
    }
    place, seen = line.end(), 0
    while header := HEADER.match(data, place):
        place = header.end()
        name, value = header[1].lower(), header[2].rstrip(b" \t")
        if name in READ:
            seen += 1
            found[name] = found[name] or value
        elif not (name in PASSED_OVER or name.startswith(b"sec-") or _keeps_alive(name, value)):
            return None
    if data[place:] != b"\r\n" or seen != sum(map(bool, found.values())):
        return None
    host, accept, coding, held, languages = (v.decode("latin-1") for v in found.values())
    return (line[1], line[2] or b"", host, accept, coding), held, languages


def _keeps_alive(name: bytes, value: bytes) -> bool:
    return name == b"connection" and value.lower() == b"keep-alive"

"""Preconditions (storey 4): whether what the client holds, or expects, is what there is.

Source: https://www.rfc-editor.org/rfc/rfc9110#name-preconditions
"""

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

# an entity tag: whether it is weak, and its opaque part with the quotes
ENTITY_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def judge(headers: Mapping[str, str], etag: str, modified: str) -> HTTPStatus | None:
    """Return 304 or 412 where a precondition says so, else None; for GET and HEAD.

    `headers` are the request's, names in lower case; `etag` is the strong tag of what would be
    sent, `modified` its Last-Modified, or "". A date counts only where there is no tag to compare.
    Source: https://www.rfc-editor.org/rfc/rfc9110#name-precedence-of-preconditions
    """
    if _expects_another(headers, etag, modified):
        return HTTPStatus.PRECONDITION_FAILED
    return HTTPStatus.NOT_MODIFIED if _holds(headers, etag, modified) else None


def _expects_another(headers: Mapping[str, str], etag: str, modified: str) -> bool:
    wanted = headers.get("if-match")
    if wanted is not None:
        # a weak tag never matches here: the client wants exactly those bytes
        strong = (tag for weak, tag in ENTITY_TAG.findall(wanted) if not weak)
        return wanted.strip() != "*" and etag not in strong
    since, changed = date_in(headers.get("if-unmodified-since")), date_in(modified)
    return bool(since and changed) and changed > since  # type: ignore[operator]


def _holds(headers: Mapping[str, str], etag: str, modified: str) -> bool:
    held = headers.get("if-none-match")
    if held is not None:
        return held.strip() == "*" or etag in (tag for _, tag in ENTITY_TAG.findall(held))
    since, changed = date_in(headers.get("if-modified-since")), date_in(modified)
    return bool(since and changed) and changed <= since  # type: ignore[operator]


def date_in(text: str | None) -> datetime | None:
    """Return an HTTP date, or None for one that is missing, invalid or of no time zone."""
    try:
        date = parsedate_to_datetime(text or "")
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return date if date.tzinfo else None

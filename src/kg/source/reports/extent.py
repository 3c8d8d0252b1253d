"""How far the term at a place goes (storey 1), as far as the line that a place has shows it."""

from kg.errors import AROUND
from kg.source.report import Place
from kg.source.tokens import TOKEN


def end_column(place: Place) -> int:
    """Return the column after the term at a place, 0 where it ends outside of what is shown.

    A node in brackets has no end: it may go on for lines.
    """
    start = min(place.column - 1, AROUND)
    token = TOKEN.match(place.excerpt, start) if place.line else None
    group = token and next((name for name in ("term", "string") if token[name]), "")
    if not token or not group or token.start(group) != start:
        return 0
    if token[group] in ("''", '""') and place.excerpt[start : start + 3] in ("'''", '"' * 3):
        # the beginning of a text of several lines
        return 0
    # what reaches the end of a line that was cut may go on
    cut = len(place.excerpt) == start + AROUND
    return 0 if cut and token.end() == len(place.excerpt) else place.column + token.end() - start

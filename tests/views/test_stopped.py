"""What the page of a query says of one that has no answer."""

import pytest

from kg.errors import (
    QueryError,
    QuerySyntaxError,
    QueryTimeout,
    RemoteTimeout,
    ResultTooLarge,
    StoreUnavailable,
    TooManyRequests,
    UpdateRefused,
)
from kg.views.stopped import CodeLine, stopped


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (QueryTimeout(3), "slow"),
        (ResultTooLarge(10), "large"),
        (TooManyRequests("too many"), "many"),
        (StoreUnavailable("gone"), "unavailable"),
        (RemoteTimeout("slow"), "unavailable"),
        (UpdateRefused("no"), "update"),
        (QueryError("cannot"), "other"),
        (QuerySyntaxError("nowhere"), "syntax"),
    ],
)
def test_every_error_has_its_kind(error, kind):
    assert kind == stopped(error, "ASK {}").kind


def test_the_place_of_an_error_is_in_the_lines_as_they_were_sent():
    query = "one\r\ntwo\r\n\tthree\r\nfour\r\nfive\r\nsix"
    shown = stopped(QuerySyntaxError("here", 3, 4), query)
    assert (3, 4) == (shown.line, shown.column)
    assert CodeLine(1, "one") == shown.lines[0]
    assert CodeLine(3, "\tthree", "\t  ^") == shown.lines[2]
    assert [1, 2, 3, 4, 5] == [line.number for line in shown.lines]


def test_an_error_behind_the_last_line_shows_what_there_is():
    shown = stopped(QuerySyntaxError("end", 9, 1), "one\ntwo")
    assert () == shown.lines

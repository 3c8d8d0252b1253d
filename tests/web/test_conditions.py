"""RFC 9110, section 13: https://www.rfc-editor.org/rfc/rfc9110#name-preconditions"""

from http import HTTPStatus

import pytest

from kg.web.conditions import judge

TAG = '"abc"'
DATE = "Mon, 23 Nov 2026 00:00:00 GMT"
BEFORE = "Sun, 22 Nov 2026 23:59:59 GMT"
AFTER = "Mon, 23 Nov 2026 00:00:01 GMT"
SAME, FAILED = HTTPStatus.NOT_MODIFIED, HTTPStatus.PRECONDITION_FAILED


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        # If-None-Match: weak comparison, lists, the star
        ({"if-none-match": TAG}, SAME), ({"if-none-match": 'W/"abc"'}, SAME),
        ({"if-none-match": '"x", W/"y",,"abc"'}, SAME), ({"if-none-match": "*"}, SAME),
        ({"if-none-match": '"x,"abc"'}, None), ({"if-none-match": '"ABC"'}, None),
        ({"if-none-match": '"abc-gzip"'}, None), ({"if-none-match": ""}, None),
        ({"if-none-match": "abc"}, None),
        # it wins over the date
        ({"if-none-match": '"x"', "if-modified-since": DATE}, None),
        ({"if-none-match": TAG, "if-modified-since": BEFORE}, SAME),
        # If-Modified-Since: an invalid date counts as none
        ({"if-modified-since": DATE}, SAME), ({"if-modified-since": AFTER}, SAME),
        ({"if-modified-since": BEFORE}, None), ({"if-modified-since": "yesterday"}, None),
        ({"if-modified-since": "2026-11-24"}, None), ({"if-modified-since": ""}, None),
        ({"if-modified-since": "Mon, 99 Nov 2026 00:00:00 GMT"}, None),
        ({"if-modified-since": "Mon, 01 Nov 99999999999999999999 00:00:00 GMT"}, None),
        ({"if-modified-since": "Mon, 01 Nov 2026 00:00:00 +99999999999999"}, None),
        # If-Match: strong comparison
        ({"if-match": TAG}, None), ({"if-match": '"x", "abc"'}, None), ({"if-match": "*"}, None),
        ({"if-match": 'W/"abc"'}, FAILED), ({"if-match": '"x"'}, FAILED),
        ({"if-match": ""}, FAILED),
        # it comes first, and wins over its date
        ({"if-match": '"x"', "if-none-match": TAG}, FAILED),
        ({"if-match": TAG, "if-none-match": TAG}, SAME),
        ({"if-match": TAG, "if-unmodified-since": BEFORE}, None),
        ({"if-unmodified-since": BEFORE}, FAILED), ({"if-unmodified-since": DATE}, None),
        ({"if-unmodified-since": "soon"}, None),
    ],
)  # fmt: skip
def test_preconditions_are_judged_in_the_order_of_the_standard(headers, expected):
    assert expected == judge(headers, TAG, DATE)


def test_without_a_date_only_tags_count():
    assert judge({"if-modified-since": DATE}, TAG, "") is None
    assert judge({"if-unmodified-since": BEFORE}, TAG, "") is None

"""The log: lines that programs read, that people read, and what is never in them."""

import json
import logging
import os
import sys

import pytest

from kg.settings import Log
from kg.web.journal import REQUEST, Entry, Journal, Lines, as_json, as_text

ENTRY = Entry("ab12", "203.0.113.9", "GET", "/id/x", 200, 1234, 0.00125)


def written(log: Log, *entries: Entry) -> list[str]:
    """The lines that a journal writes."""
    reading, writing = os.pipe()
    journal = Journal(log, writing)
    with journal.written():
        for entry in entries:
            if journal.wants(entry.status):
                journal.add(entry)
    os.close(writing)
    with os.fdopen(reading) as file:
        return file.read().splitlines()


def test_a_line_of_json_says_all_about_a_request():
    (line,) = written(Log("json", "all"), ENTRY)
    said = json.loads(line)
    assert said.pop("time").endswith("Z")
    assert {
        "level": "info", "event": "request", "request": "ab12", "client": "203.0.113.9",
        "method": "GET", "path": "/id/x", "status": 200, "bytes": 1234, "seconds": 0.00125,
    } == said  # fmt: skip


def test_a_line_for_people_begins_with_what_matters():
    (line,) = written(Log("text", "all"), ENTRY)
    assert line.endswith("Z 200 GET /id/x 1.2 ms 1234 B 203.0.113.9 ab12")


@pytest.mark.parametrize(
    ("which", "statuses"), [("all", [200, 404, 503]), ("failed", [503]), ("none", [])]
)
def test_the_setting_says_which_requests_have_a_line(which, statuses):
    entries = [Entry("a", "", "GET", "/", status, 0, 0.1) for status in (200, 404, 503)]
    lines = written(Log("json", which), *entries)
    assert statuses == [json.loads(line)["status"] for line in lines]


def test_addresses_are_left_out_where_nobody_wants_them():
    lines = written(Log("json", "all", clients=False), ENTRY)
    assert "203.0.113.9" not in "".join(lines)
    assert "client" not in json.loads(lines[0])


def test_nothing_in_a_path_makes_another_line():
    odd = Entry("a", "", "GET", '/x"\n{"status": 1}\x1b[2J', 200, 0, 0.1)
    assert 1 == as_json(odd).count("\n") == as_text(odd).count("\n")
    assert '/x"\n{"status": 1}\x1b[2J' == json.loads(as_json(odd))["path"]
    assert "\x1b" not in as_text(odd)


def test_a_reader_that_is_gone_stops_nothing():
    reading, writing = os.pipe()
    os.close(reading)
    journal = Journal(Log("text", "all"), writing)
    with journal.written():
        journal.add(ENTRY)
    os.close(writing)


def failed() -> logging.LogRecord:
    try:
        int("why")
    except ValueError:
        found = sys.exc_info()
    return logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "It %s", ("failed",), found)


def test_an_error_names_its_request_and_has_its_traceback_in_one_line():
    token = REQUEST.set("ab12")
    try:
        said = json.loads(Lines(as_json=True).format(failed()))
        text = Lines(as_json=False).format(failed())
    finally:
        REQUEST.reset(token)
    assert ("error", "ab12", "It failed") == (said["level"], said["request"], said["message"])
    assert "ValueError: " in said["traceback"]
    assert " error It failed (request ab12)\nTraceback" in text

"""What strangers write is shown as one line, and no terminal obeys it."""

import pytest

from kg.rdf.lines import visible, visible_lines


@pytest.mark.parametrize("character", ["\x1b", "\r", "\n", "\x9b", "\u2028", "\u202e", "\u2066"])
def test_what_a_terminal_would_obey_is_replaced(character):
    assert visible(f"a{character}b") == "a\ufffdb"


def test_other_text_and_tabs_stay_as_they_are():
    assert visible("a\tb é دابق") == "a\tb é دابق"


def test_lines_stay_lines():
    assert visible_lines("a\x1b[2J\n\tb\r\n") == "a\ufffd[2J\n\tb\ufffd\n"

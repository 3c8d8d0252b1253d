"""What nginx would refuse in a map, and where Apache goes on."""

import re
from pathlib import Path

import pytest

from kg.export.accept import language_choice
from kg.export.apache import site
from kg.export.nginx import maps
from kg.export.replies import Reply
from kg.export.rules import Rules


@pytest.mark.parametrize("languages", [("en",), ("en", "ar"), ("en", "ar", "fr")])
def test_no_map_has_nothing_as_a_key_twice(languages):
    choices = tuple(language_choice("language", "{http_accept_language}", "{args}", languages))
    text = "".join(maps(Rules({}, {}, {}, {}, {}, (), 0, choices)))
    blocks = text.split("map ")[1:]
    assert len(blocks) > len(languages)
    assert all(block.count('  "" ') <= 1 for block in blocks)


def test_what_is_to_be_said_of_an_error_is_looked_up_past_all_rules_of_requests():
    rules = Rules({}, {}, {}, {}, {}, (Reply(200, "", "a.html"), Reply(406)), 0, ())
    text = "\n".join(
        site(rules, Path("/srv"), "http://example.org", {"html": "text/html"}, ("en",))
    )
    skipping, rest = re.split(r",S=(?=\d+\]\")", text, maxsplit=1)[0], text.partition(",S=")[2]
    assert "REDIRECT_kg_file" in skipping
    count = int(rest.partition("]")[0])
    followed = [line for line in rest.splitlines() if line.startswith("RewriteRule")][count]
    assert "kg_type" in followed

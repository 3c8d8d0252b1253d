"""What nginx would refuse in a map."""

import pytest

from kg.export.accept import language_choice
from kg.export.nginx import maps
from kg.export.rules import Rules


@pytest.mark.parametrize("languages", [("en",), ("en", "ar"), ("en", "ar", "fr")])
def test_no_map_has_nothing_as_a_key_twice(languages):
    choices = tuple(language_choice("language", "{http_accept_language}", "{args}", languages))
    text = "".join(maps(Rules({}, {}, {}, {}, {}, (), 0, choices)))
    blocks = text.split("map ")[1:]
    assert len(blocks) > len(languages)
    assert all(block.count('  "" ') <= 1 for block in blocks)

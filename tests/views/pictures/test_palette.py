"""Colours inside pictures: axe cannot judge them, so their contrast is computed here.

Source: https://www.w3.org/TR/WCAG22/#contrast-minimum and #non-text-contrast
"""

import re

import pytest

from tests.conftest import REPO

CSS = (REPO / "src" / "kg" / "views" / "static" / "kg.css").read_text(encoding="utf-8")


def palette(scheme: str) -> dict[str, str]:
    """The colours of a scheme by name, later rules over earlier ones."""
    dark = re.findall(r"prefers-color-scheme: dark\) \{\n  :root \{(.*?)\n  \}", CSS, re.DOTALL)
    light = re.findall(r"^:root \{(.*?)^\}", CSS, re.DOTALL | re.MULTILINE)
    rules = light if scheme == "light" else [*light, *dark]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", "".join(rules)))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper", "least"),
    [
        *(("ink", paper, 4.5) for paper in ("paper", "card", "land", "sea")),
        *(("soft", paper, 4.5) for paper in ("paper", "card", "land")),
        *(("link", paper, 4.5) for paper in ("paper", "card", "land")),
        *((ink, "card", 4.5) for ink in ("for", "against", "strain")),
        *(("mark", paper, 3) for paper in ("paper", "card", "land", "sea", "perhaps")),
        *((line, "land", 3) for line in ("river", "border")),
        *((line, "paper", 3) for line in ("for", "against", "strain", "border")),
    ],
)
def test_colours_differ_enough(scheme, ink, paper, least):
    colours = palette(scheme)
    assert contrast(colours[ink], colours[paper]) >= least


def test_both_schemes_are_read():
    assert palette("light")["mark"] != palette("dark")["mark"]
    assert round(contrast("#000", "#ffffff")) == 21


def test_every_rule_of_the_style_sheet_is_closed():
    depth = 0
    for line in CSS.splitlines():
        depth += line.count("{") - line.count("}")
        assert depth >= 0
        # a section begins outside every rule
        assert depth == 0 or not line.startswith("/* "), line
    assert depth == 0

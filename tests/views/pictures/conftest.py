"""Pictures read as XML, which they must be."""

from xml.etree import ElementTree

import pytest

SVG = "{http://www.w3.org/2000/svg}"


class Drawn:
    """One drawing: its texts, links, titles and classes, and elements by their class."""

    def __init__(self, root):
        self.root = root
        self.texts = [one.text for one in root.iter("text")]
        self.hrefs = [one.get("href") for one in root.iter("a")]
        self.titles = [one.text for one in root.iter("title")]
        self.ids = [one.get("id") for one in root.iter() if one.get("id")]

    def of_class(self, name: str) -> list:
        return [one for one in self.root.iter() if name in (one.get("class") or "").split()]


@pytest.fixture
def drawn():
    """A function that reads the drawings of a picture, by their class of width."""

    def read(picture) -> dict[str, Drawn]:
        root = ElementTree.fromstring(f"<figure>{picture.svg}</figure>")
        return {one.get("class").split()[1]: Drawn(one) for one in root}

    return read

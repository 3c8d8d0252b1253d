"""What RDF/XML owes to XML (storey 0)."""

import re
from collections.abc import Iterable
from typing import BinaryIO
from xml.parsers import expat

from pyoxigraph import Literal, Quad

# the end of an IRI that can be an element's name
# Source: https://www.w3.org/TR/xml-names/#NT-NCName
LOCAL_NAME = re.compile(r"[^\W\d][\w.-]*$")

# characters that no XML document can hold
# Source: https://www.w3.org/TR/xml/#charsets
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def require_well_formed(stream: BinaryIO) -> None:
    """Raise SyntaxError, with line and column, unless the stream is one whole XML document.

    The engine takes a document that breaks off for one that ends. The stream is read to its
    end and rewound.
    """
    parser = expat.ParserCreate()
    try:
        parser.ParseFile(stream)
    except expat.ExpatError as error:
        place = ("", error.lineno, error.offset + 1, None)
        raise SyntaxError(f"XML: {expat.ErrorString(error.code)}", place) from error
    stream.seek(0)


def can_hold(quads: Iterable[Quad]) -> bool:
    """Whether RDF/XML can write the triples: predicates are elements, literals are XML text."""
    return all(
        LOCAL_NAME.search(quad.predicate.value)
        and not (isinstance(quad.object, Literal) and FORBIDDEN.search(quad.object.value))
        for quad in quads
    )

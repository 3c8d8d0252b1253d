"""What RDF/XML owes to XML (storey 0)."""

import re
from collections.abc import Iterable
from typing import BinaryIO
from xml.parsers import expat

from pyoxigraph import Literal, Quad, Triple

# the end of an IRI that can be an element's name
# Source: https://www.w3.org/TR/xml-names/#NT-NCName
LOCAL_NAME = re.compile(r"[^\W\d][\w.-]*$")

# characters that no XML document can hold
# Source: https://www.w3.org/TR/xml/#charsets
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

# the same in UTF-8
FORBIDDEN_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def holdable(text: str) -> str:
    r"""Return the text with the characters that no XML document can hold replaced.

    >>> holdable("a\x00b")
    'a\ufffdb'
    """
    return FORBIDDEN.sub("\ufffd", text)


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


def can_hold(statements: Iterable[Quad | Triple]) -> bool:
    """Whether RDF/XML can write the triples: predicates are elements, literals are XML text."""
    return all(
        LOCAL_NAME.search(statement.predicate.value)
        and not (isinstance(statement.object, Literal) and FORBIDDEN.search(statement.object.value))
        and not (isinstance(statement.object, Triple) and not can_hold((statement.object,)))
        for statement in statements
    )


def is_xml_text(document: bytes) -> bool:
    """Whether no character of the document is one that no XML document can hold."""
    return not FORBIDDEN_BYTES.search(document)


def with_returns(document: bytes) -> bytes:
    """Return a document of the engine's with its carriage returns as references.

    The engine writes them as they are, and every reader takes those for line feeds.
    Source: https://www.w3.org/TR/xml/#sec-line-ends
    """
    return document.replace(b"\r", b"&#13;")

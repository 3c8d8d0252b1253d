"""Text of strangers as lines that are safe to show (storey 0)."""

import re

# what a terminal would obey; a tab keeps a caret in its place
CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    r"""Return the text as one line, with every character that a terminal would obey replaced.

    >>> visible("a\x1b[2Jb")
    'a�[2Jb'
    """
    return CONTROL.sub("\ufffd", text)


def visible_lines(text: str) -> str:
    r"""Return the text with its lines as they are, each of them safe to show.

    >>> visible_lines("a\nb\x1b[2J")
    'a\nb�[2J'
    """
    return "\n".join(map(visible, text.split("\n")))

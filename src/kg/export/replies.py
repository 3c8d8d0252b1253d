"""What an export knows of each address: which reply goes to whom (storey 5).

Replies of many addresses are alike but for a part of the path, which is called the stem: with a
mark in its place they are one value, so that the rules for a web server stay short.
"""

import re
from dataclasses import dataclass

from kg.dataset.addresses import BY_SUFFIX, DOCUMENT_FORMATS

# stands for the stem; no header and no name of a file has it
MARK = "\x01"

_SUFFIXES = "|".join(re.escape(f.extension) for f in (*BY_SUFFIX, *DOCUMENT_FORMATS))

# the stem of a path, in the syntax that Python and PCRE share
STEM = rf"^/(?:version/[0-9]+/|timemap/)?[^/]+/(.+?)(?:\.(?:{_SUFFIXES}))?$"

# what a path consists of that needs no escape anywhere
PLAIN = re.compile(r"[A-Za-z0-9._~/-]+")

# below it a web server finds files by their names, which nobody can ask for from outside
INSIDE = "/.kg-export/"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply with the stem's mark in it: `location` and `file` are "" where there is none.

    `file` is relative to the folder of files; `headers` are those that are the same whatever
    program answers, without the type of the content, which follows from the file's name.
    """

    status: int
    location: str = ""
    file: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def body(self) -> str:
        """The file of its body: where it has none of its own and leads nowhere, a problem."""
        return self.file or ("" if self.location else problem_file(self.status))


# the reply to each: an extension of what Accept chooses, "none" for nothing that is offered, "any"
# where it has no say; behind it a language, or "+" and the language that the URL names, or ""
Replies = tuple[tuple[str, str, Reply], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Addresses that are answered alike: by which offer, and with which replies.

    `offer` are the extensions of the formats that Accept chooses from, in the order of preference.
    """

    offer: tuple[str, ...]
    replies: Replies


@dataclass(frozen=True, slots=True)
class Entry:
    """An address and its kind; `path` is decoded, `query` None where any is ignored."""

    path: str
    query: str | None
    kind: Kind


def stem_of(path: str) -> str:
    """Return the stem of a decoded path, "" where it has none that needs no escape.

    >>> stem_of("/doc/claim/c-0045.ttl")
    'claim/c-0045'
    """
    found = re.match(STEM, path)
    return found[1] if found and PLAIN.fullmatch(found[1]) else ""


def problem_file(status: int, name: str = "") -> str:
    """Return the name of the file that tells of a status, or of what has that name."""
    return f"_/{name or int(status)}.problem.json"


def quoted(text: str) -> str:
    """Return the text as a string in the settings of nginx and Apache."""
    escaped = re.sub(r'[\\"]', r"\\\g<0>", text)
    return f'"{escaped}"'


def marked(text: str, stem: str) -> str:
    """Return the text with the mark in place of the stem."""
    return text.replace(stem, MARK) if stem else text

"""Language tags (storey 1): whether they name a language, and their case.

What breaks the grammar of BCP 47 the engine refuses as a syntax error; what the grammar allows and
the standard does not is left. Source: https://www.rfc-editor.org/rfc/rfc5646#section-2.2.9
"""

import re
from collections.abc import Iterator

from kg.source.checks.check import Check, Fault
from kg.source.checks.facts import Facts
from kg.source.report import Severity

# subtags that may not come twice, as far as the first that is private
VARIANT = re.compile(r"[a-z0-9]{5,8}|[0-9][a-z0-9]{3}")
# letters of the longest subtag of a language; longer ones are reserved
LETTERS = 3


def is_well_formed(tag: str) -> bool:
    """Whether a tag that the engine reads is one of BCP 47.

    >>> is_well_formed("english"), is_well_formed("de-1996-1996"), is_well_formed("de-1996")
    (False, False, True)
    """
    first, *rest = tag.lower().split("-")
    public = rest[: rest.index("x")] if "x" in rest else rest
    letters = [part for part in public if len(part) == 1]
    before = public[: public.index(letters[0])] if letters else public
    variants = [part for part in before if VARIANT.fullmatch(part)]
    once = len({*letters}) == len(letters) and len({*variants}) == len(variants)
    return once and (len(first) <= LETTERS)


def conventional(tag: str) -> str:
    """Return a tag in the usual case: language small, script with a capital, region in capitals.

    >>> conventional("ZH-hant-tw")
    'zh-Hant-TW'
    """
    parts = tag.lower().split("-")
    cased = [parts[0]]
    for part in parts[1:]:
        # behind a single letter is an extension, which is written small
        inside = any(len(before) == 1 for before in cased)
        form = {2: str.upper, 4: str.title}.get(0 if inside else len(part), str.lower)
        cased.append(form(part))
    return "-".join(cased)


def _malformed(facts: Facts) -> Iterator[Fault]:
    for literal, mentions in facts.literals.items():
        if literal.language and not is_well_formed(literal.language):
            for at in mentions:
                subject, predicate, _, _ = facts.quad(at)
                focus = getattr(subject, "value", str(subject))
                message = f"@{literal.language} names no language. Write a tag of BCP 47, like @en."
                yield Fault(message, at, focus, predicate.value, str(literal))


def _oddly_cased(facts: Facts) -> Iterator[Fault]:
    for path, written in facts.written.items():
        graph = facts.graph_of[path]
        for tag, offset in written.tags:
            if is_well_formed(tag) and tag != (usual := conventional(tag)):
                message = f"The language tag @{tag} is usually written @{usual}. Write that."
                yield Fault(message, written.place(offset), graph)


MALFORMED = Check(
    "language-tag",
    Severity.WARNING,
    "A language tag that names no language",
    "A tag outside BCP 47 (https://www.rfc-editor.org/info/bcp47), such as @english, matches no "
    "reader's language: the text is shown to nobody who asks for it. Tags that break its grammar "
    "are errors of syntax.",
    _malformed,
)
CASE = Check(
    "language-case",
    Severity.INFO,
    "A language tag in an unusual case",
    'Tags are compared without regard to case, but not by everybody: LANG(?x) = "en-GB" is a '
    "comparison of strings. One way of writing them is safest. Only Turtle and TriG are looked at, "
    "because in the data all tags are small.",
    _oddly_cased,
)
CHECKS = (MALFORMED, CASE)

"""Negotiation as regular expressions (storey 5), for web servers that know nothing else.

They weigh as `kg.rdf.negotiation` does: the closest range decides, aliases can only raise, ties go
to the earlier, q has three decimals. Where a header names one thing twice, its first weight below
1 counts. Regular expressions cannot compare numbers; but the digit `a` is less than `b` where
`a` stands before `b` in `0123456789`, which is put behind what is compared.
Source: https://www.rfc-editor.org/rfc/rfc9110#name-content-negotiation-fields
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.rdf.formats import AnyFormat

DIGITS = "#0123456789"

_PARAMETER = r'(?:[ \t]*;(?![ \t]*q=)(?:[^,;"]|"[^"]*")*)*'
_REST = r'(?:[ \t]*;(?:[^,;"]|"[^"]*")*)*[ \t]*(?=,|$)'
_WEIGHT = r"[ \t]*;[ \t]*q="


@dataclass(frozen=True, slots=True)
class Choice:
    r"""A variable whose value is that of the first row that matches its subject.

    In `subject` and in values `{name}` stands for another variable, in values `\1` for what a
    group matched. Rows are (regular expression of PCRE, value); case makes no difference.
    """

    name: str
    subject: str
    rows: tuple[tuple[str, str], ...]
    default: str = ""


def weights_of(header: str, formats: Iterable[AnyFormat]) -> Iterator[Choice]:
    """Yield the weights that a variable with an Accept header gives to formats: `{w_…}`.

    A weight has five digits: four of q times 1000, and whether it is of the format's own type.
    """
    formats = tuple(formats)
    types = {name for f in formats for name in (f.media_type, *f.aliases)}
    wild = {f"{name.partition('/')[0]}/*" for name in types} | {"*/*"}
    yield Choice("accept", header, ((r"^[, \t]*$", "*/*"),), header)
    for name in sorted(types | wild):
        yield Choice(_q(name), "{accept}", tuple(_q_rows(re.escape(name))))
    for wide in sorted(wild - {"*/*"}):
        rows = ((r"^([0-9]{4})\|", r"\1"), (r"^\|([0-9]{4})", r"\1"))
        yield Choice(f"wide_{_q(wide)}", f"{{{_q(wide)}}}|{{{_q('*/*')}}}", rows, "0000")
    for format_ in dict.fromkeys(formats):
        yield from _weight(format_)


def _weight(format_: AnyFormat) -> Iterator[Choice]:
    wide = f"wide_{_q(format_.media_type.partition('/')[0] + '/*')}"
    alias = f"alias_{weight_name(format_)}"
    named = [_q(name) for name in format_.aliases]
    # the greatest of at most two
    pairs = "|".join(f"{{{name}}}" for name in named)
    greater = ((rf"^{_less(0)}", rf"{{{named[-1]}}}"),) if len(named) > 1 else ()
    first = (rf"^([0-9]{{4}})(?:\||{DIGITS[0]})", r"\1")
    second = (r"^\|([0-9]{4})", r"\1")
    yield Choice(alias, f"{pairs}{DIGITS}", (*greater, first, second), "0000")
    own = (r"^([0-9]{4})\|", r"\g<1>1")
    rows = (own, (rf"^\|{_less(0)}", f"{{{alias}}}0"))
    subject = f"{{{_q(format_.media_type)}}}|{{{wide}}}|{{{alias}}}{DIGITS}"
    yield Choice(weight_name(format_), subject, rows, f"{{{wide}}}1")


def choice_of(name: str, offered: Sequence[AnyFormat]) -> Choice:
    """Return the choice of a format's extension among those offered, "" where none is wanted."""
    parts = " ".join(f"{place}={{{weight_name(f)}}}" for place, f in enumerate(offered))
    rows = tuple(
        (rf"^(?=.*\b{place}=(?!0000)(\d)(\d)(\d)(\d)(\d))(?!.*={_greater(5)})", f.extension)
        for place, f in enumerate(offered)
    )
    return Choice(name, f"{parts} {DIGITS}", rows)


def language_choice(name: str, header: str, query: str, offered: Sequence[str]) -> Iterator[Choice]:
    """Yield what chooses a language: "+" and the one that the query names, else the header's."""
    for tag in offered:
        yield Choice(f"l_{tag}", header, tuple(_q_rows(rf"{tag}(?:-[a-z0-9]{{1,8}})*")))
    # what the header does not name has the weight of `*`, if it is the first of those
    yield Choice("l_any", header, tuple(_q_rows(r"\*")))
    for place, tag in enumerate(offered):
        before = "".join(f"{{l_{one}}}|" for one in offered[:place])
        rows = (
            (r"^([0-9]{4})#", r"\1"),
            (rf"^#(?:[0-9]{{4}}\|){{{place}}}#([0-9]{{4}})", r"\1"),
        )
        yield Choice(f"k_{tag}", f"{{l_{tag}}}#{before}#{{l_any}}", rows, "----")
    yield Choice("read", _languages(header, offered), tuple(_language_rows(offered)), offered[0])
    tags = "|".join(offered)
    yield Choice(name, query, ((rf"(?:^|&)lang=({tags})(?:&|$)", r"+\1"),), "{read}")


def _languages(header: str, offered: Sequence[str]) -> str:
    weights = " ".join(f"{tag}={{k_{tag}}}" for tag in offered)
    named = " ".join(f"{tag}~{{l_{tag}}}" for tag in offered)
    return f"{weights} {named} {DIGITS} @{header}"


def _language_rows(offered: Sequence[str]) -> Iterator[tuple[str, str]]:
    for tag in offered:
        others = [one for one in offered if one != tag]
        # as heavy, and named earlier: what the header does not name comes last
        earlier = "".join(_not_before(tag, one) for one in others)
        number = r"(?!0000)(\d)(\d)(\d)(\d)"
        yield rf"^(?=.*\b{tag}={number})(?!.*={_greater(4)}){earlier}", tag
    for tag in offered:
        yield rf"^(?!.*\b{tag}~0000)", tag


def _not_before(tag: str, other: str) -> str:
    equal = rf"(?=.*\b{other}=\1\2\3\4)"
    # in the header, behind the mark, the other is named and this one is not before it
    until = rf"(?:(?!(?<=[@, \t]){tag}\b).)*"
    return rf"(?!{equal}[^@]*@{until}(?<=[@, \t]){other}\b)"


def weight_name(format_: AnyFormat) -> str:
    """Return the name of the variable with a format's weight."""
    return f"w_{re.sub('[^a-z0-9]', '_', format_.media_type)}_{len(format_.aliases)}"


def _q(name: str) -> str:
    return "q_" + re.sub("[^a-z0-9]", "_", name.replace("*", "any"))


def _q_rows(pattern: str) -> Iterator[tuple[str, str]]:
    start = rf"(?:^|,)[ \t]*{pattern}{_PARAMETER}"
    yield rf"{start}[ \t]*(?=,|$)", "1000"
    yield rf"{start}{_WEIGHT}1(?:\.0{{0,3}})?{_REST}", "1000"
    for digits in (3, 2, 1):
        yield rf"{start}{_WEIGHT}0\.([0-9]{{{digits}}}){_REST}", rf"0\1{'0' * (3 - digits)}"
    yield rf"{start}{_WEIGHT}0\.?{_REST}", "0000"


def _less(groups: int) -> str:
    """Return what matches `dddd|dddd` where the first number is less; behind it are the digits."""
    a = [groups + number for number in range(1, 5)]
    first = "".join(r"(\d)" for _ in a)
    return rf"{first}\|{_greater(4, groups, groups + 4)}"


def _greater(digits: int, groups: int = 0, used: int | None = None) -> str:
    """Return what matches a number greater than the one in the groups after `groups`."""
    used = groups + digits if used is None else used
    ways = []
    for place in range(digits):
        same = "".join(rf"\{groups + one + 1}" for one in range(place))
        ways.append(rf"{same}(\d)(?=.*#\d*\{groups + place + 1}\d*\{used + place + 1})")
    return f"(?:{'|'.join(ways)})"

"""Which lexical forms the datatypes of XML Schema allow, and which are canonical (storey 1).

Source: https://www.w3.org/TR/xmlschema11-2/
"""

import calendar
import json
import re
from types import MappingProxyType

from kg.rdf.namespaces import RDF, XSD

ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
MONTH, DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
CLOCK = r"(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)"
DOUBLE = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"
SIX = r"(?:[A-Za-z0-9+/] ?)"
INTEGER = r"[+-]?\d+"

FORMS = MappingProxyType(
    {
        "boolean": r"true|false|1|0",
        "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
        "double": DOUBLE,
        "float": DOUBLE,
        "date": rf"({YEAR})-({MONTH})-({DAY}){ZONE}",
        "dateTime": rf"({YEAR})-({MONTH})-({DAY})T{TIME}{ZONE}",
        "dateTimeStamp": rf"({YEAR})-({MONTH})-({DAY})T{TIME}{ZONE[:-1]}",
        "time": TIME + ZONE,
        "gYear": YEAR + ZONE,
        "gYearMonth": rf"{YEAR}-{MONTH}{ZONE}",
        "gMonth": rf"--{MONTH}{ZONE}",
        "gDay": rf"---{DAY}{ZONE}",
        "gMonthDay": rf"--(?:(?:02-(?!3)|(?:0[469]|11)-(?!31)|(?:0[13578]|1[02])-){DAY}){ZONE}",
        "duration": rf"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?{CLOCK}?",
        "dayTimeDuration": rf"-?P(?=.)(?:\d+D)?{CLOCK}?",
        "yearMonthDuration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?",
        "hexBinary": r"(?:[0-9a-fA-F]{2})*",
        "base64Binary": rf"(?:{SIX}{{4}})*+(?:{SIX}{{2}}(?:{SIX}=|= ?=))?",
        "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
        "anyURI": r"[^\s<>\"{}|\\^`]*",
    }
)  # fmt: skip
# the least and the greatest value of each type of integers
INTEGERS = MappingProxyType(
    {
        "integer": (None, None),
        "nonNegativeInteger": (0, None),
        "positiveInteger": (1, None),
        "nonPositiveInteger": (None, 0),
        "negativeInteger": (None, -1),
        **{n: (-(2 ** (b - 1)), 2 ** (b - 1) - 1)
           for n, b in (("byte", 8), ("short", 16), ("int", 32), ("long", 64))},
        **{f"unsigned{n}": (0, 2**b - 1)
           for n, b in (("Byte", 8), ("Short", 16), ("Int", 32), ("Long", 64))},
    }
)  # fmt: skip
# digits of an integer that is converted: Python refuses more, and no range is that far
DIGITS = 4_000
NUMBER = re.compile(r"([+-]?)0*(\d*)(?:\.(\d*?)0*)?")


def is_valid(lexical: str, datatype: str) -> bool:
    """Whether a lexical form has a value; of a datatype that is not known it is taken to.

    White space around a value is allowed, as the standard has it.
    """
    if datatype == f"{RDF}JSON":
        return _is_json(lexical)
    name = datatype.removeprefix(XSD)
    text = lexical.strip(" \t\r\n")
    if name in INTEGERS:
        return re.fullmatch(INTEGER, text, re.ASCII) is not None and _is_in_range(text, name)
    form = FORMS.get(name) if datatype.startswith(XSD) else None
    if form is None:
        return True
    matched = re.fullmatch(form, text, re.ASCII)
    return matched is not None and (name[:4] != "date" or _is_a_day(*matched.groups()))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_in_range(text: str, name: str) -> bool:
    least, greatest = INTEGERS[name]
    digits = text.lstrip("+-").lstrip("0")
    if len(digits) > DIGITS:
        return (least is None) if text[0] == "-" else greatest is None
    value = int(text)
    return (least is None or least <= value) and (greatest is None or value <= greatest)


def _is_a_day(year: str, month: str, day: str) -> bool:
    # the calendar repeats after 400 years, and Python knows no year before 1
    return int(day) <= calendar.monthrange(int(year[-4:]) % 400 + 400, int(month))[1]


def canonical(lexical: str, datatype: str) -> str:
    """Return the canonical form of a valid lexical form, or itself where there is no rule.

    Doubles are left as they are: 1.5e0 is how Turtle writes them. Of a decimal that is whole,
    both 1 and 1.0 are canonical: one is that of XML Schema 1.1, one of 1.0.
    """
    name = datatype.removeprefix(XSD)
    if not datatype.startswith(XSD) or name in ("string", "normalizedString", "token"):
        return lexical
    text = lexical.strip(" \t\r\n") if name in FORMS or name in INTEGERS else lexical
    if name == "boolean":
        return {"1": "true", "0": "false"}.get(text, text)
    if name in INTEGERS or name == "decimal":
        return _number(text)
    if name == "hexBinary":
        return text.upper()
    if name in ("date", "dateTime", "dateTimeStamp", "time"):
        return _moment(text)
    return text


def _number(text: str) -> str:
    matched = NUMBER.fullmatch(text)
    assert matched
    sign = "-" if matched[1] == "-" and text.strip("+-0.") else ""
    fraction = f".{matched[3]}" if matched[3] else ".0" if text.endswith(".0") else ""
    return f"{sign}{matched[2] or '0'}{fraction}"


def _moment(text: str) -> str:
    text = re.sub(r"[+-]00:00$", "Z", text)
    return re.sub(r"(:\d\d\.\d*?)0+(?=Z|[+-]|$)", lambda found: found[1].rstrip("."), text)

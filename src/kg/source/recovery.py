"""All syntax errors of one file (storey 1), where the engine stops at the first.

The engine says what an error is. After one, reading goes on at the next statement: behind the
next full stop, or at a line that begins like a statement and is one. Where in doubt, the doubtful
part is passed over: an error that is not named is found in the next run, one that is none sends
people looking for it. The file is never held in memory.
"""

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from pyoxigraph import QuadParser, parse

from kg.errors import AROUND, Problem
from kg.rdf.formats import N_QUADS, N_TRIPLES, TRIG, Format
from kg.source.encoding import first_byte, not_text
from kg.source.wording import SOMEWHERE, undeclared, worded

# errors of one file that are told, and that are counted
TOLD, COUNTED = 20, 1_000
# lines that may be the beginning of a statement and are tried, after one error
TRIED = 50
# bytes that the engine is given at a time
STEP = 1 << 16

NAME = rb"(?:[\w:%\-\x80-\xff]|\\.|\.(?=[\w:%\-\x80-\xff\\]))++"
STRING = (
    rb'"""(?:[^"\\]|\\.|"(?!""))*+"""'
    rb"|'''(?:[^'\\]|\\.|'(?!''))*+'''"
    rb'|"(?:[^"\\\n]|\\.)*+"'
    rb"|'(?:[^'\\\n]|\\.)*+'"
)
# what may hold a full stop or a brace that is none, then what ends a statement or begins a line
MARK = re.compile(
    rb"(?P<start>(?<=\n)(?=@?\w|[<\[(:\x80-\xff]))|#[^\n]*+|<[^<>\x00-\x20]*+>|\{\||\|\}"
    rb"|" + STRING + rb"|" + NAME + rb"|(?P<end>[.{}])",
    re.DOTALL,
)
DIRECTIVE = re.compile(rb"@?(?:prefix|base|version)\b", re.IGNORECASE)
PREFIX = re.compile(rb"@?prefix\s+([\w.\-\x80-\xff]*+)", re.IGNORECASE)
# bytes of a line from which on the engine forgets where the line began
LONG = 1 << 23
# bytes before an error in which a broken declaration is looked for
BEFORE = 300


class Fault(NamedTuple):
    """A syntax error: where its token begins and ends, in bytes, and the engine's message.

    `prefixes` are those that were declared up to there, `base` what relative IRIs are resolved by.
    """

    at: int
    end: int
    message: str
    prefixes: dict[str, str]
    base: str


def syntax_problems(path: Path, shown: str, format_: Format, base: str) -> list[Problem]:
    """Return the syntax errors of a file in one of the formats that are lines or statements.

    They are in the order of the file; of more than 20 the rest is counted. A file that is no
    text is one problem. `shown` is the file's name in the problems.
    """
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as text:
        if words := not_text(text):
            return [Problem(shown, 1, 1, words)]
        faults = list(islice(_faults(text, format_, base), COUNTED))
        problems = [_problem(text, shown, fault) for fault in faults[:TOLD]]
    if (rest := len(faults) - TOLD) > 0:
        more = f"at least {rest:,}" if len(faults) == COUNTED else f"{rest:,}"
        problems.append(Problem(shown, 0, 0, f"and {more} more"))
    return problems


def _faults(text: mmap, format_: Format, base: str) -> Iterator[Fault]:
    at, head, by_lines = first_byte(text), "", format_ in (N_TRIPLES, N_QUADS)
    while fault := _first_fault(text, at, head, format_, base):
        yield _at_its_line(text, fault) if by_lines else fault
        if "UTF-8" in fault.message:
            return
        prefix = undeclared(fault.message)
        inside = format_ is TRIG and _in_graph(text, at, fault.at, begun="{" in head)
        silent = _half_declared(text, fault) if prefix is None else {prefix}
        if prefix is None:
            at = _next_line(text, fault) if by_lines else _resumed(text, fault, format_)
        if at < 0:
            return
        # read on from the same place, the prefix declared: it is told once
        inside = inside and text[at - 1 : at] != b"}" if prefix is None else "{" in head
        head = "" if by_lines else _head(fault, silent, inside=inside)


def _head(fault: Fault, silent: set[str], *, inside: bool) -> str:
    """Return a line that declares what the file has declared up to an error."""
    declared = {**dict.fromkeys(silent, "urn:undeclared:"), **fault.prefixes}
    lines = [f"PREFIX {name}: <{iri}>" for name, iri in declared.items()]
    return " ".join([*lines, f"BASE <{fault.base}>", "{" if inside else ""]) + "\n"


def _first_fault(text: mmap, at: int, head: str, format_: Format, base: str) -> Fault | None:
    parser = _parser(text, at, head, format_, base)
    try:
        deque(parser, maxlen=0)
    except SyntaxError as error:
        return _fault(text, at, head, error, parser)
    except MemoryError:
        # a term that is too long, which whoever loads the file says
        return None
    return None


def _parser(text: mmap, at: int, head: str, format_: Format, base: str) -> QuadParser:
    stream = cast("BinaryIO", _Piece(text, at, head.encode()))
    return parse(stream, format_.engine, base_iri=base)


class _Piece:
    """A binary stream: a head, then the text from a byte on."""

    def __init__(self, text: mmap, at: int, head: bytes) -> None:
        self.text, self.at, self.head = text, at, head

    def read(self, size: int = -1) -> bytes:
        if self.head:
            head, self.head = self.head, b""
            return head
        step = STEP if size < 0 else min(size, STEP)
        data = self.text[self.at : self.at + step]
        self.at += len(data)
        return data


def _fault(text: mmap, at: int, head: str, error: SyntaxError, parser: QuadParser) -> Fault:
    above = 1 if head else 0
    start = _offset(text, at, (error.lineno or 1) - above, error.offset or 1)
    end = _offset(text, at, (error.end_lineno or 1) - above, error.end_offset or 1)
    message = str(error.args[0]).partition(": ")[2] or str(error.args[0])
    begin = _offset(text, at, (error.lineno or 1) - above, 1)
    if (text.find(b"\n", begin) + 1 or len(text)) - begin > LONG:
        start = end = begin
        message = f"{message} {SOMEWHERE}"
    return Fault(start, max(start, end), message, parser.prefixes, parser.base_iri or "")


def _offset(text: mmap, at: int, line: int, column: int) -> int:
    """Return the byte of a line and column, both from 1 at the byte `at`."""
    for _ in range(line - 1):
        at = text.find(b"\n", at) + 1
    wide = text[at : at + 4 * column].decode(errors="replace")[: column - 1]
    return min(at + len(wide.encode()), len(text))


def _problem(text: mmap, file: str, fault: Fault) -> Problem:
    start = text.rfind(b"\n", 0, fault.at) + 1 or first_byte(text)
    end = text.find(b"\n", fault.at, fault.at + 4 * AROUND)
    before = text[start : fault.at].decode(errors="replace")
    after = text[fault.at : end if end >= 0 else fault.at + 4 * AROUND]
    shown = before[-AROUND:] + after.decode(errors="replace")[:AROUND].rstrip("\r")
    found = text[fault.at : min(fault.end, fault.at + 4 * AROUND)].decode(errors="replace")
    if not found and fault.at < len(text):
        found = "\n"
    message = worded(fault.message, found, begun=_has_begun(text, fault.at))
    return Problem(file, _line_of(text, start), len(before) + 1, message, shown)


def _line_of(text: mmap, at: int) -> int:
    return 1 + sum(text[i : min(i + STEP, at)].count(b"\n") for i in range(0, at, STEP))


def _has_begun(text: mmap, at: int) -> bool:
    """Whether a statement had begun before a byte: behind no full stop, brace or beginning."""
    lines = text[max(0, at - BEFORE) : at].splitlines()
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith(b"#")):
        lines.pop()
    return bool(lines) and not lines[-1].rstrip().endswith((b".", b"{", b"}"))


def _half_declared(text: mmap, fault: Fault) -> set[str]:
    """Return the prefixes of declarations just before an error: they may be what is broken."""
    names = PREFIX.findall(text[max(0, fault.at - BEFORE) : fault.end])
    return {name.decode(errors="replace") for name in names} - set(fault.prefixes)


def _in_graph(text: mmap, at: int, end: int, *, begun: bool) -> bool:
    """Whether a byte of TriG is within the braces of a graph, reading from `at`."""
    inside = begun
    for mark in MARK.finditer(text, at, end):
        if mark["end"] in (b"{", b"}"):
            inside = mark["end"] == b"{"
    return inside


def _resumed(text: mmap, fault: Fault, format_: Format) -> int:
    """Return the byte from which to read on after an error, -1 where there is none."""
    at, tried = fault.at, 0
    if fault.message.startswith(("Line jumps", "Unexpected end")) or SOMEWHERE in fault.message:
        # the rest of the line is within quotes, or not known
        at = text.find(b"\n", at) + 1 or len(text)
    for mark in MARK.finditer(text, at):
        if mark["end"] == b"." or (mark["end"] and format_ is TRIG):
            return mark.end()
        if mark["start"] is not None and tried < TRIED:
            tried += 1
            if _is_statement(text, mark.start(), fault, format_):
                return mark.start()
    return -1


def _is_statement(text: mmap, at: int, fault: Fault, format_: Format) -> bool:
    """Whether the engine reads a triple or a declaration from there, with no error before it."""
    if DIRECTIVE.match(text, at):
        return at != fault.at or not fault.message.startswith("The ")
    head = _head(fault, _half_declared(text, fault), inside=False)
    try:
        return next(_parser(text, at, head, format_, fault.base), None) is not None
    except (SyntaxError, MemoryError):
        return False


def _at_its_line(text: mmap, fault: Fault) -> Fault:
    """Return a fault of N-Triples at the end of the line that lacks its full stop."""
    before = text[text.rfind(b"\n", 0, fault.at) + 1 : fault.at]
    if "followed by a dot" not in fault.message or before.strip():
        return fault
    end = fault.at - len(before)
    while end and text[end - 1 : end].isspace():
        end -= 1
    return fault._replace(at=end, end=end)


def _next_line(text: mmap, fault: Fault) -> int:
    before = text[text.rfind(b"\n", 0, fault.at) + 1 : fault.at]
    if "followed by a dot" in fault.message and not before.strip():
        # the line itself is still to be read
        return fault.at if fault.at < len(text) else -1
    return text.find(b"\n", fault.at) + 1 or -1

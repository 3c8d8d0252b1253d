"""Write a new record of a project (storey 1) from its template, a text and spans of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from kg.anchoring.text import Text, span_in
from kg.errors import ProjectError
from kg.project import Project
from kg.rdf.formats import TURTLE
from kg.scaffold.template import FIELD, Template, filled, read_template
from kg.source.checks.times import implied
from kg.source.formatting.document import NotFormatted, formatted
from kg.source.loading import Source

NUMBERED = re.compile(r"N{2,}")
BOUNDS = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a record is to hold: the values of fields, and the span of each part by its name.

    The part "" is the record's own span, without which there are no others; `document` is the IRI
    of what the text is held for. Records of no text have neither.
    """

    today: date
    text: Text | None = None
    document: str = ""
    spans: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


def template_of(project: Project, name: str) -> Template:
    """Return the project's template of that name.

    Raises: ProjectError where there is none.
    """
    path = project.root / project.folders.templates / f"{name}.ttl"
    try:
        return read_template(str(path), path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(
            f"{path}: no template can be read there. kg init makes one; copy it from a new project."
        ) from error


def new_record(source: Source, template: Template, wanted: Wanted) -> tuple[Path, str]:
    """Return where a new record goes, and its text; nothing is written.

    Raises: ProjectError where a field is unknown, or a value or span cannot be used.
    """
    _refuse_unknown(template, wanted)
    values = {
        "base": source.written_base,
        "today": wanted.today.isoformat(),
        "number": _number(source, template),
        **(_of_text(wanted.text, wanted, source.base) if wanted.text else {}),
        **dict(_bounds(wanted.values)),
        **wanted.values,
    }
    name = NUMBERED.sub(values["number"], template.file).replace("$name", values.get("name", ""))
    return source.project.root / name, _laid_out(source, template, filled(template, values))


def _laid_out(source: Source, template: Template, text: str) -> str:
    """Return the record as `kg fmt` writes it; one that lacks values as the template has it.

    Its commented lines need prefixes that nothing else does.
    """
    try:
        formed = formatted(text, TURTLE, source.base, source.project.format.sorted)
    except (SyntaxError, NotFormatted) as error:
        raise ProjectError(f"{template.name}: what it makes is no Turtle: {error}.") from error
    return text if FIELD.search(text) else formed


def write_record(path: Path, text: str) -> None:
    """Write a record to a file that is not there.

    Raises: ProjectError where there is one, or it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise ProjectError(f"{path}: is there already, and nothing is overwritten.") from error
    except OSError as error:
        raise ProjectError(f"{path}: cannot be written: {error.strerror}.") from error


def _refuse_unknown(template: Template, wanted: Wanted) -> None:
    _refuse("--part", {*wanted.spans} - {""}, sorted(template.parts))
    _refuse("--set", wanted.values, sorted(template.known - template.parts))


def _refuse(
    option: str, given: Iterator[str] | Mapping[str, str] | set[str], known: list[str]
) -> None:
    for name in given:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(known)}."
            raise ProjectError(f"{option} {name}: the template has no such name. {hint}")


def _short(iri: str, base: str) -> str:
    return iri.removeprefix(base)


def _number(source: Source, template: Template) -> str:
    """Return the number after the highest that a file or an IRI of the data has.

    One that was withdrawn stays in the data, so that it is not given again.
    """
    found = NUMBERED.search(template.file)
    if not found:
        return ""
    digits = len(found[0])
    file = re.compile(_numbered(template.file, digits))
    iri = re.compile(_numbered(source.base + template.first, digits))
    names = (match for one in source.files if (match := file.fullmatch(one.path)))
    subjects = (str(getattr(q.subject, "value", "")) for q in source.quads("data"))
    used = [int(match[1]) for match in names]
    used += [int(match[1]) for match in map(iri.fullmatch, subjects) if match]
    return f"{max(used, default=0) + 1:0{digits}}"


def _numbered(pattern: str, digits: int) -> str:
    return NUMBERED.sub(rf"(\\d{{{digits}}})", re.escape(pattern))


def _of_text(text: Text, wanted: Wanted, base: str) -> Mapping[str, str]:
    return {
        "document": _short(wanted.document, base),
        "length": str(len(text.characters)),
        "text_digest": text.digest,
        **dict(_spans(text, wanted.spans)),
    }


def _spans(text: Text, spans: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    own = span_in(text, spans[""]) if spans else (0, 0)
    for part, span in spans.items():
        start, end = span_in(text, span, own) if part else own
        prefix = f"{part}_" if part else ""
        if part:
            yield part, span
        yield f"{prefix}start", str(start)
        yield f"{prefix}end", str(end)
        yield f"{prefix}digest", text.digest_of(start, end)


def _bounds(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the four bounds of each field that is a date in EDTF; an open side has none."""
    for name, value in values.items():
        if name == "edtf" or name.endswith("_edtf"):
            bounds: Sequence[str | None] | None = implied(value)
            if bounds is None:
                raise ProjectError(
                    f"--set {name}={value}: no date of EDTF. Write it as in 2014, 2015-09 or "
                    "2015-09/2018-01."
                )
            for bound, day in zip(BOUNDS, bounds, strict=True):
                yield f"{name}_{bound}", day or ""

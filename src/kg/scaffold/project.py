"""Make a new project (storey 1) from one of the projects that the package carries.

A file that ends in `.in` has fields like `$base` and loses that suffix; `dot-` at the head of a
name becomes a point. Every other file is copied as it is. In a file with fields, a line that is a
text stays if its language is wanted, and one that ends in `# unless ar fr` if one of these is not.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from pyoxigraph import Literal

from kg.errors import ProjectError
from kg.project import checked_base
from kg.source.formatting.files import files_at, format_file

PROJECTS = Path(__file__).parent / "projects"

# what may be in the folder before: a clone of an empty repository has it
ALLOWED = frozenset({".git"})

# names of that many files are shown where a folder is not empty
SHOWN = 5

FIELDS = ".in"
DOT = re.compile(r"(^|/)dot-")
TEXT = re.compile(r'[^#\n]*"@([a-z-]+) ;\n')
UNLESS = re.compile(r"  # unless ([a-z ]+)\n")
EXPECTED = re.compile(rb"^#\+ expect:.*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NewProject:
    """What a new project is to be: which of the package's, its base IRI, title and languages.

    `languages` are tags of those that its names are written in: English, the title's, and others;
    `today` is the date of its records.
    """

    kind: str
    base: str
    title: str
    languages: Sequence[str]
    today: date


def languages_of(kind: str) -> tuple[str, ...]:
    """Return the languages that the texts of a project of the package are written in, sorted."""
    texts = (path.read_text("utf-8") for path in (PROJECTS / kind).rglob(f"*.ttl{FIELDS}"))
    return tuple(sorted({tag for text in texts for tag in TEXT.findall(text)}))


def make_project(folder: Path, wanted: NewProject) -> None:
    """Make the project in a folder that is empty or not there: all of it, or nothing.

    Raises: ProjectError where the folder is not empty, cannot be written to, or where base,
    title or languages cannot be used.
    """
    checked_base(wanted.base, "--base")
    _check(wanted)
    _require_empty(folder)
    with suppress(FileNotFoundError):
        folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            _fill(made, wanted)
            _format(made)
            _put(made, folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise ProjectError(f"{folder}: cannot be written: {error.strerror}.") from error


def _check(wanted: NewProject) -> None:
    known = languages_of(wanted.kind)
    for tag in wanted.languages:
        if tag not in known:
            raise ProjectError(
                f"--language {tag}: the example is written in {', '.join(known)}. "
                "Begin with one of these; the README says how to add others."
            )
    if not wanted.title.isprintable() or not wanted.title.strip():
        raise ProjectError(f"--title {wanted.title!r}: a title is one line of text.")


def _require_empty(folder: Path) -> None:
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise ProjectError(f"{folder}: a file is there already. Name a folder that is not there.")
    there = sorted({path.name for path in folder.iterdir()} - ALLOWED)
    if there:
        more = f" and {len(there) - SHOWN:,} more" if len(there) > SHOWN else ""
        raise ProjectError(
            f"{folder}: not empty, and nothing is overwritten. There is: "
            f"{', '.join(there[:SHOWN])}{more}. Name a folder that is empty or not there."
        )


def _fill(folder: Path, wanted: NewProject) -> None:
    origin = PROJECTS / wanted.kind
    fields = _fields(wanted)
    for path in _files(origin):
        name = path.relative_to(origin).as_posix()
        target = folder / DOT.sub(r"\1.", name).removesuffix(FIELDS)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_content(path, fields, wanted.languages))


def _format(folder: Path) -> None:
    """Write the Turtle as `kg fmt` would: which prefixes come first depends on the base."""
    for file in files_at([folder]):
        one = format_file(*file)
        assert not one.problems, one.problems
        one.path.write_bytes(one.after.encode())


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, also behind links to folders, in the order of names."""
    for place, folders, names in os.walk(folder, followlinks=True):
        folders.sort()
        yield from (Path(place) / name for name in sorted(names))


def _content(path: Path, fields: Mapping[str, str], languages: Sequence[str]) -> bytes:
    if path.suffix == ".rq":
        # what an answer must be is said of the data that the query was written for
        return EXPECTED.sub(b"", path.read_bytes())
    if path.suffix != FIELDS:
        return path.read_bytes()
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(UNLESS.sub("\n", line) for line in lines if _is_wanted(line, languages))
    return Template(kept).substitute(fields).encode()


def _is_wanted(line: str, languages: Sequence[str]) -> bool:
    """Whether a line stays: a text in a language that is wanted, a rule for one that is not."""
    text, unless = TEXT.fullmatch(line), UNLESS.search(line)
    if unless:
        return not set(unless[1].split()) <= set(languages)
    return not text or text[1] in languages


def _fields(wanted: NewProject) -> dict[str, str]:
    return {
        "base": wanted.base,
        "title": wanted.title,
        "title_written": str(Literal(wanted.title))[1:-1],
        "language": wanted.languages[0],
        "today": wanted.today.isoformat(),
    }


def _put(made: Path, folder: Path) -> None:
    """Move what was made to its place; where that fails half-way, take back what was moved."""
    folder.mkdir(exist_ok=True)
    moved: list[Path] = []
    try:
        for path in sorted(made.iterdir()):
            # one at a time: what was moved is known when one fails
            moved.append(path.rename(folder / path.name))  # noqa: PERF401
    except BaseException:
        for target in moved:
            target.rename(made / target.name)
        raise

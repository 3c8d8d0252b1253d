"""The commands of `kg claim` (storey 5): records of a text, and of what claims do to another."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from kg.anchoring.anchors import same_document
from kg.anchoring.text import Text, read_text
from kg.cli.options import Document, Folder, exit_codes, opened, pairs, read_source, slug
from kg.errors import ProjectError
from kg.scaffold.record import Wanted, new_record, template_of, write_record
from kg.source.checking import check as check_source
from kg.source.loading import Source

TEXT_HELP = "The text that was read, in UTF-8."
SPAN_HELP = "Where the claim stands: 120:188, its words, or 'first words … last words'."
PART_HELP = "NAME=SPAN of a part with a place of its own, as in --part source='The council said'."
CLAIM_HELP = "A claim by the last part of its IRI, as in c-0012."
RELATION_HELP = "What the first does to the second, as the template has it: rebuts, supports …"
SET_HELP = "NAME=VALUE of a field of the template, as often as wanted."
CHECK_HELP = "Say what the shapes still want of the record; --no-check in scripts."

Check = Annotated[bool, typer.Option("--check/--no-check", help=CHECK_HELP)]
Held = Annotated[Path, typer.Argument(metavar="TEXT", help=TEXT_HELP)]
Values = Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help=SET_HELP)]
Parts = Annotated[list[str] | None, typer.Option("--part", metavar="NAME=SPAN", help=PART_HELP)]

claim = typer.Typer(name="claim", help="Write records of what a text says.", no_args_is_help=True)


@claim.command()
def new(
    text: Held,
    folder: Folder = Path(),
    span: Annotated[str, typer.Option(help=SPAN_HELP)] = "",
    part: Parts = None,
    set_: Values = None,
    document: Document = "",
    check: Check = True,
) -> None:
    """Write a claim's file: its number, places and digests; then say what it still lacks."""
    with exit_codes():
        if not span:
            raise ProjectError("--span: say where in the text the claim stands.")
        spans = {"": span, **pairs("--part", part or ())}
        held, source = _read(text, folder)
        iri = same_document(source, held, document)
        wanted = Wanted(_today(), held, iri, spans, pairs("--set", set_ or ()))
        _write(source, "claim", wanted, checked=check)


@claim.command()
def document(text: Held, folder: Folder = Path(), set_: Values = None, check: Check = True) -> None:
    """Describe a text as a document: its length and digest, never its words."""
    with exit_codes():
        values = {"name": slug(text.stem) or "document", **pairs("--set", set_ or ())}
        held, source = _read(text, folder)
        _write(source, "document", Wanted(_today(), held, values=values), checked=check)


@claim.command()
def argument(
    from_: Annotated[str, typer.Argument(metavar="FROM", help=CLAIM_HELP)],
    relation: Annotated[str, typer.Argument(help=RELATION_HELP)],
    to: Annotated[str, typer.Argument(help=CLAIM_HELP)],
    folder: Folder = Path(),
    set_: Values = None,
    check: Check = True,
) -> None:
    """Write what one claim does to another, and who draws that edge."""
    with exit_codes():
        ends = {"from": from_, "relation": relation, "to": to}
        wanted = Wanted(_today(), values={**pairs("--set", set_ or ()), **ends})
        _write(read_source(opened(folder, None, None)), "argument", wanted, checked=check)


def _read(text: Path, folder: Path) -> tuple[Text, Source]:
    return read_text(text), read_source(opened(folder, None, None))


def _today() -> date:
    return datetime.now(UTC).date()


def _write(source: Source, name: str, wanted: Wanted, *, checked: bool) -> None:
    project = source.project
    path, text = new_record(source, template_of(project, name), wanted)
    write_record(path, text)
    typer.echo(f"written: {path}")
    if not checked:
        return
    shown = path.relative_to(project.root).as_posix()
    results = [one for one in check_source(read_source(project)).results if one.file == shown]
    for one in results:
        typer.echo(f"{one.severity.label}  {one.file}:{one.line}:{one.column}  {one.message}")
    if not results:
        typer.echo("the shapes want nothing more of it")

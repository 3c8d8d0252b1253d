"""The command `kg anchors` (storey 5)."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kg.anchoring.anchors import anchors_in, digests_of, document_of, said_of
from kg.anchoring.mending import mended
from kg.anchoring.moving import Finding, State, find_anchors
from kg.anchoring.text import Text, read_text
from kg.cli.options import Document, Folder, exit_codes, opened, read_source
from kg.errors import ProjectError
from kg.source.formatting.files import write_text
from kg.source.loading import Source

TEXT_HELP = "The text as it is now, in UTF-8."
WAS_HELP = "The text as it was: then words that were changed are found too."
FIX_HELP = "Write the new offsets of what has only moved."
NEAR_HELP = "With --fix: also of what reads otherwise now, with new digests."


def anchors(
    text: Annotated[Path, typer.Argument(metavar="TEXT", help=TEXT_HELP)],
    folder: Folder = Path(),
    was: Annotated[Path | None, typer.Option(help=WAS_HELP)] = None,
    fix: Annotated[bool, typer.Option("--fix", help=FIX_HELP)] = False,
    near: Annotated[bool, typer.Option("--near", help=NEAR_HELP)] = False,
    document: Document = "",
) -> None:
    """Check that anchors are where they say in a text, and repair their offsets."""
    with exit_codes():
        if near and not fix:
            raise ProjectError("--near: only with --fix. Read first what it would accept.")
        held, old = read_text(text), read_text(was) if was else None
        source = read_source(opened(folder, None, None))
        iri = document_of(source, old or held, document)
        _require_old(source, iri, old)
        findings = find_anchors(anchors_in(source, iri), held, old)
        for line in _lines(source, findings):
            typer.echo(line)
        code = _fixed(source, iri, findings, held, near=near) if fix else _left(findings)
        if not findings:
            typer.echo(f"no anchors lie in <{iri}>", err=True)
        raise typer.Exit(code)


def _require_old(source: Source, iri: str, old: Text | None) -> None:
    known = {digest for digest, _ in digests_of(said_of(source), iri)}
    if old and known and old.digest not in known:
        raise ProjectError(f"--was {old.path}: not the text that <{iri}> has the digest of.")


def _fixed(source: Source, iri: str, findings: Sequence[Finding], text: Text, *, near: bool) -> int:
    """Write what may be written, and return the exit code of what is left."""
    accepted = tuple(
        one if near or one.state is not State.NEAR else replace(one, state=State.LOST)
        for one in findings
    )
    for file, content in mended(source, iri, accepted, text).items():
        write_text(source.project.root / file, content)
        typer.echo(f"written: {file}", err=True)
    return 1 if any(one.state is State.LOST for one in accepted) else 0


def _left(findings: Sequence[Finding]) -> int:
    return 1 if any(one.state is not State.KEPT for one in findings) else 0


def _lines(source: Source, findings: Sequence[Finding]) -> Iterator[str]:
    for one in findings:
        if one.state is State.KEPT:
            continue
        iri = one.anchor.iri.removeprefix(source.base)
        place = f"{one.anchor.at[0].file}: <{iri}> {one.anchor.start}:{one.anchor.end}"
        yield f"{place} {_words(one)}"
        if one.state is State.NEAR:
            yield from (f"    {line}" for line in _difference(one.before, one.now))
    count = Counter(one.state.value for one in findings)
    yield ", ".join(f"{count[state.value]:,} {state.value}" for state in State)


def _words(one: Finding) -> str:
    if one.state is State.LOST:
        if one.places > 1:
            return f"lost: {one.places:,} places read the same, and none is nearer"
        return "lost: its words are nowhere. --was OLD-TEXT finds what was changed"
    if one.state is State.NEAR:
        return f"reads otherwise at {one.start}:{one.end} ({one.likeness:.0f} % alike)"
    several = f", the nearest of {one.places:,} that read the same" if one.places > 1 else ""
    return f"moved to {one.start}:{one.end}{several}"


def _difference(before: str, now: str) -> Iterator[str]:
    for line in difflib.ndiff([" ".join(before.split())], [" ".join(now.split())]):
        yield line.rstrip("\n")

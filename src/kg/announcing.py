"""What `kg serve` prints when it is there (storey 5): where, how much it is, and what to try."""

from collections.abc import Sequence

import typer

from kg.dataset.snapshot import Snapshot, instances
from kg.rdf.lines import visible
from kg.source.reports.text import verdict
from kg.views.list_names import plural
from kg.views.overview import commands
from kg.views.site import site_part


def announce(snapshot: Snapshot, classes: Sequence[str], address: tuple[str, int]) -> None:
    """Print where the data set is served, how much it is, and what to try next."""
    host, port = address[:2]
    local = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    counts = [f"{snapshot.files} files", f"{snapshot.triples:,} triples"]
    for class_ in classes:
        count = len(instances(snapshot, class_))
        counts.append(f"{count:,} {plural(snapshot, class_, count).text}")
    typer.secho(f"{local}/", bold=True)
    typer.echo(f"  {visible(site_part(snapshot).title.text)}")
    typer.echo(f"  {visible(', '.join(counts))}")
    typer.echo(f"  {verdict(snapshot.report)}")
    if not snapshot.canonical:
        typer.echo(
            "  Blank nodes look too much alike for a canonical form: the snapshot's id "
            "depends on how the files are written."
        )
    typer.echo(f"  IRIs under {snapshot.base} are answered under {local}/")
    typer.echo("Try:")
    for command in commands(snapshot, classes, local):
        typer.echo(f"  {command}")
    typer.echo("Ctrl+C stops the server.")

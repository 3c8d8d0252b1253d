"""Write the whole site into a folder (storey 5): in several processes, whole or not at all."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kg import __version__
from kg.export import apache
from kg.export.addresses import ABSENT, Address, addresses
from kg.export.asking import Asker
from kg.export.collecting import Collector
from kg.export.folders import RECORD, replacing
from kg.export.gathering import Step, gathered
from kg.export.naming import extensions, names_of
from kg.export.nginx import example, maps, server
from kg.export.replies import INSIDE, Entry, Kind, Reply, problem_file
from kg.export.rules import Rules, rules_of
from kg.publication import Publication
from kg.rdf.formats import HTML, PROBLEM, AnyFormat
from kg.views.html import render
from kg.views.pages import ErrorPage
from kg.web.app import create_app
from kg.web.memo import Memo
from kg.web.readers import offered, readers

OFFER_OF_ERRORS = (PROBLEM, HTML)

NOTHING = "Nothing is described at this address."
ABSENT_HERE = (
    "This site is a copy in files, and only a program can answer here: queries, search, other "
    "parameters. The dumps, such as /dump.nq, hold all of the data."
)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: `files` and their `bytes`, and how many `addresses` they answer."""

    files: int
    bytes: int
    addresses: int


# given a number of steps, a context that yields what is called after each of them
Steps = Callable[[int], AbstractContextManager[Step]]


def _untold(_total: int) -> AbstractContextManager[Step]:
    return nullcontext(lambda: None)


def export(
    publication: Publication,
    folder: Path,
    address: str,
    processes: int = 1,
    steps: Steps = _untold,
) -> Exported:
    """Write the site of a publication into the folder, as if it were served at that address.

    The folder is new, empty or an export of ours, which is replaced as a whole. The address is
    `https://example.org`, without a slash at its end. `steps` hears of each address.
    Raises: ProjectError for another folder, StoreUnavailable when a part of the site failed.
    """
    with replacing(folder) as unfinished:
        files = unfinished / "files"
        files.mkdir()
        wanted = addresses(publication)
        collector = _collector(publication, files, address, wanted)
        with steps(len(wanted)) as step:
            entries = gathered(collector, wanted, processes, step)
        rules = _rules(publication, collector, entries, wanted)
        _write_rules(rules, unfinished, folder.absolute(), address, collector.languages)
        base = publication.snapshot.base
        if not base.startswith(f"{address}/"):
            _write(unfinished / "w3id", {".htaccess": iter([apache.forwarding(base, address)])})
        written = [path for path in files.rglob("*") if path.is_file()]
        done = Exported(len(written), sum(p.stat().st_size for p in written), len(entries))
        record = {
            "kg": __version__,
            "snapshot": publication.snapshot.id,
            "address": address,
            "files": done.files,
            "bytes": done.bytes,
        }
        (unfinished / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return done


def _collector(
    publication: Publication, files: Path, address: str, wanted: Sequence[Address]
) -> Collector:
    names = dict(names_of(_key(one.target) for one in wanted))
    for one in wanted:
        begin = names[_key(one.target)]
        for format_, url in one.suffixes:
            if "?" not in url and not begin.startswith("_/"):
                names.setdefault(unquote(url), f"{begin}.{format_.extension}")
    asker = Asker(create_app(publication, Memo(0)), address)
    return Collector(asker, files, names, offered(publication), extensions())


def _key(target: str) -> str:
    return target if "?" in target else unquote(target)


def _rules(
    publication: Publication,
    collector: Collector,
    entries: Sequence[Entry],
    wanted: Sequence[Address],
) -> Rules:
    offers = dict.fromkeys([OFFER_OF_ERRORS, *(one.offered for one in wanted if one.offered)])
    absent, nothing = (
        asyncio.run(_error(publication, collector, name, text))
        for name, text in (("absent", ABSENT_HERE), ("nothing", NOTHING))
    )
    failed = {r.status for e in entries for _, _, r in e.kind.replies if r.status >= 400}
    for status in sorted(failed):
        _problem(collector.folder, status, _detail(status))
    every: tuple[Sequence[AnyFormat], ...] = tuple(offers)
    skipped = {unquote(one.target.partition("?")[0]) for one in wanted if one.strict}
    elsewhere = (*ABSENT, *sorted(skipped))
    return rules_of(entries, absent, nothing, elsewhere, every, collector.languages)


def _detail(status: int) -> str:
    if status == HTTPStatus.NOT_ACCEPTABLE:
        return "Accept names nothing that there is here. The Link header says what there is."
    return "There is no such answer here."


async def _error(publication: Publication, collector: Collector, name: str, detail: str) -> Kind:
    """Write the pages of an error, and return the kind of the addresses that have it."""
    status = HTTPStatus.NOT_FOUND
    problem = _problem(collector.folder, status, detail, name)
    replies = []
    for format_ in OFFER_OF_ERRORS:
        answer = await collector.asker.ask(f"{INSIDE}nothing", format_.media_type)
        said = dict(h for h in answer.headers if h[0] not in ("content-type", "content-length"))
        if format_ is PROBLEM:
            reply = Reply(status, "", problem, tuple(sorted(said.items())))
            replies += [(PROBLEM.extension, "", reply), ("none", "", reply)]
            continue
        for language, reader in readers(publication).by_language.items():
            page = render(ErrorPage(reader.site, status.value, status.phrase, detail))
            file = f"_/{name}.{language}.html"
            (collector.folder / file).write_bytes(page.body)
            headers = {**said, "content-language": language}
            reply = Reply(status, "", file, tuple(sorted(headers.items())))
            replies += [(HTML.extension, f"{mark}{language}", reply) for mark in ("", "+")]
    return Kind(tuple(f.extension for f in OFFER_OF_ERRORS), tuple(replies))


def _problem(folder: Path, status: int, detail: str, name: str = "") -> str:
    """Write a problem that says no more than that, and return the name of its file."""
    file = problem_file(status, name)
    (folder / "_").mkdir(exist_ok=True)
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": int(status), "detail": detail}
    (folder / file).write_text(json.dumps(body), encoding="utf-8")
    return file


def _write_rules(
    rules: Rules, unfinished: Path, folder: Path, address: str, languages: Sequence[str]
) -> None:
    types = {extension: type_ for type_, extension in extensions().items()}
    place = unfinished / "nginx"
    host = urlsplit(address).hostname or "_"
    texts = {
        "maps.conf": maps(rules),
        "site.conf": server(rules, folder / "files", types),
        "server.conf": iter([example(folder, host)]),
    }
    _write(place, texts)
    tables = {f"{name}.txt": lines for name, lines in apache.maps(rules)}
    beside = {
        "site.conf": apache.site(rules, folder, address, types, languages),
        "server.conf": iter([apache.example(folder)]),
    }
    _write(unfinished / "apache", {**tables, **beside})


def _write(place: Path, texts: Mapping[str, Iterator[str]]) -> None:
    place.mkdir(exist_ok=True)
    for name, lines in texts.items():
        with (place / name).open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)

"""Ask for every reply of an address, and write what it says into files (storey 5)."""

import re
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote

from kg.dataset.addresses import in_language, page_path
from kg.errors import StoreUnavailable
from kg.export.addresses import Address
from kg.export.asking import Answered, Asker
from kg.export.naming import digest_of
from kg.export.replies import Entry, Kind, Reply, marked, stem_of
from kg.rdf.formats import AnyFormat

# what a web server says of a file by itself, or by the file's name
ITS_OWN = frozenset(
    {"etag", "last-modified", "content-length", "content-type", "accept-ranges", "location"}
)

# a name of a type that nobody offers
NONE = "none/none"

LEADS = (301, 302, 303, 307, 308)
WITH_BODY = (HTTPStatus.OK, HTTPStatus.GONE)
PAGE = re.compile(r"page=([0-9]+)")


@dataclass(frozen=True, slots=True)
class Collector:
    """Asks and writes: `names` begin the names of files by address, `languages` are of pages.

    `extensions` are those of files, by Content-Type.
    """

    asker: Asker
    folder: Path
    names: Mapping[str, str]
    languages: Sequence[str]
    extensions: Mapping[str, str]

    async def collect(self, address: Address) -> list[Entry]:
        """Write the files of an address and of its further pages, and return what is where.

        An answer that nobody may keep is left out.
        Raises: StoreUnavailable where the application answers that it failed.
        """
        first = await self._entry(address.target, address)
        if not _lasts(first):
            return []
        entries = [first]
        while address.turns and await self._has_page(address, len(entries) + 1):
            entries.append(await self._entry(page_path(address.target, len(entries) + 1), address))
        paged = len(entries) > 1
        if paged and (address.strict or "?" in address.target):
            entries.append(await self._entry(page_path(address.target, 1), address))
        for format_, url in address.suffixes:
            same = stem_of(unquote(url)) == stem_of(unquote(address.target))
            if paged or not same or format_ not in address.offered:
                entries += await self.collect(Address(url, strict=address.strict, turns=paged))
            else:
                # a document of one page says the same under each of its names
                entries.append(_only(first, url, format_, strict=address.strict))
        return entries

    async def _has_page(self, address: Address, number: int) -> bool:
        accept = address.offered[0].media_type if address.offered else ""
        answer = await self.asker.ask(page_path(address.target, number), accept)
        return answer.status == HTTPStatus.OK

    async def _entry(self, target: str, address: Address) -> Entry:
        path, _, query = target.partition("?")
        replies = tuple([reply async for reply in self._replies(target, address)])
        kind = Kind(tuple(f.extension for f in address.offered), replies)
        return Entry(unquote(path), query if address.strict or query else None, kind)

    async def _replies(
        self, target: str, address: Address
    ) -> AsyncIterator[tuple[str, str, Reply]]:
        for format_ in address.offered:
            async for language, reply in self._spoken(target, format_.media_type, address):
                yield format_.extension, language, reply
        if address.offered:
            refused = await self.asker.ask(target, NONE)
            yield "none", "", self._written(target, address, refused, "")
        else:
            async for language, reply in self._spoken(target, "", address):
                yield "any", language, reply

    async def _spoken(
        self, target: str, accept: str, address: Address
    ) -> AsyncIterator[tuple[str, Reply]]:
        """Yield the replies by language: one of "" where there is none to choose."""
        method = "HEAD" if address.kept else "GET"
        plain = await self.asker.ask(target, accept, method=method)
        by_reader = "accept-language" in plain.header("vary").lower()
        several = self.languages if len(self.languages) > 1 else ()
        if not (by_reader and several):
            yield "", self._written(target, address, plain, "")
        for language in several if by_reader else ():
            answer = await self.asker.ask(target, accept, language)
            yield language, self._written(target, address, answer, language)
        for language in several if by_reader or plain.status in LEADS else ():
            answer = await self.asker.ask(in_language(target, language), accept)
            yield f"+{language}", self._written(target, address, answer, f"lang-{language}")

    def _written(self, target: str, address: Address, answer: Answered, language: str) -> Reply:
        """Return the reply; its body is in a file now."""
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise StoreUnavailable(f"{target}: the application answered {answer.status}.")
        stem = stem_of(unquote(target.partition("?")[0]))
        headers = self._headers(answer, stem)
        if answer.status in LEADS:
            return Reply(answer.status, marked(answer.header("location"), stem), "", headers)
        if answer.status not in WITH_BODY:
            return Reply(answer.status, "", "", headers)
        name = self._name(target, answer.header("content-type"), language)
        place = self.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if address.kept:
            shutil.copyfile(address.kept, place)
        else:
            place.write_bytes(answer.body)
        return Reply(answer.status, "", marked(name, stem), headers)

    def _name(self, target: str, content_type: str, language: str) -> str:
        path, _, query = target.partition("?")
        begin = self.names.get(target if query else unquote(path)) or digest_of(target)
        if (page := PAGE.fullmatch(query)) and unquote(path) in self.names:
            begin = f"{self.names[unquote(path)]}.page-{page[1]}"
        ending = f".{self.extensions[content_type]}"
        first = not language or language == self.languages[0]
        return f"{begin.removesuffix(ending)}{'' if first else f'.{language}'}{ending}"

    def _headers(self, answer: Answered, stem: str) -> tuple[tuple[str, str], ...]:
        said = (header for header in answer.headers if header[0] not in ITS_OWN)
        return tuple(sorted((name, marked(value, stem)) for name, value in said))


def _lasts(entry: Entry) -> bool:
    """Whether some reply is an answer, and all of those may be kept."""
    answers = [r for _, _, r in entry.kind.replies if r.status in (*WITH_BODY, *LEADS)]
    return bool(answers) and not any(
        r.status == HTTPStatus.OK and dict(r.headers).get("cache-control") == "no-store"
        for r in answers
    )


def _only(entry: Entry, url: str, format_: AnyFormat, *, strict: bool) -> Entry:
    """Return the entry of a document in one format, which has the replies of the document."""
    path, _, query = url.partition("?")
    replies = tuple(
        ("any", language, reply)
        for choice, language, reply in entry.kind.replies
        if choice == format_.extension
    )
    return Entry(unquote(path), query if strict else None, Kind((), replies))

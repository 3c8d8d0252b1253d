"""The rules of an export (storey 5): kinds and replies by number, for any web server's syntax."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.export.accept import Choice, choice_of, language_choice, weights_of
from kg.export.replies import Entry, Kind, Reply
from kg.rdf.formats import AnyFormat


@dataclass(frozen=True, slots=True)
class Rules:
    """What a web server looks up, in the order in which it does.

    `exact` and `plain` are the numbers of kinds, by address with its query and by path alone.
    `offers` are the numbers of offers by kind; `picked` is a reply's number, or L and the number
    of replies by language, by kind and choice; `spoken` the reply by that and a language.
    `nothing` is the kind of what is not there. `choices` come before these, in that order.
    """

    exact: Mapping[str, int]
    plain: Mapping[str, int]
    offers: Mapping[int, int]
    picked: Mapping[str, str]
    spoken: Mapping[str, int]
    replies: Sequence[Reply]
    nothing: int
    choices: Sequence[Choice]

    def headers(self) -> list[str]:
        """Return the names of all headers that replies have."""
        return sorted({name for reply in self.replies for name, _ in reply.headers})

    def statuses(self) -> list[int]:
        """Return the statuses other than 200 that replies have."""
        return sorted({reply.status for reply in self.replies} - {200})


def rules_of(
    entries: Iterable[Entry],
    absent: Kind,
    nothing: Kind,
    elsewhere: Iterable[str],
    offers: Sequence[Sequence[AnyFormat]],
    languages: Sequence[str],
) -> Rules:
    """Return the rules for the entries.

    `absent` is the kind of what no file can answer, at paths that have no entry for any query and
    at those of `elsewhere`; `nothing` is that of all other addresses.
    """
    kinds: dict[Kind, int] = {}
    exact: dict[str, int] = {}
    plain: dict[str, int] = {}
    asked = dict.fromkeys(elsewhere)
    for entry in entries:
        number = kinds.setdefault(entry.kind, len(kinds))
        if entry.query is None:
            plain[entry.path] = number
        else:
            exact[f"{entry.path}?{entry.query}"] = number
            asked.setdefault(entry.path)
    for kind in (absent, nothing):
        kinds.setdefault(kind, len(kinds))
    plain = {**dict.fromkeys(asked, kinds[absent]), **plain}
    replies = {r: n for n, r in enumerate(dict.fromkeys(_replies(kinds)))}
    picked, spoken = _picked(kinds, replies, languages)
    by_extension = {tuple(f.extension for f in offer): n for n, offer in enumerate(offers)}
    return Rules(
        exact,
        plain,
        {number: by_extension[kind.offer] for kind, number in kinds.items() if kind.offer},
        picked,
        spoken,
        tuple(replies),
        kinds[nothing],
        _choices(offers, languages),
    )


def _choices(offers: Sequence[Sequence[AnyFormat]], languages: Sequence[str]) -> tuple[Choice, ...]:
    return (
        *weights_of("{http_accept}", (format_ for offer in offers for format_ in offer)),
        *(choice_of(f"offer_{number}", offer) for number, offer in enumerate(offers)),
        *language_choice("language", "{http_accept_language}", "{args}", languages),
    )


def _replies(kinds: Iterable[Kind]) -> Iterator[Reply]:
    return (reply for kind in kinds for _, _, reply in kind.replies)


def _picked(
    kinds: Mapping[Kind, int], numbers: Mapping[Reply, int], languages: Sequence[str]
) -> tuple[dict[str, str], dict[str, int]]:
    picked: dict[str, str] = {}
    spoken: dict[str, int] = {}
    sets: dict[tuple[tuple[str, int], ...], int] = {}
    for kind, number in kinds.items():
        for choice, group in groupby(kind.replies, key=lambda one: one[0]):
            by_language = {language: numbers[reply] for _, language, reply in group}
            key = f"{number} {'' if choice == 'none' else choice}"
            if set(by_language) == {""}:
                picked[key] = str(by_language[""])
                continue
            plain = {tag: by_language.get(tag, by_language.get("", -1)) for tag in languages}
            whole = tuple({**plain, **by_language}.items())
            picked[key] = f"L{sets.setdefault(whole, len(sets))}"
    for whole, number in sets.items():
        spoken |= {f"L{number} {tag}": reply for tag, reply in whole if tag}
    return picked, spoken


def same_but_for_case(addresses: Iterable[str]) -> frozenset[str]:
    """Return the addresses of which there are several that differ in the case of ASCII letters."""
    by_lower: dict[str, list[str]] = {}
    for address in addresses:
        lower = re.sub("[A-Z]", lambda letter: letter[0].lower(), address)
        by_lower.setdefault(lower, []).append(address)
    return frozenset(one for group in by_lower.values() if len(group) > 1 for one in group)

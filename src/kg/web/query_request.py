"""What a request for the answer to a stored query asks for (storey 4).

The query says which parameters it has; `format`, `lang`, `page`, `pageSize`, `timeout` and `view`
are those of every query. Everything that is wrong is named at once.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request

from kg.dataset.parameters import RESERVED
from kg.dataset.queries import LARGEST_PAGE, StoredQuery
from kg.errors import ParametersRefused
from kg.publication import Publication
from kg.rdf.formats import FORMATS, HTML, AnyFormat
from kg.rdf.negotiation import choose
from kg.rdf.sparql_text import query_form
from kg.views.stored import formats_of
from kg.web.requests import Parameters, accept_of

# rows on a page for people, where the query does not say how many
ROWS = 100
# seconds that a client may wait, at most
LONGEST = 86_400
# digits of a number in a URL
DIGITS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for the answer to a stored query.

    `given` are its own parameters; `text` is the query with them in it; `page` counts from 1,
    `size` is the rows of a page, 0 where all are wanted at once; `kept` are the parameters that
    links to other pages keep; `view` is how people want to see it, "" for the first way.
    """

    query: StoredQuery
    given: Mapping[str, str]
    text: str
    page: int
    size: int
    kept: Mapping[str, str]
    seconds: float
    view: str = ""


def wanted_format(request: Request, parameters: Parameters, query: StoredQuery) -> AnyFormat:
    """Return the format that the parameter `format` names, else the one that Accept prefers.

    Where the answer is no graph, an RDF format stands for the query's description.
    Raises: ParametersRefused when there is no format of that name.
    """
    offered = formats_of(query)
    names = [name.lower() for name in parameters.all("format")]
    if not names:
        described = () if offered is FORMATS else FORMATS
        everything: tuple[AnyFormat, ...] = (*offered, HTML, *described)
        return choose(accept_of(request), everything)
    for format_ in (*offered, HTML):
        if names[0] in (format_.extension, format_.name.lower()):
            return format_
    known = ", ".join(format_.extension for format_ in (*offered, HTML))
    raise ParametersRefused({"format": f"{names[0][:20]!r} is none of {known}."})


def given_in(parameters: Parameters) -> dict[str, str]:
    """Return the parameters that are a query's own."""
    return {name: value for name, value in parameters.pairs if name not in RESERVED}


def asked_of(
    publication: Publication, query: StoredQuery, parameters: Parameters, *, for_people: bool
) -> Asked:
    """Return what is asked of a query.

    Raises: ParametersRefused, naming everything that is wrong with the parameters.
    """
    given = given_in(parameters)
    wrong, text = {}, ""
    try:
        text = query.asked(given, dict(publication.snapshot.prefixes.pairs))
    except ParametersRefused as error:
        wrong = error.wrong
    said = {name: value for name, value in parameters.pairs if name in RESERVED}
    page, size = _paging(query, said, wrong, for_people=for_people)
    deadline = _number(said, "timeout", LONGEST, wrong) or math.inf
    for name, times in Counter(name for name, _ in parameters.pairs).items():
        if times > 1:
            wrong[name] = f"This parameter is given {times} times; give it once."
    if wrong:
        raise ParametersRefused(wrong)
    limit = publication.project.limits.query_seconds
    kept = {
        name: value
        for name, value in said.items()
        if name in ("format", "lang", "pageSize", "view")
    }
    view, seconds = said.get("view", ""), min(deadline, limit)
    return Asked(query, given, text, page, size, {**given, **kept}, seconds, view)


def _paging(
    query: StoredQuery, said: Mapping[str, str], wrong: dict[str, str], *, for_people: bool
) -> tuple[int, int]:
    """Return the page and its rows, 0 for all; what is wrong with them is added."""
    size = _number(said, "pageSize", LARGEST_PAGE, wrong)
    page = _number(said, "page", 10**DIGITS - 1, wrong)
    if query_form(query.text) != "SELECT":
        for name in said.keys() & {"page", "pageSize"}:
            wrong.setdefault(name, "Only answers that are tables come in pages.")
        return 1, 0
    return page or 1, size or query.page_size or (ROWS if for_people or page else 0)


def _number(said: Mapping[str, str], name: str, most: int, wrong: dict[str, str]) -> int:
    if name not in said:
        return 0
    value = said[name]
    digits = value.isascii() and value.isdecimal() and len(value) <= DIGITS
    if digits and 1 <= int(value) <= most:
        return int(value)
    wrong[name] = f"{value[:20]!r} is no number from 1 to {most:,}."
    return 0

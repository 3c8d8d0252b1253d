"""Typed links (storey 4): in headers and as link sets, so that machines find their way.

Source: https://www.rfc-editor.org/rfc/rfc8288 and https://signposting.org/FAIR/
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from kg.rdf.formats import LINK_SET_JSON, PlainFormat
from kg.views.representation import Representation, representation

# what an IRI has in common with the URI that stands for it
URI = ":/?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True, slots=True)
class Link:
    """One link: `relations` are separated by spaces, `type` is a media type or "".

    `title` says in words what is there, "" where nothing is to be said.
    """

    target: str
    relations: str
    type: str = ""
    title: str = ""


def link_header(links: Iterable[Link]) -> str:
    """Return the value of a Link header.

    Targets may be IRIs: a header holds URIs, so that other characters are percent-encoded.
    """
    return ", ".join(_web_link(quote(link.target, safe=URI), link) for link in links)


def link_set(
    links: Mapping[str, Sequence[Link]], address: str, format_: PlainFormat
) -> Representation:
    """Return a link set of the links of each anchor; URLs are made absolute at the address.

    Source: https://www.rfc-editor.org/rfc/rfc9264
    """
    absolute = {
        _absolute(address, anchor): [
            Link(_absolute(address, link.target), link.relations, link.type) for link in found
        ]
        for anchor, found in links.items()
    }
    body = _as_json(absolute) if format_ is LINK_SET_JSON else _as_text(absolute)
    return representation(body.encode(), format_.media_type)


def _absolute(address: str, target: str) -> str:
    return quote(urljoin(address, target), safe=URI)


def _web_link(target: str, link: Link) -> str:
    type_ = f'; type="{link.type}"' if link.type else ""
    # the form for characters that a header cannot hold
    # Source: https://www.rfc-editor.org/rfc/rfc8187
    title = f"; title*=UTF-8''{quote(link.title, safe='')}" if link.title else ""
    if link.title.isascii() and not {'"', "\\"} & set(link.title):
        title = f'; title="{link.title}"' if link.title else ""
    return f'<{target}>; rel="{link.relations}"{type_}{title}'


def _as_text(links: Mapping[str, Sequence[Link]]) -> str:
    lines = [
        f'{_web_link(link.target, link)}; anchor="{anchor}"'
        for anchor, found in links.items()
        for link in found
    ]
    return ",\n".join(lines) + "\n"


def _as_json(links: Mapping[str, Sequence[Link]]) -> str:
    contexts = []
    for anchor, found in links.items():
        by_relation: dict[str, list[dict[str, str]]] = defaultdict(list)
        for link in found:
            target = {"href": link.target, **({"type": link.type} if link.type else {})}
            for relation in link.relations.split():
                by_relation[relation].append(target)
        contexts.append({"anchor": anchor, **by_relation})
    return json.dumps({"linkset": contexts}, ensure_ascii=False, indent=1) + "\n"

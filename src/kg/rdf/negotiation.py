"""Content negotiation by Accept, Accept-Encoding and Accept-Language (storey 0).

Source: https://www.rfc-editor.org/rfc/rfc9110#name-content-negotiation-fields
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.errors import NotAcceptable
from kg.rdf.formats import AnyFormat

Offered = TypeVar("Offered", bound=AnyFormat)

# an element ends at a comma outside a quoted string, a parameter at a semicolon outside one; each
# character is looked at once, also where a string has no end
ELEMENT = re.compile(r'(?:[^,"]++|"(?:[^"\\]|\\.)*+"?)++')
PARAMETER = re.compile(r'(?:[^;"]++|"(?:[^"\\]|\\.)*+"?)++')
NAME = r"[!#$%&'+.^_`|~0-9a-z-]+"
RANGE = re.compile(rf"(\*(?=/\*)|{NAME})/(\*|{NAME})")
WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One element of an Accept header; `quality` is its weight, 0 to 1."""

    type: str
    subtype: str
    quality: float

    @property
    def specificity(self) -> int:
        """0 for `*/*`, 1 for `type/*`, 2 for `type/subtype`."""
        return (self.type != "*") + (self.subtype != "*")

    def matches(self, media_type: str) -> bool:
        """Whether the range includes the media type; both in lower case."""
        type_, _, subtype = media_type.partition("/")
        return self.type in ("*", type_) and self.subtype in ("*", subtype)

    def names(self, media_type: str) -> bool:
        """Whether the range is that media type and no wildcard."""
        return f"{self.type}/{self.subtype}" == media_type


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """Return the media ranges of an Accept header, in its order.

    Empty elements are allowed and elements outside the grammar are passed over; parameters
    other than the weight do not narrow a range, because no format of ours has any.
    """
    return tuple(_ranges(header))


def _ranges(header: str) -> Iterator[MediaRange]:
    for element in ELEMENT.findall(header.lower()):
        # nothing before the first semicolon is no type, and is outside the grammar
        name, *parameters = [part.strip() for part in PARAMETER.findall(element)] or [""]
        matched = RANGE.fullmatch(name)
        weights = [p.partition("=")[2].strip() for p in parameters if p.startswith("q=")]
        if matched and all(WEIGHT.fullmatch(weight) for weight in weights):
            yield MediaRange(matched[1], matched[2], float(weights[0]) if weights else 1.0)


def quality(ranges: Sequence[MediaRange], format_: AnyFormat) -> tuple[float, bool]:
    """Return the weight that the header gives to the format, and whether by its own type.

    The most specific range that includes the format's media type decides. An alias that is
    named can only raise the weight, and yields to a type of that weight.
    """
    own = [r for r in ranges if r.matches(format_.media_type)]
    closest = max((r.specificity for r in own), default=0)
    weight = max((r.quality for r in own if r.specificity == closest), default=0.0)
    if closest == 2:
        return weight, True
    named = (r.quality for r in ranges for alias in format_.aliases if r.names(alias))
    by_alias = max(named, default=0.0)
    return max(weight, by_alias), weight >= by_alias


def choose(accept: str | None, offered: Sequence[Offered]) -> Offered:
    """Return the offered format that the Accept header prefers.

    Ties go to the earlier in `offered`; no header, or an empty list, means any.
    Raises: NotAcceptable when every offered format has weight 0, or no element can be read.
    """
    ranges = parse_accept(accept or "")
    if not ranges and not (accept or "").strip(", \t"):
        return offered[0]
    best = max(offered, key=lambda format_: quality(ranges, format_))
    if quality(ranges, best)[0] == 0:
        raise NotAcceptable(accept or "", [format_.media_type for format_ in offered])
    return best


# an element of Accept-Encoding, in lower case
CODING = re.compile(rf"(\*|{NAME})[ \t]*(?:;[ \t]*q=([0-9.]+)[ \t]*)?")


def choose_coding(accept_encoding: str | None, offered: Sequence[str]) -> str:
    """Return the content coding that the Accept-Encoding header prefers, or "" for none.

    Ties go to the earlier in `offered`. Without the header, or where nothing offered is wanted,
    the bytes are sent as they are: refusing them would help nobody.
    Source: https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding
    """
    weights = dict(_codings(accept_encoding or ""))
    weight_of = {coding: weights.get(coding, weights.get("*", 0.0)) for coding in offered}
    best = max(offered, key=lambda coding: weight_of[coding])
    plain = weights.get("identity", 0.0)
    return best if weight_of[best] > 0 and weight_of[best] >= plain else ""


def _codings(header: str) -> Iterator[tuple[str, float]]:
    for element in header.lower().split(","):
        matched = CODING.fullmatch(element.strip())
        if matched and (matched[2] is None or WEIGHT.fullmatch(matched[2])):
            yield matched[1], float(matched[2] or 1)


# an element of Accept-Language, in lower case
LANGUAGE = re.compile(r"(\*|[a-z]{1,8}(?:-[a-z0-9]{1,8})*)[ \t]*(?:;[ \t]*q=([0-9.]+)[ \t]*)?")


def choose_language(accept_language: str | None, offered: Sequence[str]) -> str:
    """Return the offered language that the Accept-Language header prefers, else the first.

    `offered` are primary subtags in lower case, and `ar-SY` asks for `ar`. Of two weights for
    one language the higher counts, and ties go to the earlier in the header: that is the order in
    which browsers list languages. A weight of 0 excludes a language, `*` stands for those that
    the header does not name.
    Source: https://www.rfc-editor.org/rfc/rfc9110#name-accept-language
    """
    weights: dict[str, float] = {}
    for tag, weight in _languages(accept_language or ""):
        weights[tag] = max(weight, weights.get(tag, 0.0))
    named = [(weights[tag], -place, tag) for place, tag in enumerate(weights) if tag in offered]
    others = [tag for tag in offered if tag not in weights]
    if others and "*" in weights:
        named.append((weights["*"], -len(weights), others[0]))
    best = max(named, default=(0.0, 0, ""))
    if best[0] > 0:
        return best[2]
    refused = [tag for tag in offered if weights.get(tag) == 0]
    return next((tag for tag in offered if tag not in refused), offered[0])


def _languages(header: str) -> Iterator[tuple[str, float]]:
    for element in header.lower().split(","):
        matched = LANGUAGE.fullmatch(element.strip())
        if matched and (matched[2] is None or WEIGHT.fullmatch(matched[2])):
            yield matched[1].partition("-")[0], float(matched[2] or 1)

"""What each page shows (storey 3): one frozen dataclass per page, documented field by field.

Templates receive exactly one of these and contain no logic beyond loops and partials.
"""

from dataclasses import dataclass

from kg.dataset.unknown import Unknown
from kg.views.stopped import Stopped


@dataclass(frozen=True, slots=True)
class Value:
    """A term as a page shows it.

    `text` is a label or lexical form, `lang` its language tag or ""; `href` is "" or a URL that
    is safe to follow; `iri` the full IRI or ""; `labelled` tells a label from what stands in for
    one; `datatype` is a short name, "" where the text says it; `groups` holds the statements of
    a part that is shown in its place.
    """

    text: str
    lang: str = ""
    href: str = ""
    iri: str = ""
    labelled: bool = True
    datatype: str = ""
    groups: tuple["Group", ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """All values of one property; `name` is the property.

    Where more resources point here than are shown, `all` is the URL of their list, else ""; `count`
    is how many there are, 0 where that is not known.
    """

    name: Value
    values: tuple[Value, ...]
    count: int = 0
    all: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Properties that shapes put together; `name` is that of the group, None for all others."""

    name: Value | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language: `name` is in that language, `tag` its language tag."""

    tag: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class ListLink:
    """A list of the instances of a class: what it is called, and how many there are."""

    name: Value
    href: str
    class_: str
    count: int


@dataclass(frozen=True, slots=True)
class SitePart:
    """What every page shows around its content.

    `title`, `licence` and `version` come from the description of the data set, whose IRI is
    `dataset` or ""; `warning` is shown loudly at the top, "" where all is well. Nothing here
    changes with one record. `language` is that of the page, `direction` "ltr" or "rtl"; `languages`
    link to the page in each that is offered, none where there is one only, `any_language` to the
    one that the client prefers; `chosen` says that the URL names the language, which links keep.
    `lists` are those of the most important classes. `address` is the URL that the site has for
    good, without a slash at the end, "" where nobody said it; `url` is the path of this page in it.
    `usual` is the one language of the data, which goes without saying, "" where it has several.
    """

    title: Value
    warning: str
    base: str
    dataset: str = ""
    licence: Value | None = None
    version: str = ""
    language: str = "en"
    direction: str = "ltr"
    languages: tuple[LanguageLink, ...] = ()
    any_language: str = ""
    lists: tuple[ListLink, ...] = ()
    chosen: bool = False
    address: str = ""
    url: str = ""
    usual: str = ""


@dataclass(frozen=True, slots=True)
class QueryLink:
    """A stored query as a link: `href` opens it on the query page, `page` is its own."""

    summary: str
    description: str
    href: str
    page: str


@dataclass(frozen=True, slots=True)
class FormatLink:
    """The same content in another format."""

    name: str
    href: str
    media_type: str


@dataclass(frozen=True, slots=True)
class ViewLink:
    """An answer in another view; `current` is true for the one that is shown."""

    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class QueryPage:
    """`/sparql` for people: a form, and a table where a query was asked.

    `answered` is false before a query and after a failed one, which `stopped` is about, else None;
    `boolean` is "" or the answer of an ASK; `rows` hold one value, or None, for each of
    `columns`, the first of `total` rows; `text` is an RDF answer, or the first `lines` of one
    where that is not 0; `downloads` link to the same answer in other formats; `permanent` is the
    URL of this page, "" where it would be too long for one; `snapshot` is the snapshot id,
    `earlier` the beginning of the one that the page was linked with, "" where it is the same;
    `unknown` are names that an empty answer may be due to; `views` lead to other views of the
    rows, `view` is the one that is shown, with `svg` as its picture, in which `left_out` rows are
    not.
    """

    site: SitePart
    query: str
    queries: tuple[QueryLink, ...]
    stopped: Stopped | None = None
    answered: bool = False
    boolean: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Value | None, ...], ...] = ()
    total: int = 0
    text: str = ""
    lines: int = 0
    downloads: tuple[FormatLink, ...] = ()
    permanent: str = ""
    snapshot: str = ""
    earlier: str = ""
    unknown: tuple[Unknown, ...] = ()
    view: str = ""
    views: tuple[ViewLink, ...] = ()
    svg: str = ""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A validation result: `place` in words, the line there and a caret below it, or "".

    `advice` are sentences, `facts` what is known of it, each with its name.
    """

    severity: str
    place: str
    line: str
    caret: str
    advice: tuple[str, ...]
    facts: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class ValidatePage:
    """`/validate` for people: a form, and the report where something was sent.

    `formats` are the names of those that can be sent, `chosen` the one of `text`; `types` are the
    media types that reports can be had in; `error` says why there is no report, or is "";
    `verdict` is "" before there is one; `results` are the first of `total`.
    """

    site: SitePart
    text: str
    formats: tuple[str, ...]
    chosen: str
    types: tuple[str, ...]
    error: str = ""
    verdict: str = ""
    conforms: bool = False
    results: tuple[ShownResult, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong, in words, and what to do; `status` is HTTP's, `detail` in English.

    `kind` says which words the page has for it, "" for none; `asked` is what may be searched for,
    `near` are resources that may have been meant, `instead` those that stand in place of what was
    withdrawn, for the reason `why`, and `past` is the URL of what it was, or "". `formats` are
    those that there are; `seconds` is the time to wait before asking again, or 0.
    """

    site: SitePart
    status: int
    title: str
    detail: str
    kind: str = ""
    asked: str = ""
    near: tuple[Value, ...] = ()
    instead: tuple[Value, ...] = ()
    why: Value | None = None
    past: str = ""
    formats: tuple[FormatLink, ...] = ()
    seconds: int = 0

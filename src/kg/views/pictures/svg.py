"""Elements of SVG (storey 3): escaped, without styles of their own, and always well-formed.

Source: https://www.w3.org/TR/SVG2/
"""

import re
import unicodedata
from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from kg.views.pages import Value

# what XML cannot hold, and what would turn the direction of the text around it
UNFIT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)
FOLLOWED = re.compile(r"https?://[^\s]+|/(?![/\\])[^\s]*|[#?][^\s]*")

# characters of a title, which a reader sees when the pointer rests
TITLE = 300


def element(tag: str, *children: Markup | str, **attributes: str | float | None) -> Markup:
    """Return an element; texts among the children and values are escaped, None leaves one out.

    >>> element("a", "x < y", href="/?a&b", class_="node")
    Markup('<a href="/?a&amp;b" class="node">x &lt; y</a>')
    """
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(number(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    content = "".join(
        child if isinstance(child, Markup) else escape(child, quote=False) for child in children
    )
    return Markup(f"<{tag}{said}>{content}</{tag}>" if content else f"<{tag}{said}/>")  # noqa: S704 (escaped above)


def number(value: float | str) -> str:
    """Return a number with at most two decimals, a text as it is.

    >>> number(12.50001)
    '12.5'
    """
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """Return a share of the whole as a percentage.

    >>> percent(1 / 3)
    '33.333%'
    """
    return f"{share * 100:.3f}".rstrip("0").rstrip(".") + "%"


def clean(text: str) -> str:
    """Return a text on one line, without what XML cannot hold or what turns its direction."""
    return " ".join(UNFIT.sub(" ", text).split())


def safe_href(href: str) -> str | None:
    """Return the address where it leads into the site or out to the web, else None."""
    return href if FOLLOWED.fullmatch(href) else None


def linked(
    value: Value,
    *content: Markup,
    title: str | None = "",
    class_: str = "node",
    label: str | None = None,
) -> Markup:
    """Return content that links where the value does.

    It has a title, by default the whole text of the value; None for none, where words say it, or
    a `label` for programs that read aloud.
    """
    said = [element("title", clipped(title or value.text, TITLE))] if title is not None else []
    href = safe_href(value.href)
    named = label if href else None
    return element(
        "a" if href else "g", *said, *content, href=href, class_=class_, aria_label=named
    )


def text_at(
    text: str, x: float | str, y: float, anchor: str = "start", class_: str | None = None
) -> Markup:
    """Return a text at a place; `anchor` says which side of it is there: "end" is the right one.

    What begins with a letter of a script that is written from right to left is set so.
    """
    if not turned(text):
        at_left = None if anchor == "start" else anchor
        return element("text", text, x=x, y=y, text_anchor=at_left, class_=class_)
    # its beginning is at the right
    side = {"start": "end", "end": None}.get(anchor, anchor)
    return element("text", text, x=x, y=y, text_anchor=side, class_=class_, direction="rtl")


def texts_at(
    lines: Sequence[str], x: float, y: float, leading: float, anchor: str = "start"
) -> Markup:
    """Return a text of several lines, that many pixels apart; its words stay one text."""
    side = anchor
    if turned(lines[0]):
        side = {"start": "end", "end": "start"}[anchor]
    more = [element("tspan", line, x=x, dy=leading) for line in lines[1:]]
    return element(
        "text",
        *(part for line in (lines[0], *more) for part in (line, " ")),
        x=x,
        y=y,
        text_anchor="end" if side == "end" else None,
        direction="rtl" if turned(lines[0]) else None,
    )


def turned(text: str) -> bool:
    """Tell whether the first letter of a text belongs to a script written from right to left.

    Source: https://www.unicode.org/reports/tr9/#P2
    """
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((one for one in strong if one in ("L", "R", "AL")), "L") != "L"


def group(*content: Markup, **attributes: str | float | None) -> Markup:
    """Return a `g` element."""
    return element("g", *content, **attributes)


def at(x: float | str, y: float | str, *content: Markup) -> Markup:
    """Return content whose own coordinates begin at a place, which may be a percentage."""
    return element("svg", *content, x=x, y=y, overflow="visible", width=1, height=1)


def clipped(text: str, length: int) -> str:
    """Return a cleaned text of at most that many characters.

    >>> clipped("a long  label", 8)
    'a long…'
    """
    # a text may be far longer than what is shown of it
    text = clean(text[: 4 * length + 80])
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"

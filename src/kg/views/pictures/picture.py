"""What a picture is (storey 3): its drawings, and the list that stands beside them.

A drawing has no `viewBox` of its own: places along it are percentages and texts have a size in
pixels, so that it is as wide as the page while its words stay readable. Where a narrow page needs
another order there are two drawings, and the style sheet shows one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from kg.views.pages import Value
from kg.views.pictures.svg import TITLE, clipped, element, number

# pixels that a drawing of the class surely has: the style sheet shows it from there on
NARROW, WIDE, BROAD = 270, 704, 1008


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: a name, `notes` behind it, and what hangs `below` it."""

    name: Value
    notes: tuple[Value, ...] = ()
    below: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of some `kind`, which is its class in the style sheet.

    `svg` are its drawings as markup that is safe in HTML, "" where there is nothing to draw;
    `entries` say the same, and what did not fit, as a list; `left_out` is how many of them are in
    the list only.
    """

    kind: str
    svg: Markup
    entries: tuple[Entry, ...] = ()
    left_out: int = 0


def drawing(
    width_class: str,
    prefix: str,
    title: str,
    size: tuple[float | str, float | str],
    content: Iterable[Markup],
) -> Markup:
    """Return an `svg` element with a title that names it.

    `width_class` is narrow, wide, broad or any; `prefix` makes its ids unique on the page; `size`
    is its width and height, in pixels or as a percentage.
    """
    name = f"{prefix}-{width_class}"
    children = [element("title", clipped(title, TITLE), id=name), *content]
    width, height = size
    return element(
        "svg",
        *children,
        class_=f"drawing {width_class}",
        width=number(width),
        height=number(height),
        role="group",
        direction="ltr",
        aria_labelledby=name,
    )

"""Pictures of what was measured, as SVG: bars and lines over powers of ten."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import ceil, floor, log10

# colours that differ for those who see few, too
# Source: https://jfly.uni-koeln.de/color/ (Okabe and Ito)
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555", "#000000")

WIDTH, LEFT, RIGHT, BAR, TOP = 860, 190, 60, 13, 34

Bars = Mapping[str, Mapping[str, float]]
Points = Sequence[tuple[float, float]]


def bars(title: str, groups: Bars, *, zero: float = 0.0) -> str:
    """Return a picture of bars in groups, one colour a name; they begin at `zero` if it is given.

    The axis has powers of ten, so that twice as fast and half as fast look alike.
    """
    names = list(dict.fromkeys(name for group in groups.values() for name in group))
    values = [value for group in groups.values() for value in group.values() if value > 0]
    least, most = _powers([*values, *([zero] if zero else [])])
    parts, top = [], TOP + 18 * (1 + (len(names) - 1) // 4) + 14
    y = top
    begin = _x(zero or 10.0**least, least, most)
    for group, bars_ in groups.items():
        parts.append(_text(LEFT - 8, y + BAR * len(bars_) / 2 + 4, group, "end"))
        for name, value in bars_.items():
            if value > 0:
                parts += _bar(
                    begin, _x(value, least, most), y, value, COLOURS[names.index(name) % 8]
                )
            y += BAR
        y += 8
    ticks = [
        _tick(_x(10.0**power, least, most), top - 6, y, power) for power in range(least, most + 1)
    ]
    return _picture(title, names, [*ticks, *parts], y + 26)


def lines(title: str, series: Mapping[str, Points]) -> str:
    """Return a picture of lines, one colour a name; both axes have powers of ten."""
    left, right = _powers([x for points in series.values() for x, _ in points])
    low, high = _powers([y for points in series.values() for _, y in points])
    top, height = TOP + 18 * (1 + (len(series) - 1) // 4) + 14, 260
    parts = [
        _tick(_x(10.0**power, left, right), top, top + height, power)
        for power in range(left, right + 1)
    ]

    def across(value: float) -> float:
        return top + height * (1 - (log10(value) - low) / (high - low))

    for power in range(low, high + 1):
        y = across(10.0**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ccc"/>')
        parts.append(_text(LEFT - 8, y + 4, _number(10.0**power), "end"))
    for number, points in enumerate(series.values()):
        at = [(_x(x, left, right), across(y)) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        colour = COLOURS[number % 8]
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in at]
    return _picture(title, series, parts, top + height + 26)


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """Return the powers of ten between which the positive values are, at least one apart."""
    known = [value for value in values if value > 0] or [1.0]
    least, most = floor(log10(min(known))), ceil(log10(max(known)))
    return least, max(most, least + 1)


def _x(value: float, least: int, most: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (log10(value) - least) / (most - least)


def _bar(begin: float, end: float, y: float, value: float, colour: str) -> list[str]:
    left, width = min(begin, end), max(abs(end - begin), 1)
    box = f'x="{left:.1f}" y="{y:.1f}" width="{width:.1f}" height="{BAR - 2}" fill="{colour}"'
    return [f"<rect {box}/>", _text(max(begin, end) + 4, y + BAR - 3, _number(value), "start", 10)]


def _tick(x: float, top: float, bottom: float, power: int) -> str:
    line = f'<path d="M{x:.1f} {top:.1f}V{bottom:.1f}" stroke="#ccc"/>'
    return line + _text(x, bottom + 14, _number(10.0**power), "middle")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _text(x: float, y: float, text: str, anchor: str, size: int = 12) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f"<text {place}>{escape(text)}</text>"


def _picture(title: str, names: Iterable[str], parts: Iterable[str], height: float) -> str:
    legend = []
    for number, name in enumerate(names):
        x, y = LEFT + 165 * (number % 4), TOP + 18 * (number // 4)
        legend.append(
            f'<rect x="{x}" y="{y}" width="11" height="11" fill="{COLOURS[number % 8]}"/>'
        )
        legend.append(_text(x + 16, y + 10, name, "start"))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img"'
    body = "\n".join((*legend, *parts))
    return (
        f'{head} font-family="sans-serif" fill="#222">\n<title>{escape(title)}</title>\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{_text(12, 20, title, "start", 14)}\n'
        f"{body}\n</svg>\n"
    )

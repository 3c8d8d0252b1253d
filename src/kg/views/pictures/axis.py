"""Where an axis has its lines (storey 3): round numbers, or the beginnings of years and months."""

from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from kg.views.language import number

# pixels that a year or a month needs
YEAR, MONTH = 46, 62


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of an axis: where it is, a number or a day, and what stands at it."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """A line of an axis of time: the day, as `date.toordinal` has it, and what stands at it."""

    at: int
    text: str


def day_of(text: str, *, last: bool = False) -> int | None:
    """Return the first (or last) day of a date, month or year as ISO 8601 writes it, else None.

    >>> day_of("2014-02", last=True) - day_of("2014-02")
    27
    """
    parts = text.strip()[:10].split("-")
    try:
        year, month, day = (int(parts[i]) if i < len(parts) else 0 for i in range(3))
        if day:
            return date(year, month, day).toordinal()
        if not last:
            return date(year, month or 1, 1).toordinal()
        month = month or 12
        return date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
    except ValueError:
        return None


def years(first: int, last: int, room: float) -> tuple[Day, ...]:
    """Return the lines between which some days are: years, or months where they are few.

    `room` is how many pixels the axis has.
    """
    begin, end = date.fromordinal(first), date.fromordinal(last)
    months = (end.year - begin.year) * 12 + end.month - begin.month + 1
    steps = (1, 2, 3, 6, *(12 * n * ten for ten in (1, 10, 100, 1000) for n in (1, 2, 5)), 120_000)
    step = next((s for s in steps if months / s * (YEAR if s >= 12 else MONTH) <= room), steps[-1])
    start = (begin.year * 12 + begin.month - 1) // step
    stop = -(-(end.year * 12 + end.month) // step)
    return tuple(_month(number * step, step) for number in range(start, stop + 1))


def _month(months: int, step: int) -> Day:
    year, month = divmod(months, 12)
    # the calendar of Python has these years
    if year > 9999:
        return Day(date.max.toordinal(), "")
    year = max(year, 1)
    text = str(year) if step >= 12 else f"{year}-{month + 1:02}"
    return Day(date(year, month + 1, 1).toordinal(), text)


def numbers(least: float, most: float, count: int, language: str = "en") -> tuple[Tick, ...]:
    """Return about `count` lines at round numbers, which have the two between them.

    >>> [tick.text for tick in numbers(0, 4200, 4)]
    ['0', '2,000', '4,000', '6,000']
    """
    span = (most - least) or abs(most) or 1.0
    rough = span / max(count, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(f * power for f in (1, 2, 5, 10) if f * power >= rough * 0.999)
    low, high = floor(least / step), max(ceil(most / step), floor(least / step) + 1)
    return tuple(Tick(n * step, figure(n * step, language)) for n in range(low, high + 1))


def figure(value: float, language: str = "en") -> str:
    """Return a number as people read it in a language, others than whole ones in six digits.

    >>> figure(1200000.0), figure(0.25), figure(0.25, "fr")
    ('1,200,000', '0.25', '0,25')
    """
    if abs(value) >= 1e15 or 0 < abs(value) < 1e-6:
        return f"{value:.6g}"
    return number(value if value == round(value) else float(f"{value:.6g}"), language)

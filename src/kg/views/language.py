"""What pages say in the reader's language (storey 3): the catalogues, and numbers.

The words of a page are in its template; here are those that Python says, in the same
catalogues, `words/ar.po` and its like. English is in the templates themselves.
Source: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

import re
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.core import get_global
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from kg.dataset.snapshot import Snapshot

# digits that no reader would rather see as a power of ten
NUMBER = re.compile(r"[-+]?[0-9]{1,30}(\.[0-9]{1,30})?")


def marked(text: str) -> str:
    """Return the text as it is: it goes into the catalogues, and a template translates it."""
    return text


def several(one: str, many: str) -> tuple[str, str]:
    """Return both as they are: they go into the catalogues, and `say_many` translates them."""
    return one, many


# what templates translate of the words that come from below
FROM_BELOW = (
    *(marked("first"), marked("previous"), marked("next"), marked("last")),
    *(marked("Violation"), marked("Warning"), marked("Info")),
    *(
        marked("Bad Request"),
        marked("Forbidden"),
        marked("Not Found"),
        marked("Method Not Allowed"),
    ),
    *(marked("Not Acceptable"), marked("Unsupported Media Type"), marked("Too Many Requests")),
    *(marked("Internal Server Error"), marked("Service Unavailable"), marked("Bad Gateway")),
    marked("Gateway Timeout"),
)


def say(snapshot: Snapshot, text: str, **values: object) -> str:
    """Return a text in the language of the snapshot's reader, with values in their places.

    Places are named as in `%(name)s`; a percent sign is written twice.
    """
    return catalogue(snapshot.languages[0]).gettext(text) % values


def say_many(snapshot: Snapshot, one: str, many: str, count: int) -> str:
    """Return the form of a text that belongs to the number, which stands at `%(count)s`."""
    language = snapshot.languages[0]
    form = catalogue(language).ngettext(one, many, count)
    return form % {"count": number(count, language)}


def number(value: float, language: str) -> str:
    """Return a number as it is written in that language, with European digits, as data has them.

    >>> number(8289, "en")
    '8,289'
    """
    # every digit that a number has
    return format_decimal(value, locale=_locale(language), decimal_quantization=False)


def amount(text: str, language: str) -> str:
    """Return a text that is a number as it is written in a language, "" for any other text.

    >>> amount("8289.50", "en"), amount("about 8000", "en")
    ('8,289.5', '')
    """
    if not NUMBER.fullmatch(text):
        return ""
    return format_decimal(text, locale=_locale(language), decimal_quantization=False)


def direction(language: str) -> str:
    """Return "rtl" for a language that is written from right to left, else "ltr"."""
    return _locale(language).text_direction


def country_name(code: str, language: str) -> str:
    """Return what a country is called in a language, "" where Unicode has no name for its code.

    `code` has three letters (ISO 3166-1).

    >>> country_name("IRQ", "fr")
    'Irak'
    """
    codes = get_global("territory_aliases").get(code, ())
    return _locale(language).territories.get(codes[0], "") if codes else ""


def own_name(language: str) -> str:
    """Return what a language calls itself."""
    locale = _locale(language)
    name = locale.get_display_name(locale) or language
    return name[0].upper() + name[1:]


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the words of a language; those of English are what is asked for."""
    file = files("kg.views").joinpath("words", f"{language}.po")
    if not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as words:
        write_mo(compiled, read_po(words, locale=language))
    compiled.seek(0)
    return Translations(compiled)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)

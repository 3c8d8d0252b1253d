"""The words that templates and Python mark for translation, and the catalogues beside them."""

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from kg.settings import LANGUAGES
from tests.conftest import REPO

VIEWS = REPO / "src" / "kg" / "views"
TRANSLATED = [language for language in LANGUAGES if language != "en"]

# what marks words, and which of its arguments are words
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "say": (2,),
    "say_many": (2, 3),
    "marked": None,
    "several": (1, 2),
}
TEMPLATES = "**/templates/**.html"


def extracted() -> Catalog:
    """Every word that is marked."""
    found = Catalog()
    kinds = [(TEMPLATES, "jinja2"), ("**.py", "python")]
    options = {TEMPLATES: {"trimmed": "true", "silent": "false"}}
    for _, _, message, _, context in extract_from_dir(VIEWS, kinds, options, KEYWORDS):
        found.add(message, context=context)
    return found


def path_of(language: str):
    """The file of a catalogue."""
    return VIEWS / "words" / f"{language}.po"


def read(language: str) -> Catalog:
    """The catalogue of a language."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def bring_up_to_date(language: str) -> list[str]:
    """Give each marked word an entry, take out what is marked no more; return what is to do."""
    catalogue = read(language)
    catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    with path_of(language).open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, ignore_obsolete=True)
    return [str(m.id) for m in catalogue if m.id and not all(_forms(m.string))]


def _forms(string) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)

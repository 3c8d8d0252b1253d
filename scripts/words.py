"""Bring the catalogues of words up to date with templates and Python; say what is untranslated."""

import sys

from tests.words import TRANSLATED, bring_up_to_date

missing = [f"{language}: {word}" for language in TRANSLATED for word in bring_up_to_date(language)]
sys.stdout.writelines(f"{line}\n" for line in missing)

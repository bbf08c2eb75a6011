"""The languages of the pages: which one a visitor gets, and its words.

The source strings are German; every other language is a gettext catalogue, read from its .po file at
start, so that there is no compile step to forget.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

TRANSLATIONS = Path(__file__).parent / "translations"
SOURCE_LANGUAGE = "de"
NAMES = {"de": "Deutsch", "en": "English"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language with its words; `code` is that of the page, such as "en"."""

    code: str
    catalogue: NullTranslations

    def gettext(self, message: str, **values: object) -> str:
        """The sentence in this language, its %(names)s filled in."""
        translated = self.catalogue.gettext(message)
        return translated % values if values else translated

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """The sentence for `num` things; %(num)s is the number."""
        return self.catalogue.ngettext(one, many, num) % {"num": num, **values}


def load_tongues(languages: tuple[str, ...]) -> Mapping[str, Tongue]:
    """The words of each language of the site that we speak, in the site's order; German when it is none."""
    spoken = [language for language in languages if speaks(language)] or [SOURCE_LANGUAGE]
    return {language: Tongue(language, catalogue_of(language)) for language in spoken}


def speaks(language: str) -> bool:
    """Whether the pages can be shown in this language."""
    return language == SOURCE_LANGUAGE or catalogue_path(language).is_file()


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language is."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


@cache
def catalogue_of(language: str) -> NullTranslations:
    """The catalogue of one language, made in memory from its .po file."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    compiled = BytesIO()
    with catalogue_path(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def negotiated(accepted: LanguageAccept, languages: tuple[str, ...]) -> str:
    """The site's language that an Accept-Language header likes best; the first when it names none of them.

    Regions do not count: "en-GB" before "de" means English, though we only call it "en".
    """
    liked = (tag.replace("_", "-").split("-")[0].lower() for tag, quality in accepted if quality > 0)
    return next((language for language in liked if language in languages), languages[0])


@lru_cache(maxsize=512)
def preferred(header: str, languages: tuple[str, ...]) -> str:
    """`negotiated` for the header as it was sent."""
    return negotiated(parse_accept_header(header, LanguageAccept), languages)

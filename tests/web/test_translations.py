"""Every sentence of the pages is there in English, with the same gaps to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from werkzeug.datastructures import LanguageAccept

from web.languages import TRANSLATIONS, load_tongues, negotiated

WEB = Path(__file__).resolve().parents[2] / "web"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"gettext": None, "_": None, "say": None, "ngettext": (1, 2)}
Message = str | tuple[str, ...]


def messages_in_use() -> set[Message]:
    found = extract_from_dir(WEB, METHODS, options_map={"templates/**.html": {"trimmed": "true"}}, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


def english() -> Catalog:
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def pairs(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    for message in catalogue:
        if message.id:
            sources = message.id if isinstance(message.id, tuple) else (message.id,)
            targets = message.string if isinstance(message.string, tuple) else (message.string,)
            yield from zip(sources, targets, strict=True)


def test_every_sentence_in_use_is_translated_and_no_other_is_kept() -> None:
    used = messages_in_use()
    assert len(used) > 150
    assert {message.id for message in english() if message.id} == used
    assert [source for source, target in pairs(english()) if not target] == []


def test_a_translation_has_the_gaps_of_its_source() -> None:
    gaps = re.compile(r"%\((\w+)\)")
    assert [
        source for source, target in pairs(english()) if set(gaps.findall(source)) != set(gaps.findall(target))
    ] == []


def test_numbers_choose_their_form_in_both_languages() -> None:
    tongues = load_tongues(("de", "en"))
    forms = [
        tongue.ngettext("%(num)d Termin", "%(num)d Termine", number) for tongue in tongues.values() for number in (1, 2)
    ]
    assert forms == ["1 Termin", "2 Termine", "1 event", "2 events"]


def test_a_region_is_no_language_of_its_own() -> None:
    accepted = LanguageAccept([("en-GB", 1), ("de", 0.5)])
    assert negotiated(accepted, ("de", "en")) == "en"


def test_a_refused_language_is_not_chosen() -> None:
    assert negotiated(LanguageAccept([("en", 0), ("fr", 1)]), ("de", "en")) == "de"


def test_a_language_without_a_catalogue_is_left_out() -> None:
    assert list(load_tongues(("fr", "en"))) == ["en"]
    assert list(load_tongues(("fr",))) == ["de"]

"""Numbers in words, and the words that show that a number counts something else than time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

ORDINALS: Mapping[str, int] = {
    name: place
    for place, names in (
        (1, "erst first premier"),
        (2, "zweit second deuxieme"),
        (3, "dritt third troisieme"),
        (4, "viert fourth quatrieme"),
        (5, "fuenft fifth cinquieme"),
        (-1, "letzt last dernier"),
        (-2, "vorletzt"),
    )
    for name in names.split()
}
ORDINAL_ENDINGS = ("en", "er", "em", "es", "e", "")
NUMBER_WORDS: Mapping[str, int] = {
    word: value
    for value, words in enumerate(
        (
            "eins ein eine einen einem one",
            "zwei two deux",
            "drei three trois",
            "vier four quatre",
            "fuenf five cinq",
            "sechs six",
            "sieben seven sept",
            "acht eight huit",
            "neun nine neuf",
            "zehn ten dix",
            "elf eleven",
            "zwoelf twelve",
        ),
        start=1,
    )
    for word in words.split()
}
HOUR_WORDS = {word: value for word, value in NUMBER_WORDS.items() if word not in ("eine", "einen", "einem", "sept")}
MINUTE_WORDS = {"fuenf": 5, "zehn": 10, "zwanzig": 20, "viertel": 15, "five": 5, "ten": 10, "twenty": 20, "quarter": 15}
UNITS = frozenset(
    [
        "euro",
        "eur",
        "€",
        "$",
        "prozent",
        "%",
        "jahre",
        "jahren",
        "jahr",
        "jahrgang",
        "personen",
        "leute",
        "plaetze",
        "teilnehmer",
        "teilnehmende",
        "kinder",
        "menschen",
        "km",
        "kilometer",
        "kilometern",
        "kilometers",
        "meter",
        "m",
        "cm",
        "kg",
        "minuten",
        "min",
        "stunden",
        "std",
        "grad",
        "punkte",
        "klasse",
        "klassen",
        "mal",
        "x",
        "stimmen",
        "seiten",
        "mitglieder",
        "gaeste",
        "tage",
        "tagen",
        "wochen",
        "monate",
        "monaten",
        "years",
        "people",
    ]
)
NOT_DATES_AFTER = frozenset(
    [
        "raum",
        "zimmer",
        "version",
        "kapitel",
        "punkt",
        "paragraf",
        "paragraph",
        "§",
        "nr",
        "nummer",
        "seite",
        "band",
        "abschnitt",
        "ziffer",
        "tel",
        "telefon",
        "fon",
        "fax",
        "mobil",
        "hoersaal",
        "art",
        "abs",
        "haus",
        "gleis",
        "linie",
        "tor",
        "halle",
        "kv",
        "bwv",
        "op",
        "isbn",
    ]
)
"""Words before numbers that look like dates and are none: "Raum 3.12"."""


# Asked of every word of a text several times, and most words are always the same.
@lru_cache(maxsize=4096)
def ordinal_of(word: str) -> int | None:
    """The place that an ordinal word means: "ersten" is 1, "letzter" is -1."""
    for ending in ORDINAL_ENDINGS:
        stem = word[: len(word) - len(ending)]
        if word.endswith(ending) and stem in ORDINALS:
            return ORDINALS[stem]
    return None

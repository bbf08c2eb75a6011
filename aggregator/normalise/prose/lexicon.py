"""The words of time in German, English and French, in the comparable form (no umlauts, no accents)."""

from __future__ import annotations

from collections.abc import Mapping

FULL_WEEKDAYS: Mapping[str, int] = {
    name: weekday
    for weekday, names in enumerate(
        (
            "montag monday lundi",
            "dienstag tuesday mardi",
            "mittwoch wednesday mercredi",
            "donnerstag thursday jeudi",
            "freitag friday vendredi",
            "samstag sonnabend saturday samedi",
            "sonntag sunday dimanche",
        )
    )
    for name in names.split()
}
SHORT_WEEKDAYS: Mapping[str, int] = {
    name: weekday
    for weekday, names in enumerate(
        (
            "mo mon lun",
            "di tue tues",
            "mi wed mer",
            "do thu thur thurs jeu",
            "fr fri ven",
            "sa sam sat sbd",
            "so sun dim",
        )
    )
    for name in names.split()
}
MONTHS: Mapping[str, int] = {
    name: month
    for month, names in enumerate(
        (
            "januar jaenner jan january janvier janv",
            "februar feber feb febr february fevrier fevr",
            "maerz marz mrz maer march mar mars",
            "april apr avril avr",
            "mai may",
            "juni jun june juin juno",
            "juli jul july juillet juil julei",
            "august aug aout",
            "september sept sep septembre",
            "oktober okt october oct octobre",
            "november nov novembre",
            "dezember dez december dec decembre",
        ),
        start=1,
    )
    for name in names.split()
}
ENGLISH_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "may",
        "june",
        "july",
        "october",
        "december",
        "jan",
        "mar",
        "jun",
        "jul",
        "oct",
        "dec",
    ]
)
SHARED_MONTHS = frozenset(["april", "august", "september", "november", "apr", "aug", "sep", "sept", "nov", "feb"])

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

DAY_PARTS: Mapping[str, str] = {
    name: part
    for part, names in (
        ("morning", "morgens frueh fruehmorgens vormittags vormittag morgen morning matin"),
        ("noon", "mittags"),
        ("afternoon", "nachmittags nachmittag afternoon"),
        ("evening", "abends abend evening soir"),
        ("night", "nachts night"),
    )
    for name in names.split()
}
WEEKDAY_ENDINGS = ("abend", "morgen", "mittag", "nachmittag", "vormittag", "nacht", "frueh")

ABBREVIATIONS = frozenset(
    [
        "st",
        "str",
        "dr",
        "prof",
        "ca",
        "bzw",
        "evtl",
        "ggf",
        "nr",
        "tel",
        "mob",
        "inkl",
        "exkl",
        "incl",
        "max",
        "min",
        "std",
        "mind",
        "usw",
        "etc",
        "hl",
        "ev",
        "kath",
        "bspw",
        "zzt",
        "abs",
        "art",
        "jh",
        "jhd",
        "vgl",
        "sog",
        "bes",
        "geb",
        "verh",
        "hrsg",
        "dipl",
        "ing",
        "mag",
        "rer",
        "nat",
        "phil",
        "jun",
        "sen",
        "co",
        "bd",
        "ag",
        "zb",
        "ua",
        "jan",
        "feb",
        "febr",
        "mrz",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "okt",
        "nov",
        "dez",
        "oct",
        "dec",
        "mo",
        "di",
        "mi",
        "do",
        "fr",
        "sa",
        "so",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
    ]
)
DASHES = ("-", "–", "—", "‑", "‐", "−")
ARTICLES = ("den", "dem", "der", "the", "le")
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


def weekday_of(word: str) -> int | None:
    """The weekday that a full name means, also "Freitagabend"; no abbreviations."""
    if word in FULL_WEEKDAYS:
        return FULL_WEEKDAYS[word]
    for ending in WEEKDAY_ENDINGS:
        if word.endswith(ending) and word[: -len(ending)] in FULL_WEEKDAYS:
            return FULL_WEEKDAYS[word[: -len(ending)]]
    return None


def repeated_weekday(word: str) -> int | None:
    """The weekday of "dienstags", "mittwochabends", "Wednesdays" or "mercredis"."""
    if not word.endswith("s"):
        return None
    return weekday_of(word[:-1])


def plural_weekday(word: str) -> int | None:
    """The weekday of "Sonnabenden", "Dienstage" or "Saturdays"."""
    for ending in ("en", "e", "s"):
        if word.endswith(ending) and word[: -len(ending)] in FULL_WEEKDAYS:
            return FULL_WEEKDAYS[word[: -len(ending)]]
    return None


def ordinal_of(word: str) -> int | None:
    """The place that an ordinal word means: "ersten" is 1, "letzter" is -1."""
    for ending in ORDINAL_ENDINGS:
        stem = word[: len(word) - len(ending)]
        if word.endswith(ending) and stem in ORDINALS:
            return ORDINALS[stem]
    return None

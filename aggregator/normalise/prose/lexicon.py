"""The words of time in German, English and French, in the comparable form (no umlauts, no accents)."""

from __future__ import annotations

from collections.abc import Mapping

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

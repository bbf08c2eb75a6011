"""Facts to filter by, read from properties and from German and English words, each with its evidence.

A "no" is read before a "yes", and only where it is said: "nicht barrierefrei" is a no, silence is unknown. Where a
text says both ("Eintritt frei, Workshop 5 €") nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from aggregator.model.facts import Fact, Facts, Reply
from aggregator.model.places import Place
from aggregator.normalise.phrases import Phrases, Said, Vocabulary

UNKNOWN = Fact()
LONGEST_TEXT = 20_000
LONGEST_EVIDENCE = 80
NOT = r"(?:nicht|kein(?:e[nrs]?)?|not|leider nicht|nur (?:bedingt|eingeschränkt|teilweise))"


MONEY = r"\d{1,4}(?:[.,]\d{1,2})?\s?(?:,-\s?)?(?:€|eur\b|euro\b)|€\s?\d{1,4}(?:[.,]\d{1,2})?"
# What may be free: "kostenlose Parkplätze" say nothing of the event.
OFFER = r"(?:eintritt|teilnahme|besuch|veranstaltung|workshop|kurs|konzert|führung|angebot|vortrag|beratung)"
# Food and drink for a donation say nothing of the event either.
FOOD = "".join(
    rf"(?<!{word} )"
    for word in ("getränke", "kuchen", "essen", "suppe", "punsch", "kaffee", "tee", "snacks", "imbiss", "waffeln")
)
GRATIS = r"(?:kostenlos|kostenfrei|gratis|umsonst|unentgeltlich|gebührenfrei)"
# How expressions begin, and the letters that they need.
NO = "nicht|kein|not|nur|leider"
OFFERED = "eintritt|teilnahme|besuch|veranstaltung|workshop|kurs|konzert|führung|angebot|vortrag|beratung"
FREELY = "frei|kostenlos|gratis|umsonst|unentgeltlich"
EUROS = "€|eur"
STEPS = "barrierefrei|rollstuhlgerecht|rollstuhlgeeignet|stufenlos|ebenerdig"

FREE = Phrases(
    (
        rf"\b{OFFER}\s*(?:ist|sind)?\s*:?\s*(?:wie immer |natürlich |selbstverständlich )?(?:frei|{GRATIS})\b",
        OFFERED,
        FREELY,
    ),
    (rf"\b(?:freier|{GRATIS}e[nrs]?) {OFFER}", f"{FREELY}|kostenfrei|gebührenfrei", OFFERED),
    (rf"\b{GRATIS}\b(?! (?:park|wlan))", f"{FREELY}|kostenfrei|gebührenfrei"),
    (r"\bkein(?:en)? eintritt\b(?! frei)", "kein eintritt|keinen eintritt"),
    (rf"{FOOD}\b(?:auf|gegen) spende(?:nbasis)?\b", "auf spende|gegen spende"),
    (r"\bspenden (?:sind )?(?:willkommen|erwünscht|erbeten)\b", "spenden ", "willkommen|erwünscht|erbeten"),
    (r"\bfree (?:entry|admission|of charge|entrance|event)\b", "free ", "entry|admission|charge|entrance|event"),
    (r"\b(?:entry|admission|entrance|participation) (?:is )?free\b", "entry|admission|entrance|participation", "free"),
)
PAID_FOR = (
    r"(?:eintritt|ticket|karte|beitrag|kosten|gebühr|preis|vvk|ak|abendkasse|vorverkauf|teilnahmebeitrag|kursgebühr"
    r"|unkostenbeitrag|entry|admission|fee|price)"
)
NOT_FREE = Phrases(
    (rf"\b{NOT} (?:\w+ )?{GRATIS}", NO, FREELY),
    (r"\bnot (?:\w+ )?free\b", "not ", "free"),
    (r"\b(?:kein(?:en)?|nicht) (?:freier?n? eintritt|eintritt frei)\b", "kein|nicht", "eintritt", "frei"),
    (rf"\b{OFFER} (?:ist )?nicht frei\b", OFFERED, "nicht frei"),
    (
        rf"\b{PAID_FOR}\w*\b[^.\n]{{0,40}}?(?:{MONEY})",
        "eintritt|ticket|karte|beitrag|kosten|gebühr|preis|vvk|ak|abendkasse|vorverkauf|teilnahmebeitrag|kursgebühr"
        "|unkostenbeitrag|entry|admission|fee|price",
        EUROS,
    ),
    (
        rf"(?:{MONEY})\s*(?:eintritt|pro person|p\.\s?p\.|/\s?ermäßigt|vvk|ak\b|abendkasse|entry|per person)",
        "",
        EUROS,
        "eintritt|pro person|p.|ermäßigt|vvk|ak|abendkasse|entry|per person",
    ),
    (r"\bkostenpflichtig\b", "kostenpflichtig"),
)
NOTHING_TO_PAY = re.compile(r"^(?:0+(?:[.,]0+)?|€\s?0+(?:[.,]0+)?)\s?(?:€|eur|euro)?$", re.IGNORECASE)

# "Barrierearm" promises less and is therefore no yes.
STEPLESS = r"(?:barrierefrei|rollstuhlgerecht|rollstuhlgeeignet|stufenlos|ebenerdig)"
ACCESSIBLE = Phrases(
    (rf"\b{STEPLESS}(?:e[nrs]?)?\b", STEPS),
    (r"\bwheelchair[- ]accessible\b", "wheelchair"),
    (r"\baccessible (?:by|for|with a) wheelchairs?\b", "accessible", "wheelchair"),
    (r"\bstep[- ]free\b", "step-free|step free"),
)
NOT_ACCESSIBLE = Phrases(
    (rf"\b{NOT} (?:\w+ )?{STEPLESS}", NO, STEPS),
    (
        rf"\b{NOT} (?:fully )?(?:wheelchair[- ]accessible|accessible (?:by|for) wheelchairs?|step[- ]free)",
        NO,
        "accessible|step-free|step free",
    ),
    (r"\bnur über (?:eine |die )?treppen?\b", "nur über"),
)

CHILDREN = Phrases(
    (
        r"\b(?:für|mit) (?:die ganze familie|familien|kinder(?:n)?|groß und klein|jung und alt)\b",
        "für |mit ",
        "die ganze familie|familien|kinder|groß und klein|jung und alt",
    ),
    (r"\bkinder(?:n)? (?:sind )?(?:herzlich |gerne? )?(?:willkommen|eingeladen)\b", "kinder", "willkommen|eingeladen"),
    (
        r"\b(?:kinder|familien)(?:freundlich|fest|programm|nachmittag|theater|flohmarkt|konzert|betreuung|ecke)\w*",
        "kinder|familien",
        "freundlich|fest|programm|nachmittag|theater|flohmarkt|konzert|betreuung|ecke",
    ),
    (r"\bfür kinder (?:ab|von)\b", "für kinder"),
    (r"\b(?:family|child|kid)[- ]friendly\b", "family|child|kid", "friendly"),
    (r"\b(?:children|kids|families) (?:are )?welcome\b", "children|kids|families", "welcome"),
    (r"\bfor (?:children|kids|families|the whole family)\b", "for ", "children|kids|families|family"),
)
NOT_CHILDREN = Phrases(
    (rf"\b{NOT}\s+(?:\w+\s+)?für kinder\b", NO, "für kinder"),
    (
        r"\b(?:nur für erwachsene|ab 18 jahren?|einlass ab 1[68](?![:.]?\d|\s?uhr)|ü ?18|adults only|18\s?\+)",
        "nur für|ab 18|einlass|ü18|ü 18|18|adults only",
    ),
    (r"\bnot (?:suitable )?for (?:children|kids)\b", "not ", "children|kids"),
)

ONLINE = Phrases(
    (r"\bonline[- ]?(?:veranstaltung|vortrag|treffen|seminar|workshop|kurs|event)", "online"),
    (
        r"\b(?:webinar|videokonferenz|livestream|hybrid(?:e[nrs]?|veranstaltung)?)\b",
        "webinar|videokonferenz|livestream|hybrid",
    ),
    (
        r"\b(?:per|via|auf|über) (?:zoom|jitsi|bigbluebutton|teams)\b",
        "per |via |auf |über ",
        "zoom|jitsi|bigbluebutton|teams",
    ),
    (r"\b(?:findet|nur|auch) online\b|\bonline (?:teilnehmen|dabei|statt)\b", "findet|nur|auch|online", "online"),
    (
        r"\b(?:zoom\.us|meet\.jit\.si|bigbluebutton|teams\.microsoft)\S*/",
        "zoom.us|meet.jit.si|bigbluebutton|teams.microsoft",
    ),
)
NOT_ONLINE = Phrases(
    (rf"\b{NOT} (?:\w+ )?online\b(?![- ]?(?:anmeld|shop|ticket))", NO, "online"),
    (
        r"\b(?:nur vor ort|in präsenz|präsenzveranstaltung|in person only)\b",
        "nur vor ort|in präsenz|präsenzveranstaltung|in person only",
    ),
)

TOLD_IN = "auf|in|sprache|veranstaltungssprache|language|held in|spoken"
LANGUAGES: Mapping[str, Phrases] = {
    code: Phrases(
        (
            rf"\b(?:auf|in|sprache:?|veranstaltungssprache:?|language:?|held in|spoken:?)\s+(?:{names})\b",
            TOLD_IN,
            needed,
        ),
        (more, needed),
    )
    for code, needed, names, more in (
        ("de", "deutsch|german", "deutsch(?:er sprache)?|german", r"\bdeutschsprachig\w*"),
        ("en", "englisch|english", "englisch(?:er sprache)?|english", r"\benglischsprachig\w*|\benglish[- ]speaking\b"),
        ("fr", "französisch|french", "französisch(?:er sprache)?|french", r"\bfranzösischsprachig\w*"),
        ("uk", "ukrainisch|ukrainian", "ukrainisch(?:er sprache)?|ukrainian", r"\bukrainischsprachig\w*"),
        ("ru", "russisch|russian", "russisch(?:er sprache)?|russian", r"\brussischsprachig\w*"),
        ("ar", "arabisch|arabic", "arabisch(?:er sprache)?|arabic", r"\barabischsprachig\w*"),
        ("tr", "türkisch|turkish", "türkisch(?:er sprache)?|turkish", r"\btürkischsprachig\w*"),
        ("fa", "farsi|persisch|dari", "farsi|persisch|dari", r"\bfarsisprachig\w*"),
        (
            "gsg",
            "gebärden|dgs|sign language",
            "(?:deutscher )?gebärdensprache|dgs|sign language",
            # One that has been asked for has not agreed yet.
            r"\bgebärden(?:sprach)?dolmetsch\w*+(?! (?:ist|wird|sind|werden)? ?(?:noch )?(?:angefragt|gesucht))",
        ),
    )
}


LANGUAGE_WORDS = frozenset().union(*(phrases.words for phrases in LANGUAGES.values())) - set(TOLD_IN.split("|"))
READ = (FREE, NOT_FREE, ACCESSIBLE, NOT_ACCESSIBLE, CHILDREN, NOT_CHILDREN, ONLINE, NOT_ONLINE)
VOCABULARY = Vocabulary(word for phrases in (*READ, *LANGUAGES.values()) for word in phrases.words)


def accessibility_of(sentence: str) -> Fact:
    """What a sentence about a house says of its accessibility; it is the evidence, also of what is unclear."""
    text = _single_spaced(sentence[:LONGEST_TEXT])
    return Fact(_read(VOCABULARY.said(text), ACCESSIBLE, NOT_ACCESSIBLE).reply, text[:LONGEST_EVIDENCE])


def facts_of(
    title: str,
    description: str,
    place: Place,
    properties: Sequence[tuple[str, str]] = (),
    categories: Sequence[str] = (),
) -> Facts:
    """The facts of an event.

    `properties` are stated ones by name (`isAccessibleForFree`, `price`, `inLanguage`); they count before words.
    """
    text = _single_spaced("\n".join((title, *categories, description))[:LONGEST_TEXT])
    said = VOCABULARY.said(text)
    stated = dict(properties)
    languages, told_by = _languages(stated, said)
    paid = NOT_FREE.search(said)
    return Facts(
        free=_stated_free(stated) or _weighed(said, FREE, NOT_FREE, paid),
        price=_price(stated, paid),
        accessible=_read(said, ACCESSIBLE, NOT_ACCESSIBLE),
        children=_read(said, CHILDREN, NOT_CHILDREN),
        online=Fact(Reply.YES, place.text or "online") if place.online else _read(said, ONLINE, NOT_ONLINE),
        languages=languages,
        languages_evidence=told_by,
    )


def _single_spaced(text: str) -> str:
    """The text with single blanks and line breaks: on long runs of them the patterns would take for ever."""
    return "\n".join(words for line in text.split("\n") if (words := " ".join(line.split())))


def _read(said: Said, yes: Phrases, no: Phrases) -> Fact:
    """What the words say: a no where it is said, a yes where nothing of it is denied; both together are unknown."""
    return _weighed(said, yes, no, no.search(said))


def _weighed(said: Said, yes: Phrases, no: Phrases, denied: re.Match[str] | None) -> Fact:
    """The same, once it is known whether a no is said."""
    affirmed = yes.search(VOCABULARY.said(no.without(said.text)) if denied else said)
    if denied and affirmed:
        return UNKNOWN
    if denied:
        return Fact(Reply.NO, _evidence(denied))
    return Fact(Reply.YES, _evidence(affirmed)) if affirmed else UNKNOWN


def _evidence(found: re.Match[str]) -> str:
    return " ".join(found[0].split())[:LONGEST_EVIDENCE]


def _stated_free(stated: Mapping[str, str]) -> Fact | None:
    """What isAccessibleForFree or a price says."""
    free, price = stated.get("isAccessibleForFree", "").lower(), stated.get("price", "").strip()
    if free in ("true", "false"):
        return Fact(Reply.YES if free == "true" else Reply.NO, f"isAccessibleForFree: {free}")
    if not price:
        return None
    return Fact(Reply.YES if NOTHING_TO_PAY.match(price) else Reply.NO, f"price: {price}"[:LONGEST_EVIDENCE])


def _price(stated: Mapping[str, str], paid: re.Match[str] | None) -> str:
    """The price as it is stated, of words only where they speak of paying."""
    if stated.get("price"):
        return stated["price"][:LONGEST_EVIDENCE]
    found = re.search(MONEY, paid[0], re.IGNORECASE) if paid else None
    return found[0] if found else ""


def _languages(stated: Mapping[str, str], said: Said) -> tuple[tuple[str, ...], str]:
    """The languages spoken there and what tells it; the language of the text itself tells nothing."""
    code = stated.get("inLanguage", "")[:2].lower()
    if code:
        return (code,), f"inLanguage: {stated['inLanguage']}"[:LONGEST_EVIDENCE]
    if LANGUAGE_WORDS.isdisjoint(said.words):
        return (), ""
    found = {code: match for code, words in LANGUAGES.items() if (match := words.search(said))}
    return tuple(found), _evidence(next(iter(found.values()))) if found else ""

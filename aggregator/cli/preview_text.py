"""A preview in words, German or English, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from aggregator.cli.paragraphs import heading, paragraph
from aggregator.cli.preview_dates import coming_lines, doubtful_lines, due_lines
from aggregator.errors import ErrorClass, Failure
from aggregator.model import advice
from aggregator.model.advice import spoken
from aggregator.model.defects import Defect
from aggregator.model.preview import Outcome, Preview, Trial
from aggregator.model.secrets import holds_secret, masked

OF_ADDRESSES = frozenset(
    {
        ErrorClass.URL,
        ErrorClass.SCHEME,
        ErrorClass.SECRET,
        ErrorClass.ADDRESS,
        ErrorClass.GONE,
        ErrorClass.EMPTY,
        ErrorClass.NOT_A_FEED,
        ErrorClass.PARSE,
    }
)
"""Failures against which another address helps."""
MOST_DEFECTS = 40
Forms = tuple[str, str]
EVENTS = (("Termin", "Termine"), ("event", "events"))
SINGLES = (("einzelner Termin", "einzelne Termine"), ("single event", "single events"))
SERIES = (("Reihe", "Reihen"), ("series", "series"))
NOTICES = (("Meldung ohne Datum", "Meldungen ohne Datum"), ("notice without a date", "notices without a date"))
COMING = (("Termin", "Termine"), ("date", "dates"))
AHEAD = ("In den nächsten 15 Monaten", "In the next 15 months")


def preview_lines(found: Preview, zone: str, language: str) -> Iterator[str]:
    """The whole answer for people, line by line."""
    yield from pasted(found, language)
    yield from tried(found, language)
    if found.profile:
        yield from profile_lines(found, language)
    if found.chosen is None:
        return
    yield from figures(found, language)
    yield from coming_lines(found, zone, language)
    yield from due_lines(found, zone, language)
    yield from doubtful_lines(found, zone, language)
    yield from missing_lines(found, language)
    yield from defect_lines(found.defects, language)


def pasted(found: Preview, language: str) -> Iterator[str]:
    """What was pasted, and what became of it at once."""
    yield f"{spoken(('Eingegeben', 'Pasted'), language)}: {found.pasted}"
    if found.removed:
        yield from paragraph(spoken(advice.PERSONAL_LINK, language))
    if holds_secret(found.chosen.url if found.chosen else "https://") and not found.removed:
        yield from paragraph(spoken(advice.SHARE_LINK, language))
    if found.failure:
        is_mail = "@" in found.pasted and "/" not in found.pasted
        said = spoken(advice.MAIL_ADDRESS, language) if is_mail else found.failure.sentence(language)
        yield from paragraph(said)
        if found.failure == Failure(ErrorClass.NOT_A_FEED, "HTML"):
            yield from paragraph(spoken(advice.NO_CALENDAR, language))
        if is_about_address(found.failure):
            yield from paragraph(spoken(advice.WHERE_TO_LOOK, language))


def is_about_address(failure: Failure) -> bool:
    """Whether another address would help, and not waiting."""
    if failure.error_class is ErrorClass.STATUS:
        return not failure.detail.startswith("5")
    return failure.error_class in OF_ADDRESSES


def tried(found: Preview, language: str) -> Iterator[str]:
    """The candidates that were asked, and the one that we would use."""
    if found.outcome is Outcome.REFUSED:
        return
    yield from heading(("Gesucht und gefunden", "Looked for and found"), language)
    for trial in found.trials:
        mark = "✓" if trial.candidate == found.chosen else "·"
        yield f"  {mark} {masked(trial.candidate.url)}"
        told = result(trial, language)
        if trial.failure and trial.failure == found.failure and not trial.leads_to:
            told = f"{spoken(('siehe oben', 'see above'), language)} [{trial.failure.error_class}]"
        yield from paragraph(f"{trial.candidate.reason(language)}: {told}", indent=6)
    if found.chosen:
        yield ""
        yield f"  {spoken(('Wir würden nehmen', 'We would use'), language)}: {masked(found.chosen.url)}"
        if found.known_as:
            sentence = ("Diesen Kalender rufen wir schon ab, als Quelle", "We already pull this calendar, as source")
            yield f"  {spoken(sentence, language)} „{found.known_as}“."


def result(trial: Trial, language: str) -> str:
    """What one candidate gave."""
    if trial.leads_to:
        found = counted(
            trial.leads_to,
            ("mögliche Kalenderadresse", "mögliche Kalenderadressen"),
            ("possible calendar address", "possible calendar addresses"),
            language,
        )
        return f"{spoken(('eine Webseite, darauf', 'a web page, on it'), language)} {found}"
    if trial.failure:
        return f"{trial.failure.sentence(language)} [{trial.failure.error_class}]"
    parts = (counted(trial.events, *EVENTS, language), counted(trial.notices, *NOTICES, language))
    return ", ".join(part for part, count in zip(parts, (1, trial.notices), strict=True) if count)


def counted(count: int, german: Forms, english: Forms, language: str) -> str:
    """A number with its word in the singular or plural."""
    return f"{count} {spoken((german[count != 1], english[count != 1]), language)}"


def profile_lines(found: Preview, language: str) -> Iterator[str]:
    """Who publishes, as their platform tells it."""
    profile = found.profile
    if profile is None:
        return
    yield from heading(("Die Gruppe", "The group"), language)
    yield f"  {profile.name}"
    yield from paragraph(profile.text[:400])
    rows = (
        (("Website", "Website"), profile.homepage),
        (("Ort", "Place"), profile.place),
        (("Themen", "Topics"), ", ".join(profile.topics)),
        (("Schlagworte", "Tags"), ", ".join(profile.tags)),
    )
    yield from (f"  {spoken(label, language)}: {value}" for label, value in rows if value)


def figures(found: Preview, language: str) -> Iterator[str]:
    """How much there is."""
    yield from heading(("Was darin steht", "What it holds"), language)
    if found.title:
        yield f"  „{found.title}“"
    kinds = ((found.singles, SINGLES), (found.series, SERIES), (found.notices, NOTICES))
    parts = [counted(count, *forms, language) for count, forms in kinds if count]
    if parts:
        yield f"  {', '.join(parts)}"
    if found.events:
        yield f"  {spoken(AHEAD, language)}: {counted(found.upcoming, *COMING, language)}"
    if found.outcome is Outcome.EMPTY:
        yield from paragraph(spoken(advice.EMPTY if is_wechange(found) else advice.EMPTY_ELSEWHERE, language))
    elif not found.events:
        yield from paragraph(spoken(advice.NOTICES_ONLY, language))


def is_wechange(found: Preview) -> bool:
    """Whether the calendar lies on a WECHANGE portal."""
    return found.profile is not None or bool(found.chosen and "WECHANGE" in found.chosen.reason_de)


def missing_lines(found: Preview, language: str) -> Iterator[str]:
    """What the events lack."""
    lacks = (
        (found.missing.places, advice.PLACES if is_wechange(found) else advice.PLACES_ELSEWHERE),
        (found.missing.ends, advice.ENDS),
        (found.missing.zones, advice.ZONES),
    )
    if found.missing.is_nothing:
        return
    yield from heading(("Was fehlt", "What is missing"), language)
    for count, sentences in lacks:
        if count:
            yield from paragraph(
                f"{count} {spoken(('von', 'of'), language)} {found.events} {spoken(sentences, language)}"
            )


def defect_lines(defects: tuple[Defect, ...], language: str) -> Iterator[str]:
    """Every defect with its line and what can be done; equal ones are told once."""
    if not defects:
        return
    yield from heading(("Was uns aufgefallen ist", "What we noticed"), language)
    groups = Counter((defect.kind, defect.sentence(language)) for defect in defects)
    for kind, sentence in list(groups)[:MOST_DEFECTS]:
        places = [place(d, language) for d in defects if (d.kind, d.sentence(language)) == (kind, sentence)]
        yield from paragraph(f"{sentence} {advice.of_defect(kind, language)}")
        named = "; ".join(filter(None, places[:3]))
        further = f" (+{len(places) - 3})" if len(places) > 3 else ""
        if named:
            yield f"      {named}{further}"


def place(defect: Defect, language: str) -> str:
    """Where a defect is: its line and the event's identifier."""
    line = f"{spoken(('Zeile', 'line'), language)} {defect.line}" if defect.line else ""
    name = spoken(("Kennung", "identifier"), language)
    named = defect.uid[:80] if "://" in defect.uid else f"{name} {defect.uid[:80]}" if defect.uid else ""
    return ", ".join(part for part in (line, named) if part)

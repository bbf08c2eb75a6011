"""A preview in words, German or English, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from textwrap import wrap

from aggregator.model import advice
from aggregator.model.advice import Sentences, spoken
from aggregator.model.defects import Defect
from aggregator.model.facts import Facts, Reply
from aggregator.model.preview import Coming, Outcome, Preview, Trial
from aggregator.model.records import Status
from aggregator.model.secrets import masked

WIDTH = 100
MOST_DEFECTS = 40
DAYS = (("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"), ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
Forms = tuple[str, str]
EVENTS = (("Termin", "Termine"), ("event", "events"))
SINGLES = (("einzelner Termin", "einzelne Termine"), ("single event", "single events"))
SERIES = (("Reihe", "Reihen"), ("series", "series"))
NOTICES = (("Meldung ohne Datum", "Meldungen ohne Datum"), ("notice without a date", "notices without a date"))
COMING = (("Termin", "Termine"), ("date", "dates"))
AHEAD = ("In den nächsten 15 Monaten", "In the next 15 months")
MARKS: dict[Status, Sentences] = {
    Status.CANCELLED: ("abgesagt", "cancelled"),
    Status.MOVED: ("verschoben", "moved"),
    Status.SOLD_OUT: ("ausgebucht", "sold out"),
    Status.TENTATIVE: ("unter Vorbehalt", "tentative"),
}
FACTS: dict[tuple[str, Reply], Sentences] = {
    ("free", Reply.YES): ("kostenlos", "free"),
    ("free", Reply.NO): ("kostet Eintritt", "costs money"),
    ("accessible", Reply.YES): ("barrierefrei", "accessible"),
    ("accessible", Reply.NO): ("nicht barrierefrei", "not accessible"),
    ("children", Reply.YES): ("für Kinder", "for children"),
    ("children", Reply.NO): ("nicht für Kinder", "not for children"),
    ("online", Reply.YES): ("online", "online"),
}


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
    yield from doubtful_lines(found, zone, language)
    yield from missing_lines(found, language)
    yield from defect_lines(found.defects, language)


def pasted(found: Preview, language: str) -> Iterator[str]:
    """What was pasted, and what became of it at once."""
    yield f"{spoken(('Eingegeben', 'Pasted'), language)}: {found.pasted}"
    if found.removed:
        yield from paragraph(spoken(advice.PERSONAL_LINK, language))
    if found.failure:
        yield from paragraph(found.failure.sentence(language))
        yield from paragraph(spoken(advice.WHERE_TO_LOOK, language))


def tried(found: Preview, language: str) -> Iterator[str]:
    """The candidates that were asked, and the one that we would use."""
    if found.outcome is Outcome.REFUSED:
        return
    yield from heading(("Gesucht und gefunden", "Looked for and found"), language)
    for trial in found.trials:
        mark = "✓" if trial.candidate == found.chosen else "·"
        yield f"  {mark} {masked(trial.candidate.url)}"
        yield from paragraph(f"{trial.candidate.reason(language)}: {result(trial, language)}", indent=6)
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
        yield from paragraph(spoken(advice.EMPTY, language))
    elif not found.events:
        yield from paragraph(spoken(advice.NOTICES_ONLY, language))


def coming_lines(found: Preview, zone: str, language: str) -> Iterator[str]:
    """The next dates as we understand them."""
    if not found.coming:
        return
    yield from heading(
        ("Die nächsten Termine, wie wir sie verstehen", "The next events as we understand them"), language
    )
    for date in found.coming:
        yield f"  {when(date, zone, language):<32} {title(date, language)}"
        told = [fact for fact in facts(date.facts, language) if fact != date.place.lower()]
        details = " · ".join(filter(None, (date.place, *told)))
        if details:
            yield f"  {'':<32} {details}"


def doubtful_lines(found: Preview, zone: str, language: str) -> Iterator[str]:
    """Dates that we are not sure enough of, with the words that we read."""
    if not found.doubtful:
        return
    yield from heading(("Vielleicht auch ein Termin", "Perhaps an event too"), language)
    for each in found.doubtful:
        told = each.suggestion
        moment = when(Coming(each.title, told.start, told.end, repeats=bool(told.rule)), zone, language)
        yield f"  {moment:<32} {each.title}"
        yield f"  {'':<32} „{told.evidence}“"
    yield from paragraph(spoken(advice.DOUBTFUL, language))


def when(date: Coming, zone: str, language: str) -> str:
    """ "Sa 05.12.2026 18:30–21:00", with the second day where it ends on another."""
    days = DAYS[language == "en"]
    start = date.start.local(zone)
    first = f"{days[start.weekday()]} {start:%d.%m.%Y}"
    if date.start.is_date:
        last = date.end.local(zone) - timedelta(days=1) if date.end else start
        return first if last <= start else f"{first} – {days[last.weekday()]} {last:%d.%m.}"
    end = date.end.local(zone) if date.end else None
    if end is None:
        return f"{first} {start:%H:%M}"
    same_evening = end - start < timedelta(hours=18)
    return f"{first} {start:%H:%M}–{end:%H:%M}" if same_evening else f"{first} {start:%H:%M} – {end:%d.%m. %H:%M}"


def title(date: Coming, language: str) -> str:
    """The title with what one must know of the date."""
    marks = [spoken(MARKS[date.status], language)] if date.status in MARKS else []
    marks += [spoken(("Reihe", "series"), language)] if date.repeats else []
    return f"{date.title} ({', '.join(marks)})" if marks else date.title


def facts(known: Facts, language: str) -> list[str]:
    """The facts that were told, in a word each."""
    told = [(name, getattr(known, name).reply) for name in ("free", "accessible", "children", "online")]
    words = [spoken(FACTS[fact], language) for fact in told if fact in FACTS]
    return [*words, *known.languages]


def missing_lines(found: Preview, language: str) -> Iterator[str]:
    """What the events lack."""
    lacks = (
        (found.missing.places, advice.PLACES),
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
    return ", ".join(part for part in (line, defect.uid[:80]) if part)


def heading(sentences: Sentences, language: str) -> Iterator[str]:
    """A line that begins a part, with an empty one before it."""
    yield ""
    yield spoken(sentences, language)


def paragraph(text: str, indent: int = 2) -> Iterator[str]:
    """A text in lines of readable length."""
    yield from (" " * indent + line for line in wrap(" ".join(text.split()), WIDTH - indent))

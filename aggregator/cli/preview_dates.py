"""The dates of a preview in words: those to come, deadlines, and what may be a date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from aggregator.cli.paragraphs import heading, paragraph
from aggregator.model import advice
from aggregator.model.advice import Sentences, spoken
from aggregator.model.facts import Facts, Reply
from aggregator.model.preview import Coming, Preview
from aggregator.model.records import Status

MOST_OF_SERIES = 3
DAYS = (("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"), ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
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


def coming_lines(found: Preview, zone: str, language: str) -> Iterator[str]:
    """The next dates as we understand them."""
    if not found.coming:
        return
    yield from heading(
        ("Die nächsten Termine, wie wir sie verstehen", "The next events as we understand them"), language
    )
    seen: Counter[tuple[str, str]] = Counter()
    for date in found.coming:
        told = [fact for fact in facts(date.facts, language) if fact != date.place.lower()]
        details = " · ".join(filter(None, (date.place, *told)))
        seen[(title(date, language), details)] += 1
        # A weekly meeting would fill the list: three dates show whether we understood it.
        if seen[(title(date, language), details)] > MOST_OF_SERIES:
            continue
        yield f"  {when(date, zone, language):<32} {title(date, language)}"
        if details and seen[(title(date, language), details)] == 1:
            yield f"  {'':<32} {details}"
    going_on = spoken(("… {} geht so weiter", "… {} goes on like this"), language)
    yield from (f"  {'':<32} {going_on.format(name)}" for (name, _), count in seen.items() if count > MOST_OF_SERIES)


def due_lines(found: Preview, zone: str, language: str) -> Iterator[str]:
    """The deadlines of notices."""
    if found.due:
        yield from heading(("Fristen", "Deadlines"), language)
    yield from (f"  {when(Coming(each.title, each.day), zone, language):<32} {each.title}" for each in found.due)


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

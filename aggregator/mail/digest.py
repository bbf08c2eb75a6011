"""The weekly mail: what is on in the next seven days, what runs on, and what was announced since."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from aggregator.export import dates
from aggregator.export.characters import one_line
from aggregator.export.wording import headline, initiative_names, overall, place_line
from aggregator.mail.wording import WIDTH, Letterhead, Words, body, harmless, letter, wrapped
from aggregator.model.events import Listing
from aggregator.model.mail import Contact, Mail
from aggregator.model.records import Status
from aggregator.model.sources import Initiative

COLUMN = 7
# An exhibition is told once, not each day; a festival of three days is no exhibition.
LONG = timedelta(days=4)

SUBJECT = Words("Die Woche vom {first}", "The week from {first}")
CHOICE = Words("{days}\nAuswahl: {title}", "{days}\nSelection: {title}")
RUNS_ON = Words("Läuft weiter", "Still running")
UNTIL = Words("bis {day}", "until {day}")
NEW = Words("Neu angekündigt für später", "Newly announced for later")
CUT = Words(
    "Das sind die ersten {number} Termine dieser Woche; alle anderen stehen im Kalender.",
    "These are the first {number} events of this week; all others are in the calendar.",
)
MORE = Words("und {number} weitere im Kalender", "and {number} more in the calendar")
ALL = Words("Alles im Kalender:\n{link}", "All of it in the calendar:\n{link}")
LEAVE = Words(
    "Diese Mail kommt jede Woche, weil du sie bestellt hast. Abbestellen mit einem Klick, deine Adresse wird dann"
    " gelöscht:\n{leave}",
    "This mail comes every week because you asked for it. Leave with one click; your address is then deleted:\n{leave}",
)
CONFIRM = (
    Words("Bitte bestätigen: eine Mail jede Woche", "Please confirm: one mail every week"),
    Words(
        "mit dieser Adresse wurde eine wöchentliche Mail mit Terminen bestellt.\nAuswahl: {title}",
        "this address was given to order a weekly mail about events.\nSelection: {title}",
    ),
    Words("Wenn du das warst, bestätige es bitte hier:\n{link}", "If that was you, please confirm it here:\n{link}"),
    Words(
        "Wenn nicht, musst du nichts tun: Ohne Bestätigung wird die Adresse nach zwei Tagen gelöscht.",
        "If not, there is nothing to do: without a confirmation the address is deleted after two days.",
    ),
)
KNOWN = (
    Words("Du bekommst diese Mail schon", "You get this mail already"),
    Words(
        "die wöchentliche Mail mit dieser Auswahl kommt schon an diese Adresse:\n{title}",
        "the weekly mail with this selection comes to this address already:\n{title}",
    ),
    Words("Abbestellen geht hier:\n{link}", "You can leave here:\n{link}"),
)


@dataclass(frozen=True, slots=True)
class Week:
    """What one mail tells. `title` is the selection in words, `link` its page.

    `listings` are those of the days `first` to `last`, both inclusive, in a page's order, and not all of them if it
    `is_cut`; `new` is what was announced lately for later, of which there are `more`.
    """

    title: str
    link: str
    first: date
    last: date
    listings: tuple[Listing, ...]
    new: tuple[Listing, ...] = ()
    more: int = 0
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell; then no mail is sent."""
        return not (self.listings or self.new)


@dataclass(frozen=True, slots=True)
class Teller:
    """In which town and language a week is told."""

    head: Letterhead
    zone: str
    language: str
    initiatives: Mapping[str, Initiative]

    def say(self, words: Words, **values: object) -> str:
        """The words in this language."""
        return words.to(self.language, **values)


When = Callable[[Listing, Teller], tuple[str, str]]


def digest_mail(week: Week, teller: Teller, to: Contact, leave: str) -> Mail:
    """The week as a mail, with the header by which mail programs offer to leave (RFC 8058)."""
    first = dates.long_day(week.first, to.language, with_year=False)
    subject = f"{teller.say(SUBJECT, first=first)} – {teller.head.title}"
    text = week_text(week, teller) + "\n\n" + body(teller.head, to.language, [teller.say(LEAVE, leave=leave)])
    headers = (("List-Unsubscribe", f"<{leave}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return Mail(to.address, subject, text, "digest", headers)


def confirm_mail(head: Letterhead, to: Contact, title: str, link: str) -> Mail:
    """After the form: whether they meant it."""
    subject, *paragraphs = (words.to(to.language, title=harmless(title), link=link) for words in CONFIRM)
    return letter(head, to, subject, *paragraphs, purpose="digest-confirm")


def known_mail(head: Letterhead, to: Contact, title: str, link: str) -> Mail:
    """After the form, when they had done so before."""
    subject, *paragraphs = (words.to(to.language, title=title, link=link) for words in KNOWN)
    return letter(head, to, subject, *paragraphs, purpose="digest-confirm")


def week_text(week: Week, teller: Teller) -> str:
    """The days with their events, then what runs on, then what is new."""
    span = dates.day_span(week.first, week.last, teller.language, with_year=True)
    runs = [one for one in week.listings if is_run(one)]
    parts = [teller.say(CHOICE, days=span, title=one_line(week.title))]
    for day, events in groupby((one for one in week.listings if not is_run(one)), key=lambda one: one.day):
        parts.append(section(dates.long_day(day, teller.language, with_year=False), events, teller, timed))
    if week.is_cut:
        parts.append(wrapped(teller.say(CUT, number=len(week.listings))))
    if runs:
        parts.append(section(teller.say(RUNS_ON), runs, teller, ending))
    if week.new:
        more = [teller.say(MORE, number=week.more)] if week.more else []
        parts.append("\n\n".join([section(teller.say(NEW), week.new, teller, dated), *more]))
    return "\n\n\n".join([*parts, teller.say(ALL, link=week.link)])


def is_run(listing: Listing) -> bool:
    """Whether it goes on for so long that it belongs to no day."""
    return (
        listing.last_day - listing.day >= LONG or listing.occurrence.ends_at - listing.occurrence.start.instant > LONG
    )


def section(title: str, listings: Iterable[Listing], teller: Teller, when: When) -> str:
    """A heading, underlined as text is, and its events with a line between them."""
    entries = "\n\n".join("\n".join(entry(one, teller, when)) for one in listings)
    return f"{title}\n{'-' * len(title)}\n\n{entries}"


def entry(listing: Listing, teller: Teller, when: When) -> Iterator[str]:
    """One event: when in its column, what, where and by whom, and its page."""
    occurrence, event = listing.occurrence, listing.published.event
    time, after = when(listing, teller)
    status = overall(occurrence.status, event.status)
    status = event.status if status is Status.CONFIRMED else status
    lines = indented(headline(occurrence.title or event.title, status, teller.language))
    yield time.ljust(COLUMN) + lines[0][COLUMN:]
    yield from lines[1:]
    place = place_line(occurrence.place or event.place)
    by = [name for name in initiative_names(event, teller.initiatives)[:1] if name not in place]
    yield from indented(" · ".join(filter(None, (after, place, *by))))
    yield f"{' ' * COLUMN}{teller.head.base_url}/event/{listing.published.identity.id}"


def indented(text: str) -> list[str]:
    """A text behind the column of hours, wrapped."""
    margin = " " * COLUMN
    return textwrap.wrap(text, WIDTH, initial_indent=margin, subsequent_indent=margin, break_long_words=False)


def timed(listing: Listing, teller: Teller) -> tuple[str, str]:
    """The hour in the column, and the end with the place; whole days have neither."""
    start = listing.occurrence.start
    if start.is_date or listing.occurrence.days(teller.zone)[0] != listing.day:
        return "", ""
    end = dates.end_of(listing.occurrence, teller.zone)
    hour = dates.clock(start.local(teller.zone), teller.language)
    return hour, teller.say(UNTIL, day=dates.clock_words(end, teller.language)) if end else ""


def ending(listing: Listing, teller: Teller) -> tuple[str, str]:
    """Until which day it runs."""
    last = listing.occurrence.days(teller.zone)[1]
    return "", teller.say(UNTIL, day=dates.long_day(last, teller.language, with_year=False))


def dated(listing: Listing, teller: Teller) -> tuple[str, str]:
    """On which day it is."""
    return "", dates.announcement(listing.occurrence, teller.zone, teller.language)

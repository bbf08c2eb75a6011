"""The mails about what goes on later: calendars that break, heal or are held, the yearly question, the operator's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aggregator.mail.wording import Letterhead, Words, letter
from aggregator.model.mail import Contact, Mail


@dataclass(frozen=True, slots=True)
class SourceNews:
    """What a mail about one source says: whose it is, its host alone, since which day, why, and its page.

    `since` is written as people read it, in the language of the mail. `sentence` says what is wrong.
    """

    name: str
    host: str
    since: str
    sentence: str
    link: str


BROKEN = (
    Words("Euer Kalender ist seit {since} nicht zu lesen", "Your calendar cannot be read since {since}"),
    Words(
        "den Kalender von „{name}“ bei {host} können wir seit {since} nicht mehr lesen. Das meldet unser Programm:",
        "since {since} we cannot read the calendar of “{name}” at {host}. This is what our program says:",
    ),
    Words(
        "Die bisherigen Termine zeigen wir weiter, neue kommen nicht dazu. Wir versuchen es von selbst immer wieder;"
        " sobald es klappt, schreiben wir noch einmal. Mehr dazu:\n{link}",
        "We keep showing the events we have, but no new ones are added. We keep trying by ourselves, and write again"
        " when it works. More about it:\n{link}",
    ),
)
HEALED = (
    Words("Euer Kalender ist wieder da", "Your calendar is back"),
    Words(
        "den Kalender von „{name}“ bei {host} können wir wieder lesen. Alle Termine sind auf dem neuen Stand, es ist"
        " nichts weiter zu tun.",
        "we can read the calendar of “{name}” at {host} again. All events are up to date, and there is nothing left to"
        " do.",
    ),
)
HELD = (
    Words("Bitte einmal nachsehen: In eurem Kalender fehlen Termine", "Please have a look: events are missing"),
    Words(
        "im Kalender von „{name}“ bei {host} fehlen auf einmal viele Termine:",
        "many events are suddenly missing from the calendar of “{name}” at {host}:",
    ),
    Words(
        "Vorsichtshalber zeigen wir weiter die alten Termine. Wenn das so gewollt ist, müsst ihr nichts tun: Nach drei"
        " Tagen übernehmen wir den neuen Stand. Wenn nicht, seht bitte nach, ob der Kalender noch öffentlich"
        " freigegeben ist. Mehr dazu:\n{link}",
        "To be safe we keep showing the old events. If this is what you wanted, there is nothing to do: after three"
        " days we follow. If not, please check that the calendar is still shared publicly. More about it:\n{link}",
    ),
)
YEARLY = (
    Words("Stimmt das noch? {name}", "Is this still right? {name}"),
    Words(
        "„{name}“ steht seit über einem Jahr im Kalender. Bitte seht einmal nach, ob Name, Beschreibung, Ort und"
        " Adresse noch stimmen:\n{link}",
        "“{name}” has been in the calendar for more than a year. Please have a look whether name, description, place"
        " and address are still right:\n{link}",
    ),
    Words(
        "Wenn alles stimmt, ist nichts zu tun. Wir fragen nur einmal im Jahr.",
        "If all is well, there is nothing to do. We ask only once a year.",
    ),
)
OPERATOR = (
    Words("Etwas braucht dich", "Something needs you"),
    Words("im Kalender wartet etwas auf eine Entscheidung:", "something in the calendar waits for a decision:"),
    Words("Alles auf einer Seite:\n{link}", "All on one page:\n{link}"),
)


def broken(head: Letterhead, to: Contact, news: SourceNews) -> Mail:
    """A source has not been read for days."""
    return about_source(head, to, news, BROKEN, "broken")


def healed(head: Letterhead, to: Contact, news: SourceNews) -> Mail:
    """A source that we wrote about can be read again."""
    return about_source(head, to, news, HEALED, "healed")


def held(head: Letterhead, to: Contact, news: SourceNews) -> Mail:
    """A source is suddenly empty, and we keep what it said."""
    return about_source(head, to, news, HELD, "held")


def about_source(head: Letterhead, to: Contact, news: SourceNews, words: Sequence[Words], purpose: str) -> Mail:
    """Subject, what happened, what the program says, and what follows."""
    values = {"name": news.name, "host": news.host, "since": news.since, "link": news.link}
    subject, saying, *following = (said.to(to.language, **values) for said in words)
    sentence = [news.sentence] if news.sentence and following else []
    return letter(head, to, subject, saying, *sentence, *following, purpose=purpose)


def still_right(head: Letterhead, to: Contact, name: str, link: str) -> Mail:
    """Once a year: whether the entry is still right."""
    subject, *paragraphs = (words.to(to.language, name=name, link=link) for words in YEARLY)
    return letter(head, to, subject, *paragraphs, purpose="yearly")


def operator_needed(head: Letterhead, to: Contact, needs: Sequence[str], link: str) -> Mail:
    """To the operator: what waits, one line for each."""
    subject, saying, looking = (words.to(to.language, link=link) for words in OPERATOR)
    return letter(head, to, subject, saying, "\n".join(f"* {need}" for need in needs), looking, purpose="operator")

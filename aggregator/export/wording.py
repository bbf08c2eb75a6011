"""What calendars and feeds say of an event in words: its status in the title, its sources, its topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aggregator.export.characters import one_line, printable, web_address
from aggregator.model.events import MergedEvent, PublishedEvent, Statement
from aggregator.model.places import Place
from aggregator.model.records import Status
from aggregator.model.settings import Site
from aggregator.model.sources import Initiative, Topic

PREFIXES = {
    Status.CANCELLED: ("Abgesagt", "Cancelled"),
    Status.SOLD_OUT: ("Ausgebucht", "Sold out"),
    Status.MOVED: ("Verlegt", "Moved"),
}
SOURCE = ("Quelle", "Source")
WITHDRAWN = ("Bei der Quelle nicht mehr gelistet.", "No longer listed by its source.")
MORE_SOURCES = ("Weitere Quellen auf der Seite der Veranstaltung.", "More sources on the event's page.")
# Who announces an event more often than anybody reads: a calendar that repeats them for each date would be endless.
MOST_SOURCES = 20
UNTITLED = ("Ohne Titel", "Untitled")


def either(pair: tuple[str, str], language: str) -> str:
    """The German or the English one of a pair; any language but English gets German."""
    return pair[1] if language.startswith("en") else pair[0]


def headline(title: str, status: Status, language: str) -> str:
    """The title on one line with its status before it, for readers that hide or ignore STATUS (rule 5)."""
    text = one_line(title) or either(UNTITLED, language)
    return f"{either(PREFIXES[status], language)}: {text}" if status in PREFIXES else text


def overall(status: Status, of_event: Status) -> Status:
    """The status of one instance: a cancelled or withdrawn series cancels every one."""
    return of_event if of_event in (Status.CANCELLED, Status.WITHDRAWN) else status


def page_address(published: PublishedEvent, site: Site) -> str:
    """The address of the event's own page."""
    return f"{site.base_url}/event/{published.identity.id}"


def place_line(place: Place) -> str:
    """Where it is, on one line; "Online" when that is all that is known."""
    return one_line(place.text) or ("Online" if place.online else "")


def topic_labels(event: MergedEvent, topics: Sequence[Topic], language: str) -> list[str]:
    """The names of the event's topics, in the order of the configuration."""
    return [one_line(topic.label(language)) for topic in topics if topic.id in event.topics]


def initiative_names(event: MergedEvent, initiatives: Mapping[str, Initiative]) -> list[str]:
    """The names of those who announce it, the leading one first."""
    return [one_line(initiatives[each].name) for each in event.initiatives if each in initiatives]


def source_links(statements: Sequence[Statement]) -> list[str]:
    """The addresses at which the sources announce it, each once."""
    return list(dict.fromkeys(filter(None, (web_address(statement.link) for statement in statements))))


def source_lines(statements: Sequence[Statement], initiatives: Mapping[str, Initiative], language: str) -> list[str]:
    """One line for each announcement: "Quelle: Repair-Café (CC BY 4.0) – https://…"; the licence is its text's."""
    lines = []
    for statement in statements:
        known = initiatives.get(statement.initiative)
        licence = f"({one_line(statement.licence)})" if statement.licence else ""
        who = " ".join(filter(None, (one_line(known.name) if known else "", licence)))
        parts = (who, web_address(statement.link))
        if any(parts):
            lines.append(f"{either(SOURCE, language)}: {' – '.join(filter(None, parts))}")
    return list(dict.fromkeys(lines))


def listed(lines: Sequence[str], language: str) -> list[str]:
    """The first lines, each once; where there are more, that the event's page has them."""
    different = list(dict.fromkeys(lines))
    more = [either(MORE_SOURCES, language)] if len(different) > MOST_SOURCES else []
    return different[:MOST_SOURCES] + more


def full_text(description: str, status: Status, sources: Sequence[str], language: str) -> str:
    """The description as calendars and feeds carry it: what is said, whether it is withdrawn, who says it."""
    withdrawn = either(WITHDRAWN, language) if status is Status.WITHDRAWN else ""
    return "\n\n".join(filter(None, (printable(description).strip(), withdrawn, "\n".join(sources))))

"""A town on Tuesday, 24 November 2026, at 13:53: enough of everything that a page can show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from aggregator.errors import ErrorClass, Failure
from aggregator.export.ics import render_event
from aggregator.model.defects import Defect, DefectKind
from aggregator.model.events import EventIdentity, EventOccurrence, MergedEvent, PublishedEvent, Statement
from aggregator.model.facts import Fact, Facts, Reply
from aggregator.model.fetching import SourceState
from aggregator.model.filters import EventFilter
from aggregator.model.health import Change
from aggregator.model.linkage import Member, Relation
from aggregator.model.places import Place
from aggregator.model.publishing import EventChanges, EventToWrite, StoredIdentity
from aggregator.model.records import Record, RecordChanges, Recurrence, Status
from aggregator.model.saved_filters import SavedFilter
from aggregator.model.settings import Settings, Site
from aggregator.model.sources import Initiative, Source, Topic
from aggregator.model.text import spaceless
from aggregator.model.times import EventTime
from aggregator.store import configuration, events, records, sources
from aggregator.store.database import Store

ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 24, 12, 53, tzinfo=UTC)
SEEN = datetime(2026, 9, 1, 8, tzinfo=UTC)

INITIATIVES = (
    Initiative(
        "mosaique",
        "mosaique – Haus der Kulturen",
        "Haus",
        homepage="https://mosaique.example.org",
        text="Offenes Haus für Begegnung.\n\nMehr: https://mosaique.example.org/haus",
        place="Katzenstraße 1, 21335 Lüneburg",
        topics=("begegnung", "kultur"),
        latitude=53.24873,
        longitude=10.40541,
    ),
    Initiative("klima", "Klimaentscheid Lüneburg", text="=Klima{{!}}", topics=("klima-umwelt",), umbrella="mosaique"),
    Initiative("stadtblatt", "Stadtblatt"),
    Initiative("freiraum", "Freiraum", umbrella="mosaique"),
    Initiative("museum", "Museum Lüneburg"),
)
TOPICS = (
    Topic("klima-umwelt", (("de", "Klima und Umwelt"), ("en", "Climate and environment"))),
    Topic("kultur", (("de", "Kultur und Musik"), ("en", "Culture and music"))),
    Topic("begegnung", (("de", "Begegnung"), ("en", "Meeting people"))),
)
SAVED = (SavedFilter("kultur-wochenende", "Kultur am Wochenende", EventFilter(topics=("kultur",), weekdays=(5, 6))),)


def settings(**site: Any) -> Settings:
    fields = {
        "title": "Lüneburg im Kalender",
        "timezone": ZONE,
        "base_url": "https://kalender.example.org",
        "region_name": "Lüneburg",
        "contact": "kontakt@example.org",
        **site,
    }
    found = tuple(
        Source(f"{one.id}-ics", one.id, f"https://{one.id}.example.org/secret-path/cal.ics?token=hunter2")
        for one in INITIATIVES
    )
    return Settings(
        Path("sources.yaml"), Site(**fields), initiatives=INITIATIVES, sources=found, topics=TOPICS, filters=SAVED
    )


def moment(text: str) -> EventTime:
    """ "2026-12-05" is a date, "2026-12-05T18:30" wall time."""
    if len(text) == 10:
        return EventTime.of_date(date.fromisoformat(text), ZONE)
    return EventTime(datetime.fromisoformat(text), ZONE)


def at(start: str, end: str = "", original: str = "", **more: Any) -> EventOccurrence:
    """One occurrence from texts."""
    return EventOccurrence(moment(original or start), moment(start), moment(end) if end else None, **more)


def said(initiative: str, title: str, start: str, **more: Any) -> Statement:
    """One source's announcement."""
    fields = {"link": f"https://{initiative}.example.org/termin", **more}
    return Statement(
        f"{initiative}-ics.{spaceless(title)[:30]}", f"{initiative}-ics", initiative, title, moment(start), **fields
    )


def event(name: str, title: str, start: str, end: str = "", **more: Any) -> PublishedEvent:
    """A published event; `by` are those who announce it, the leading one first."""
    by = more.pop("by", ("freiraum",))
    occurrences = more.pop("occurrences", (at(start, end),))
    statements = more.pop("statements", None) or tuple(
        said(one, title, start, rule="same_uid" if number else "") for number, one in enumerate(by)
    )
    rules = more.pop("rules", ())
    more["place"] = Place(more["place"]) if isinstance(more.get("place"), str) else more.get("place", Place())
    merged = MergedEvent(
        title=title,
        start=moment(start),
        end=moment(end) if end else None,
        occurrences=occurrences,
        statements=statements,
        provenance=tuple((field, statements[0].record) for field in ("title", "free", "accessible", "languages")),
        recurrence=Recurrence(rules),
        initiatives=by,
        **more,
    )
    identity = EventIdentity(name, f"{name}@kalender.example.org", statements[0].record, 0, SEEN, SEEN, name)
    return PublishedEvent(identity, merged)


def weekly(first: str, end: str, times: int, **changed: EventOccurrence) -> tuple[EventOccurrence, ...]:
    """A weekly series; `changed` replaces occurrences by number, such as n3=…."""
    start, ending = moment(first), moment(end)
    made = []
    for number in range(times):
        distance = timedelta(weeks=number)
        whole = EventOccurrence(start.shifted(distance), start.shifted(distance), ending.shifted(distance))
        made.append(changed.get(f"n{number}", whole))
    return tuple(made)


LONG_TEXT = """Gemeinsam reparieren statt wegwerfen: Toaster, Fahrradlampe, Lieblingsjacke.
Bring das kaputte Ding mit, wenn möglich auch das Netzteil.

Anmeldung: https://mosaique.example.org/anmelden?was=toaster&wann=bald. Oder (https://wiki.example.org/Café_(Ort))
<script>alert('x')</script> javascript:alert(1)"""

MOVED_REPAIR = at("2026-12-19T14:00", "2026-12-19T17:00", original="2026-12-12T14:00")

EVENTS = (
    event("rueckblick", "Forschungskolloquium Nachhaltigkeit", "2026-11-24T12:15", "2026-11-24T13:45", by=("museum",)),
    event(
        "naehcafe",
        "Nähcafé",
        "2026-11-10T15:00",
        "2026-11-10T17:30",
        by=("mosaique", "stadtblatt"),
        place="mosaique – Haus der Kulturen, Werkraum",
        topics=("begegnung",),
        rules=("FREQ=WEEKLY;BYDAY=TU",),
        occurrences=weekly(
            "2026-11-10T15:00",
            "2026-11-10T17:30",
            12,
            n3=at("2026-12-01T15:00", "2026-12-01T17:30", status=Status.CANCELLED),
            n4=at("2026-12-08T15:00", "2026-12-08T17:30", place=Place("Gemeindesaal", "St.-Stephanus-Passage 1")),
        ),
    ),
    event(
        "podium",
        "Podium: Lüneburg klimaneutral bis 2030 – Wunsch oder Plan?",
        "2026-11-24T19:00",
        "2026-11-24T21:00",
        by=("klima", "mosaique", "stadtblatt", "freiraum", "museum"),
        topics=("klima-umwelt",),
        place=Place("Glockenhaus, Großer Saal", "Glockenstraße 9, 21335 Lüneburg", 53.2487, 10.4078),
        description=LONG_TEXT,
        url="https://klima.example.org/podium",
        facts=Facts(
            free=Fact(Reply.YES, "Eintritt frei"),
            accessible=Fact(Reply.YES, "stufenlos"),
            languages=("de", "gsg"),
            languages_evidence="mit Gebärdensprache",
        ),
    ),
    event(
        "orange",
        "Orange Days: Film und Gespräch",
        "2026-11-25T17:00",
        "2026-11-25T19:30",
        place="Freiraum, Saal",
        facts=Facts(free=Fact(Reply.NO, "Eintritt 5 €"), price="5 €", children=Fact(Reply.NO, "ab 16")),
    ),  # fmt: skip
    event(
        "ringvorlesung",
        "Ringvorlesung „Wandel vor Ort“ (6)",
        "2026-11-27T18:15",
        "2026-11-27T19:45",
        by=("klima",),
        status=Status.CANCELLED,
        topics=("klima-umwelt",),
        place="Leuphana, Hörsaal 2",
    ),
    event(
        "training",
        "Argumentationstraining gegen Stammtischparolen",
        "2026-11-28T10:00",
        "2026-11-28T16:00",
        by=("freiraum", "mosaique"),
        status=Status.SOLD_OUT,
        place="VHS REGION Lüneburg, Raum 214",
    ),
    event("party", "Soliparty für das Frauenhaus", "2026-11-28T22:00", "2026-11-29T03:00", place="Utopia"),
    event(
        "markt",
        "Kunsthandwerkermarkt",
        "2026-11-28",
        "2026-11-30",
        by=("museum",),
        place="Rathaus",
        topics=("kultur",),
        facts=Facts(children=Fact(Reply.YES, "für die ganze Familie"), free=Fact(Reply.YES, "auf Spendenbasis")),
    ),
    event("online", "Fediverse-Abend: Weg von den großen Plattformen", "2026-11-26T19:30", place=Place(online=True)),
    event(
        "ausstellung",
        "Weißes Gold, graue Stadt",
        "2026-10-03",
        "2027-03-15",
        by=("museum",),
        topics=("kultur",),
        place=Place("Museum Lüneburg", "Wandrahmstraße 10"),
    ),
    event(
        "repair",
        "Repair-Café",
        "2026-11-14T14:00",
        "2026-11-14T17:00",
        by=("mosaique", "stadtblatt"),
        place=Place("mosaique – Haus der Kulturen", "Katzenstraße 1, 21335 Lüneburg"),
        description=LONG_TEXT,
        rules=("FREQ=MONTHLY;BYDAY=2SA",),
        occurrences=(
            at("2026-11-14T14:00", "2026-11-14T17:00"),
            MOVED_REPAIR,
            at("2027-01-09T14:00", "2027-01-09T17:00"),
        ),
    ),
    event("weg", "Winterwanderung", "2026-11-29T10:00", status=Status.WITHDRAWN, by=("stadtblatt",)),
    event("boese", "<script>alert('x')</script> & Co", "2026-11-26T18:00", place="<b>Ort</b>", description=LONG_TEXT),
    *(
        event(f"advent{number}", title, f"2026-12-05T{10 + number}:00", place="Lambertiplatz", topics=("kultur",))
        for number, title in enumerate(
            (
                "Fahrradcodierung",
                "Markt der Möglichkeiten zum Internationalen Tag des Ehrenamts",
                "Anbauplanung 2027",
                "Orgelmusik zur Marktzeit",
                "Karaoke",
                "Science Slam",
                "Adventssingen",
            )
        )
    ),
)
FAILURES = {
    "freiraum-ics": SourceState(
        failure=Failure(ErrorClass.HELD_EMPTY), held_since=SEEN, last_success_at=NOW - timedelta(hours=1)
    ),
    "museum-ics": SourceState(
        failure=Failure(ErrorClass.TLS, "museum.example.org"),
        first_failure_at=NOW - timedelta(days=3),
        last_success_at=NOW - timedelta(days=3),
    ),
    "mosaique-ics": SourceState(last_success_at=NOW - timedelta(minutes=13)),
    "klima-ics": SourceState(last_success_at=NOW - timedelta(minutes=22)),
}


def notice(name: str, title: str, published: str, due: str = "", initiative: str = "mosaique", **more: Any) -> Record:
    """An item without a date; `due` is the day on which its deadline ends."""
    fields = {"link": f"https://{initiative}.example.org/{name}", **more}
    return Record(
        name,
        name,
        f"{initiative}-ics",
        "rss",
        title,
        title,
        name,
        published=datetime.fromisoformat(f"{published}T09:00+01:00"),
        due=moment(due) if due else None,
        **fields,
    )


NOTICES = (
    notice("konferenz", "Anmeldung zur Jugendklimakonferenz", "2026-10-20", "2026-11-27", "klima",
           description="Für alle zwischen 14 und 27, Essen und Übernachtung sind dabei.", topics=("klima-umwelt",)),
    notice("foerderung", "Fördermittel für Nachbarschaftsprojekte", "2026-11-02", "2027-01-31", "stadtblatt",
           description="Bis 2 500 Euro, formloser Antrag auf zwei Seiten."),
    notice("vorbei", "Bücherspenden für den Flohmarkt abgeben", "2026-11-01", "2026-11-23"),
    notice("paten", "Kurspatinnen und -paten für Deutschkurse gesucht", "2026-11-20",
           description="Ein Abend in der Woche, keine Vorkenntnisse nötig."),
    notice("anhaenger", "Lastenanhänger zu verleihen", "2026-11-18", initiative="freiraum", topics=("begegnung",)),
    notice("bericht", "So war unser Sommerfest", "2026-10-01", initiative="freiraum", link=""),
    notice("alt", "Helferinnen für das Frühlingsfest gesucht", "2026-03-01"),
)  # fmt: skip


def tell(store: Store, told: Record) -> None:
    """One more item of a source, as the next refresh would find it."""
    with store.writing() as connection:
        records.apply(connection, told.source, RecordChanges(added=(told,)), NOW)


def publish(store: Store, found: Settings, published: tuple[PublishedEvent, ...] = EVENTS) -> None:
    """Put the town into the store, as a refresh would."""
    with store.writing() as connection:
        configuration.sync(connection, found)
        for source in found.sources:
            stated = (*(record for one in published for record in records_of(one)), *NOTICES)
            added = tuple(record for record in stated if record.source == source.id)
            records.apply(connection, source.id, RecordChanges(added=added), NOW)
            if source.id in FAILURES:
                sources.save_state(connection, source.id, FAILURES[source.id])
        sources.save_defects(connection, "klima-ics", (Defect(DefectKind.NO_START, "u1", skipped=True),) * 2)
        events.write(connection, changes(published, found), ZONE)


def changes(published: tuple[PublishedEvent, ...], found: Settings) -> EventChanges:
    identities = [StoredIdentity(one.identity) for one in published]
    if any(one.identity.id == "repair" for one in published):
        identities.append(StoredIdentity(event("alt", "Alt", "2026-12-12").identity, "repair"))
    known = {one.id: one for one in found.initiatives}
    return EventChanges(tuple(identities), tuple(to_write(one, found, known) for one in published))


def to_write(one: PublishedEvent, found: Settings, known: dict[str, Initiative]) -> EventToWrite:
    ics = render_event(one, found.site, known, found.topics)
    members = tuple(Member(statement.record, Relation.SAME) for statement in one.event.statements)
    moved = (Change("place", "Saal", "Werkraum"),) if one.identity.id == "repair" else ()
    return EventToWrite(one, ics, members, moved)


def records_of(one: PublishedEvent) -> tuple[Record, ...]:
    return tuple(
        Record(said.record, said.record, said.source, "vevent", said.title, said.title, said.record, start=said.start)
        for said in one.event.statements
    )

"""What a person decided holds through everything that sources, restarts and restoring can do to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from aggregator.model.corrections import HIDDEN, Correction
from aggregator.model.events import PublishedEvent
from aggregator.model.filters import EventFilter
from aggregator.model.linkage import HumanVerdict, Verdict
from aggregator.model.settings import FetchSettings, Settings, Site
from aggregator.model.sources import Initiative, Source
from aggregator.pipeline.refresh import Round
from aggregator.pipeline.relink import relink
from aggregator.pipeline.replay import replay_all
from aggregator.pipeline.rounds import refresh_all
from aggregator.store import configuration, corrections, events, needs, queries, verdicts
from aggregator.store.database import Store, open_store
from aggregator.store.keeping import backup, restore

pytestmark = pytest.mark.prove

NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
ENTRY = """BEGIN:VEVENT
UID:{uid}
SUMMARY:{title}
DTSTART;TZID=Europe/Berlin:{start}
LOCATION:{place}
END:VEVENT
"""


def calendar(who: str, title: str, place: str = "St. Johannis") -> str:
    concert = ENTRY.format(uid=f"konzert@{who}", title=title, start="20261213T170000", place=place)
    other = ENTRY.format(uid=f"probe@{who}", title=f"Probe {who}", start="20261201T193000", place=f"Haus {who}")
    return f"BEGIN:VCALENDAR\n{concert}{other}END:VCALENDAR\n"


@dataclass
class Town:
    """A choir and a newspaper that announce the same concert; every look at it comes some hours later."""

    store: Store
    folder: Path
    now: datetime = NOON
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        sources = tuple(Source(name, name, f"file:{self.folder / name}.ics") for name in ("chor", "zeitung"))
        known = tuple(Initiative(source.initiative, source.initiative.title()) for source in sources)
        site = Site("Stadt", "Europe/Berlin", base_url="https://stadt.example.org")
        return Settings(Path("sources.yaml"), site, FetchSettings(), initiatives=known, sources=sources)

    @property
    def round(self) -> Round:
        return Round(self.store, self.settings, lambda: self.now, lambda: 0.0)

    def say(self, who: str, text: str) -> None:
        (self.folder / f"{who}.ics").write_text(text, "utf-8")

    def refresh(self) -> None:
        self.now += timedelta(hours=7)
        with self.store.writing() as connection:
            configuration.sync(connection, self.settings)
        refresh_all(self.round, (), True, lambda _: None)

    def events(self) -> tuple[PublishedEvent, ...]:
        with self.store.reading() as connection:
            return queries.feed_events(connection, EventFilter())

    def titles(self) -> list[str]:
        return sorted(one.event.title for one in self.events())

    def said_by(self, who: str) -> PublishedEvent:
        """The concert as that source announces it."""
        concerts = (one for one in self.events() if one.event.start.wall.day == 13)
        return next(one for one in concerts if one.event.statements[0].source == who)


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Iterator[Town]:
    """The concert has a corrected title and place, the paper's is split off and hidden."""
    made = Town(store, tmp_path)
    made.say("chor", calendar("chor", "Konzert im Advent"))
    made.say("zeitung", calendar("zeitung", "KONZERT IM ADVENT"))
    made.refresh()
    records = [one.record for one in made.said_by("chor").event.statements]
    assert len(records) == 2
    with made.store.writing() as connection:
        verdicts.add(connection, HumanVerdict(*records, Verdict.NO_MATCH, "anna"), made.now)
    relink(made.store, made.settings, made.now)
    concert, paper = made.said_by("chor"), made.said_by("zeitung")
    with made.store.writing() as connection:
        title = Correction(concert.identity.id, "title", "Adventskonzert", "anna", made.now, stated="Konzert im Advent")
        corrections.add(connection, title)
        corrections.add(connection, replace(title, field="place_name", value="Kirche", stated="St. Johannis"))
        corrections.add(connection, Correction(paper.identity.id, HIDDEN, "Konzert", "anna", made.now))
    relink(made.store, made.settings, made.now)
    made.ids = {"concert": concert.identity.id, "uid": concert.identity.uid}
    yield made
    if made.store is not store:
        made.store.close()


def refetched(town: Town) -> None:
    town.refresh()


def changed_in_the_same_field(town: Town) -> None:
    town.say("chor", calendar("chor", "Grosses Konzert", "Stadthalle"))
    town.refresh()
    with town.store.reading() as connection:
        assert {one.field for one in needs.changed_since(connection)} == {"title", "place_name"}


def changed_with_a_new_uid(town: Town) -> None:
    text = calendar("chor", "Konzert im Advent").replace("konzert@chor", "neu@chor")
    town.say("chor", text)
    town.refresh()


def gone_for_an_hour(town: Town) -> None:
    town.say("chor", "BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    town.refresh()
    town.say("chor", calendar("chor", "Konzert im Advent"))
    town.refresh()


def imported_anew(town: Town) -> None:
    with town.store.writing() as connection:
        events.drop_derived(connection)
    relink(town.store, town.settings, town.now)


def replayed(town: Town) -> None:
    replay_all(town.round, lambda _: None)


def restarted(town: Town) -> None:
    town.store.close()
    town.store = open_store(town.store.url)
    relink(town.store, town.settings, town.now)


def restored(town: Town) -> None:
    file = town.folder / "town.backup"
    backup(town.store, file)
    with town.store.writing() as connection:
        corrections.undo(connection, town.ids["concert"], "title", town.now)
    relink(town.store, town.settings, town.now)
    assert "Adventskonzert" not in town.titles()
    restore(town.store, file)
    town.store = open_store(town.store.url)


WHATEVER: dict[str, Callable[[Town], None]] = {
    "refetched": refetched,
    "the source changed the same field": changed_in_the_same_field,
    "the source gave it another UID": changed_with_a_new_uid,
    "the source was empty for a while": gone_for_an_hour,
    "everything derived was dropped": imported_anew,
    "replayed": replayed,
    "restarted": restarted,
    "restored from a backup": restored,
}


@pytest.mark.parametrize("happens", WHATEVER.values(), ids=WHATEVER.keys())
def test_a_verdict_a_corrected_field_and_a_hidden_event_survive(town: Town, happens: Callable[[Town], None]) -> None:
    happens(town)
    assert town.titles() == ["Adventskonzert", "Probe chor", "Probe zeitung"]
    concert = town.said_by("chor")
    assert [one.source for one in concert.event.statements] == ["chor"]
    assert concert.event.place.name == "Kirche"
    assert (concert.identity.id, concert.identity.uid) == (town.ids["concert"], town.ids["uid"])


def test_all_of_it_in_a_row_and_what_is_taken_back_follows_the_source_again(town: Town) -> None:
    for happens in WHATEVER.values():
        happens(town)
    assert town.titles() == ["Adventskonzert", "Probe chor", "Probe zeitung"]
    with town.store.writing() as connection:
        for one in corrections.load(connection):
            corrections.undo(connection, one.event, one.field, town.now)
        for said in verdicts.load(connection):
            verdicts.undo(connection, said.left, said.right, town.now)
    relink(town.store, town.settings, town.now)
    assert town.titles() == ["Konzert im Advent", "Probe chor", "Probe zeitung"]

"""What pages ask for is done by the worker: previews, refreshes, relinks, pasted texts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator.model.jobs import (
    JobKind,
    JobState,
    PreviewFound,
    PreviewWish,
    ProseFound,
    ProseWish,
    RefreshDone,
    RefreshWish,
    RelinkWish,
)
from aggregator.model.own_dates import OwnDate, Rhythm
from aggregator.model.preview import Outcome
from aggregator.model.registrations import Registration, WantedSource
from aggregator.model.sources import Consent
from aggregator.pipeline.jobs import Bench, do_next
from aggregator.pipeline.refresh import Round
from aggregator.pipeline.rounds import refresh_due
from aggregator.store import configuration, jobs, own_dates, records, registered
from aggregator.store.codec import decode


@pytest.fixture
def done(world):
    """Ask for work and do it; the job as it is afterwards."""

    def run(there, kind, wish):
        with there.store.writing() as connection:
            wanted = jobs.enqueue(connection, kind, wish, there.now)
        bench = Bench(Round(there.store, there.settings, lambda: there.now, lambda: 0.0))
        assert do_next(bench)
        assert not do_next(bench)
        with there.store.reading() as connection:
            return jobs.load(connection, wanted)

    return run


def test_a_preview_tells_what_is_there_and_what_others_announce_already(world, done, ics, server):
    there = world("chor")
    server.put("/chor", ics(("1", "Adventskonzert im Dom", "20261205T190000"), ("2", "Probe", "20261206T190000")))
    there.refresh()
    server.put(
        "/dom.ics", ics(("a", "Adventskonzert im Dom", "20261205T190000"), ("b", "Orgelnacht", "20261212T200000"))
    )
    job = done(there, JobKind.PREVIEW, PreviewWish(f"http://{server.origin}/dom.ics"))
    found = decode(PreviewFound, job.result)
    assert (found.preview.outcome, found.preview.upcoming, found.source.format) == (Outcome.READABLE, 2, "ics")
    assert (found.known.count, found.known.of, found.known.by) == (1, 2, ("chor",))
    assert found.known.dates == ((0, ("chor",)),)


def test_nobody_there_is_asked_once(world, done, server):
    there = world()
    job = done(there, JobKind.PREVIEW, PreviewWish("http://192.168.0.1/termine/"))
    found = decode(PreviewFound, job.result)
    assert (found.preview.outcome, found.source) == (Outcome.REFUSED, None)
    assert server.visits == []


def test_a_refresh_says_what_it_changed(world, done, ics, server):
    there = world("chor")
    server.put("/chor", ics(("1", "Probe", "20261205T190000")))
    there.refresh()
    server.put("/chor", ics(("1", "Probe", "20261205T200000"), ("2", "Konzert", "20261206T190000")))
    told = decode(RefreshDone, done(there, JobKind.REFRESH, RefreshWish("chor")).result)
    assert (told.outcome, told.added, told.changed) == ("updated", 1, 1)
    assert there.titles() == ["Probe", "Konzert"]


def test_a_source_that_is_gone_is_told(world, done):
    assert decode(RefreshDone, done(world(), JobKind.REFRESH, RefreshWish("fort")).result).outcome == "gone"


def test_what_registered_shows_up_and_what_withdrew_is_gone_with_the_next_relink(world, done, ics, server):
    there = world()
    server.put("/chor.ics", ics(("1", "Probe", "20261205T190000")))
    wanted = Registration("Chor", "c@example.org", sources=(WantedSource(f"http://{server.origin}/chor.ics"),))
    with there.store.writing() as connection:
        registered.add(connection, wanted)
    done(there, JobKind.REFRESH, RefreshWish("chor"))
    [event] = there.events()
    assert event.event.initiatives == ("chor",)
    with there.store.writing() as connection:
        registered.withdraw(connection, "chor", there.now)
    done(there, JobKind.RELINK, RelinkWish())
    assert there.titles() == []


def test_a_mistake_of_ours_fails_the_job_and_nothing_else(world, done):
    assert done(world(), JobKind.PREVIEW, RelinkWish()).state is JobState.FAILED


TEXT = """Liebe Leute,

hier kommen unsere Neuigkeiten.

Adventskonzert
Am Samstag, 5. Dezember 2026, um 19 Uhr singen wir in der Kirche.

Offene Probe
Freitag, 11.12.2026, 18:30 Uhr, Gemeindehaus
"""


def test_a_pasted_newsletter_is_read_for_dates(world, done):
    found = decode(ProseFound, done(world(), JobKind.PROSE, ProseWish(TEXT)).result)
    assert [(one.title, f"{one.start.wall:%d.%m. %H:%M}") for one in found.records] == [
        ("Adventskonzert", "05.12. 19:00"),
        ("Offene Probe", "11.12. 18:30"),
    ]


DOUBTFUL = """Adventskonzert
Am Samstag, 5. Dezember 2026, um 19 Uhr singen wir in der Kirche. Wiederholt wird es am 19. oder 20. Dezember.

Ausflug
Im neuen Jahr fahren wir am 9. oder 10. Januar nach Hamburg.

Dank
Allen, die geholfen haben.
"""


def test_what_the_text_may_tell_beside_a_sure_date_is_told_too(world, done):
    found = decode(ProseFound, done(world(), JobKind.PROSE, ProseWish(DOUBTFUL)).result)
    assert [one.title for one in found.records] == ["Adventskonzert"]
    told = {one.title: sorted(f"{each.start.wall:%d.%m.}" for each in one.suggestions) for one in found.doubtful}
    assert told == {"Adventskonzert": ["19.12.", "20.12."], "Ausflug": ["09.01.", "10.01."]}
    assert all("oder" in each.evidence or "." in each.evidence for one in found.doubtful for each in one.suggestions)


@pytest.fixture
def own(world, done):
    """Type in a date and read it; returns the world, the source and the date as stored."""

    def run(**fields):
        there = world()
        with there.store.writing() as connection:
            registered.add(connection, Registration("Chor", "c@example.org"))
            chor = registered.load(connection, "chor").initiative
            source = registered.own_source(connection, chor, "Europe/Berlin", "de")
            date = own_dates.put(connection, source.id, OwnDate("", **fields), there.now)
        done(there, JobKind.REFRESH, RefreshWish(source.id))
        return there, source, date

    return run


def test_typed_in_dates_are_events_like_any_other(own):
    there, _, _ = own(title="Sommerfest", start="2026-12-05T15:00", end="2026-12-05T18:00", place="Hof, Weg 1")
    [event] = there.events()
    assert (event.event.title, event.event.place.name) == ("Sommerfest", "Hof")
    assert f"{event.event.start.wall:%d.%m. %H:%M}–{event.event.end.wall:%H:%M}" == "05.12. 15:00–18:00"


@pytest.mark.parametrize(
    ("rhythm", "until", "days"),
    [
        pytest.param(Rhythm.WEEKLY, "2026-12-15", ["01.12.", "15.12."], id="weekly, but not on the eighth"),
        pytest.param(Rhythm.FORTNIGHTLY, "2026-12-31", ["01.12.", "15.12.", "29.12."], id="every other week"),
        pytest.param(Rhythm.MONTHLY_WEEKDAY, "2027-02-28", ["01.12.", "05.01.", "02.02."], id="on the first Tuesday"),
        pytest.param(Rhythm.MONTHLY_DAY, "2027-02-28", ["01.12.", "01.01.", "01.02."], id="on the first"),
    ],
)
def test_typed_in_series_have_their_dates(own, rhythm, until, days):
    there, _, _ = own(title="T", start="2026-12-01T19:00", rhythm=rhythm, until=until, without=("2026-12-08",))
    [event] = there.events()
    assert [f"{each.start.wall:%d.%m.}" for each in event.event.occurrences] == days


def test_a_typed_in_date_that_is_taken_back_is_gone_at_once(own, done):
    there, source, date = own(title="Sommerfest", start="2026-12-05")
    with there.store.writing() as connection:
        own_dates.remove(connection, source.id, date.id)
    done(there, JobKind.REFRESH, RefreshWish(source.id))
    assert there.titles() == []


def test_what_may_not_be_repeated_is_not_even_stored(world, ics, server):
    there = world("chor")
    there.sources = (replace(there.sources[0], consent=Consent.TITLE),)
    server.put(
        "/chor", ics(("1", "Probe", "20261205T190000", "DESCRIPTION:Eintritt frei in Omas Garten", "LOCATION:Saal"))
    )
    there.refresh()
    [event] = there.events()
    assert (event.event.title, event.event.place.name, event.event.description) == ("Probe", "Saal", "")
    with there.store.reading() as connection:
        assert "Omas" not in str([stored.record for stored in records.load(connection)])


def test_a_paused_source_is_not_asked_and_keeps_its_events(world, ics, server):
    there = world("chor")
    server.put("/chor", ics(("1", "Probe", "20261205T190000")))
    there.refresh()
    there.sources = (replace(there.sources[0], paused=True, topics=("kultur",)),)
    with there.store.writing() as connection:
        configuration.sync(connection, there.settings)
    there.now += timedelta(days=2)
    assert refresh_due(Round(there.store, there.settings, lambda: there.now, lambda: 0.0)) == ()
    assert there.titles() == ["Probe"]


def test_the_licence_of_a_source_goes_with_what_it_says(world, ics, server):
    there = world("chor")
    there.sources = (replace(there.sources[0], licence="CC BY 4.0"),)
    server.put("/chor", ics(("1", "Probe", "20261205T190000")))
    there.refresh()
    [event] = there.events()
    assert [one.licence for one in event.event.statements] == ["CC BY 4.0"]

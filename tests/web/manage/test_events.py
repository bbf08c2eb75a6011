"""What owners say of events: corrected, hidden, told apart, organised together; only of their own."""

from __future__ import annotations

import re

from aggregator.model.corrections import HIDDEN
from aggregator.model.linkage import Verdict
from aggregator.store import (
    corrections,
    queries,
    verdicts,
)
from tests.web import town
from tests.web.manage.conftest import Console


def own_event(console):
    with console.store.reading() as connection:
        wanted = queries.feed_events(connection, town.EventFilter(initiatives=(console.initiative,)))
    return next(one for one in wanted if one.event.initiatives[0] == console.initiative)


def test_a_field_is_corrected_in_the_owners_name(klima):
    event = own_event(klima)
    path = f"/events/{event.identity.id}"
    assert klima.get(path).status_code == 200
    klima.post(path, deed="correct", title="Plenum des Klimaentscheids")
    [said] = klima.read(corrections.of_event, event.identity.id)
    assert (said.field, said.value, said.by) == ("title", "Plenum des Klimaentscheids", "owner:klima")
    assert "Von euch geändert" in klima.get(path).text
    assert klima.post(path, deed="correct", title="").status_code == 400


def test_nobody_touches_the_events_of_others(klima, choir):
    event = own_event(klima).identity.id
    assert choir.get(f"/events/{event}").status_code == 404
    assert choir.post(f"/events/{event}", deed="correct", title="Gekapert").status_code == 404
    assert choir.get("/sources/klima-ics").status_code == 404


def test_an_event_of_ones_own_is_hidden_and_shown_again(sqlite_store, visitor):
    console = next(each for each in (Console(sqlite_store, visitor, one.id) for one in town.INITIATIVES) if alone(each))
    event = alone(console)[0]
    console.post(f"/events/{event}", deed="hide")
    assert [one.field for one in console.read(corrections.of_event, event)] == [HIDDEN]
    assert "Wieder zeigen" in console.get().text
    console.post(f"/events/{event}", deed="show")
    assert console.read(corrections.of_event, event) == ()


def alone(console):
    with console.store.reading() as connection:
        found = queries.feed_events(connection, town.EventFilter(initiatives=(console.initiative,)))
    return [one.identity.id for one in found if set(one.event.initiatives) == {console.initiative}]


def shared(console):
    with console.store.reading() as connection:
        found = queries.feed_events(connection, town.EventFilter(initiatives=(console.initiative,)))
    return next(one for one in found if len(one.event.initiatives) > 1)


def test_what_is_not_the_same_is_told_apart(sqlite_store, visitor):
    console = Console(sqlite_store, visitor, "klima")
    event = shared(console)
    other = next(each.record for each in event.event.statements if each.initiative != "klima")
    assert console.post(f"/events/{event.identity.id}", deed="hide").status_code == 403
    console.post(f"/events/{event.identity.id}", deed="apart", record=other)
    [said] = console.read(verdicts.load)
    assert (said.verdict, said.by, other in (said.left, said.right)) == (Verdict.NO_MATCH, "owner:klima", True)


SAME = re.compile(r'name="event" value="([\w-]+)"|<option value="([\w-]+)">')


def test_what_is_the_same_is_told_so_of_events_of_its_day_only(sqlite_store, visitor):
    console = Console(sqlite_store, visitor, "freiraum")
    with sqlite_store.reading() as connection:
        found = {one.identity.id: one.event for one in queries.feed_events(connection, town.EventFilter())}
    mine = next(name for name, one in found.items() if one.initiatives == ("freiraum",) and offers(console, name))
    other = offers(console, mine)[0]
    console.post(f"/events/{mine}", deed="same", event=other)
    [said] = console.read(verdicts.load)
    assert (said.verdict, said.by) == (Verdict.MATCH, "owner:freiraum")
    assert {said.left, said.right} == {found[name].statements[0].record for name in (mine, other)}
    far = next(name for name in found if name not in (mine, *offers(console, mine)))
    assert console.post(f"/events/{mine}", deed="same", event=far).status_code == 400


def offers(console, event):
    """The events that the page of an event offers as the same."""
    text = console.get(f"/events/{event}").text.partition('value="same"')[2].partition("</form>")[0]
    return ["".join(pair) for pair in SAME.findall(text)]


def test_who_organises_an_event_too_is_named_and_can_be_taken_back(klima, choir):
    event = own_event(klima).identity.id
    path = f"/events/{event}"
    klima.post(path, deed="with", initiative="chor")
    [said] = klima.read(corrections.of_event, event)
    assert (said.field, said.value, said.by) == ("together", "chor", "owner:klima")
    assert klima.post(path, deed="with", initiative="nirgends").status_code == 400
    assert choir.post(path, deed="without", initiative="chor").status_code == 404
    klima.post(path, deed="without", initiative="chor")
    assert klima.read(corrections.of_event, event) == ()


def own_series(store, visitor):
    """The console of an initiative that leads a series, and the path of that event."""
    for one in town.INITIATIVES:
        console = Console(store, visitor, one.id)
        with store.reading() as connection:
            found = queries.feed_events(connection, town.EventFilter(initiatives=(one.id,)))
        for each in found:
            if each.event.is_series and not each.event.is_all_day and each.event.initiatives[0] == one.id:
                return console, each
    raise AssertionError("nobody leads a series")


def test_the_hours_and_single_days_of_a_series_are_changed(sqlite_store, visitor):
    console, found = own_series(sqlite_store, visitor)
    path = f"/events/{found.identity.id}"
    assert console.post(path, deed="correct", start="2026-12-01T18:00").status_code == 400
    assert console.post(path, deed="correct", start="18:05").status_code == 303
    day = next(one for one in found.event.occurrences if one.ends_at > visitor.clock.now).original
    assert console.post(path, deed="date", date=day.iso(), gone="1").status_code == 303
    assert console.post(path, deed="date", date="quatsch").status_code == 400
    fields = {one.field: one.value for one in console.read(corrections.of_event, found.identity.id)}
    assert fields == {"start": "18:05", f"at:{day.wall:%Y-%m-%dT%H:%M}": "cancelled"}
    assert "fällt aus" in console.get(path).text
    console.post(path, deed="undate", field=f"at:{day.wall:%Y-%m-%dT%H:%M}")
    assert [one.field for one in console.read(corrections.of_event, found.identity.id)] == ["start"]

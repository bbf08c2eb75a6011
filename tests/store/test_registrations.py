"""From the form over the confirmed mail to the listed initiative, and back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from aggregator.model.registrations import Registration, RegistrationState, WantedSource
from aggregator.store import (
    alliance_pages,
    alliances,
    configuration,
    owners,
    queries,
    registered,
    registrations,
    sources,
)
from aggregator.store.registration_schema import registrations as table

CHOIR = Registration(
    "Chor für alle", "chor@example.org", sources=(WantedSource("https://chor.example.org/x.ics", "ics"),)
)


@pytest.fixture
def listed(store, now):
    """Register, confirm and approve; returns what the approval made."""

    def run(registration=CHOIR):
        with store.writing() as connection:
            token = registrations.add(connection, registration, now)
            found = registrations.by_token(connection, token, now)
            registrations.confirm(connection, found.id, now)
            return registrations.approve(connection, found.id, "anna", now)

    return run


def test_an_approved_initiative_is_listed_with_its_sources(store, listed):
    approved = listed()
    with store.reading() as connection:
        assert queries.initiatives(connection)[approved.initiative].name == "Chor für alle"
        [(source, _)] = sources.load_active(connection)
    assert (approved.initiative, source.id, source.url) == ("chor-fuer-alle", "chor-fuer-alle", CHOIR.sources[0].url)


def test_only_what_was_confirmed_waits_for_a_decision(store, now):
    with store.writing() as connection:
        token = registrations.add(connection, CHOIR, now)
        found = registrations.by_token(connection, token, now)
        assert registrations.waiting(connection) == ()
        assert registrations.approve(connection, found.id, "anna", now) is None
        assert registrations.confirm(connection, found.id, now)
        assert not registrations.confirm(connection, found.id, now)
        assert [each.id for each in registrations.waiting(connection)] == [found.id]


def test_a_decision_is_made_once(store, now, listed):
    listed()
    with store.writing() as connection:
        assert registrations.waiting(connection) == ()
        [one] = connection.execute(select(table)).all()
        assert registrations.refuse(connection, one.id, "ben", "doppelt", now) is None


def test_who_is_asked_back_stays_in_the_queue(store, now):
    with store.writing() as connection:
        found = registrations.by_token(connection, registrations.add(connection, CHOIR, now), now)
        registrations.confirm(connection, found.id, now)
        _, token = registrations.ask_back(connection, found.id, "anna", "Wo trefft ihr euch?", now)
        [waiting] = registrations.waiting(connection)
        assert (waiting.state, waiting.why) == (RegistrationState.ASKED, "Wo trefft ihr euch?")
        assert registrations.by_token(connection, token, now) == waiting
        assert registrations.answer(connection, found.id, replace(CHOIR, place="Saal"))
        assert not registrations.answer(connection, found.id, CHOIR)
        [again] = registrations.waiting(connection)
    assert (again.state, again.registration.place) == (RegistrationState.WAITING, "Saal")


def test_a_link_in_a_mail_works_for_three_days(store, now):
    with store.writing() as connection:
        token = registrations.add(connection, CHOIR, now)
        assert registrations.by_token(connection, token, now + timedelta(days=3)) is None
        assert registrations.by_token(connection, "geraten", now) is None
        registrations.forget(connection, now + timedelta(seconds=1), now)
        assert registrations.by_token(connection, token, now) is None


def test_tokens_are_nowhere_in_the_database(store, now, listed):
    approved = listed()
    with store.reading() as connection:
        assert owners.by_token(connection, approved.token, now).email == "chor@example.org"
        assert approved.token not in str(connection.execute(select(owners.owner_links)).all())


def test_a_renewed_link_replaces_the_old_one(store, now, listed):
    approved = listed()
    with store.writing() as connection:
        fresh = owners.renew(connection, owners.by_token(connection, approved.token, now), now)
        assert owners.by_token(connection, approved.token, now) is None
        assert owners.by_token(connection, fresh, now).initiative == approved.initiative
        assert len(owners.of_initiative(connection, approved.initiative)) == 1


def test_sources_yaml_leaves_registered_initiatives_alone(town, settings, now):
    with town.writing() as connection:
        registered.add(connection, CHOIR)
        configuration.sync(connection, settings)
        assert "chor-fuer-alle" in queries.initiatives(connection)
        assert "chor-fuer-alle" in [source.id for source, _ in sources.load_active(connection)]


def test_whoever_withdraws_is_gone_at_once_and_can_come_back(store, now, listed):
    name = listed().initiative
    with store.writing() as connection:
        registered.withdraw(connection, name, now)
        assert name not in queries.initiatives(connection)
        assert sources.load_active(connection) == ()
        registered.restore(connection, name)
        assert name in queries.initiatives(connection)
        assert len(sources.load_active(connection)) == 1


def test_a_week_later_nothing_is_left_of_whoever_withdrew(store, now, listed):
    name = listed().initiative
    with store.writing() as connection:
        token = alliances.invite(connection, name, now)
        alliance_pages.choose(connection, name, now)
        registered.withdraw(connection, name, now)
        assert registered.forget_withdrawn(connection, now - timedelta(days=1)) == ()
        assert registered.forget_withdrawn(connection, now + timedelta(days=7)) == (name,)
        assert registered.load(connection, name) is None
        assert owners.of_initiative(connection, name) == ()
        assert alliances.umbrella_of_token(connection, token) is None
        assert not alliance_pages.is_choosing(connection, name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Chor für alle", "chor-fuer-alle", id="umlauts are written out"),
        pytest.param("<script>x</script>", "script-x-script", id="only letters, digits and hyphens"),
        pytest.param("😀", "initiative", id="nothing that can be spelled"),
    ],
)
def test_an_id_is_made_of_the_name(name, expected):
    assert registered.slug(name) == expected


def test_two_of_one_name_get_two_ids(store, listed):
    assert [listed().initiative for _ in range(3)] == ["chor-fuer-alle", "chor-fuer-alle-2", "chor-fuer-alle-3"]


def test_who_withdrew_stays_away_whatever_sources_yaml_says(town, settings, now):
    with town.writing() as connection:
        registered.withdraw(connection, settings.sources[0].initiative, now)
        configuration.sync(connection, settings)
        assert settings.sources[0].id not in [source.id for source, _ in sources.load_active(connection)]
        registered.restore(connection, settings.sources[0].initiative)
        configuration.sync(connection, settings)
        assert settings.sources[0].id in [source.id for source, _ in sources.load_active(connection)]


def test_of_what_was_decided_nothing_is_kept_for_long(store, now, listed):
    initiative = listed().initiative
    with store.writing() as connection:
        registrations.forget(connection, now, now + timedelta(days=30))
        assert connection.execute(select(table)).all() == []
        assert len(owners.of_initiative(connection, initiative)) == 1

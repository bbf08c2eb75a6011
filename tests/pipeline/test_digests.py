"""Once a week, on its morning, and never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aggregator.model.digests import Digest, due_week
from aggregator.model.settings import Site
from aggregator.pipeline.digests import queue_due
from aggregator.pipeline.postbox import Postbox, send_due
from aggregator.store import digests, mails
from tests.letterbox import open_letterbox
from tests.web import town

SITE = Site("Kalender", "Europe/Berlin")
# Thursday, 26 November 2026, 7:00 in Berlin.
MORNING = datetime(2026, 11, 26, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "week"),
    [
        pytest.param(-0.1, "", id="just before"),
        pytest.param(0, "2026-W48", id="on the hour"),
        pytest.param(23.9, "2026-W48", id="the server was down all day"),
        pytest.param(24, "", id="too late"),
        pytest.param(7 * 24, "2026-W49", id="a week on"),
        pytest.param(-24, "", id="the day before"),
    ],
)
def test_the_week_is_told_on_its_morning(hours, week):
    assert due_week(SITE, MORNING + timedelta(hours=hours)) == week


@pytest.mark.parametrize(
    ("moment", "week"),
    [
        pytest.param("2026-07-02T05:00+00:00", "2026-W27", id="summer time"),
        pytest.param("2026-07-02T04:59+00:00", "", id="a minute before in summer"),
        pytest.param("2026-12-31T06:00+00:00", "2026-W53", id="last week of the year"),
    ],
)
def test_the_morning_is_that_of_the_town(moment, week):
    assert due_week(SITE, datetime.fromisoformat(moment)) == week


def test_another_day_and_hour_can_be_chosen():
    monday = replace(SITE, digest_day=0, digest_hour=18)
    assert due_week(monday, datetime(2026, 11, 23, 17, tzinfo=UTC)) == "2026-W48"
    assert due_week(monday, MORNING) == ""


@pytest.fixture
def subscribed(sqlite_store):
    """Subscriptions to filters, confirmed unless said otherwise; gives their tokens."""
    town.publish(sqlite_store, town.settings())

    def subscribe(*queries, confirmed=True, address="anna@example.org"):
        with sqlite_store.writing() as connection:
            made = [digests.ask(connection, Digest("", address, q, "Auswahl", "de", town.NOW)) for q in queries]
            for digest in made if confirmed else ():
                digests.confirm(connection, digest.token, town.NOW)
        return [digest.token for digest in made]

    return subscribe


@pytest.fixture
def morning(sqlite_store):
    """What is queued when the worker wakes up so many hours after the morning."""

    def wake(hours=0.0):
        now = MORNING + timedelta(hours=hours)
        queue_due(sqlite_store, town.settings(), now)
        with sqlite_store.reading() as connection:
            return [queued.mail for queued in mails.unsent(connection)]

    return wake


def test_each_subscription_gets_one_mail_however_often_the_worker_restarts(subscribed, morning):
    [token, _] = subscribed("", "topic=kultur")
    subscribed("", address="unconfirmed@example.org", confirmed=False)
    assert [len(morning(hours)) for hours in (0, 0.1, 5, 48)] == [2, 2, 2, 2]
    first = next(mail for mail in morning() if token in mail.text)
    assert dict(first.headers) == {
        "List-Unsubscribe": f"<https://kalender.example.org/digest/leave/{token}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert len(morning(7 * 24)) == 4


def test_the_mail_holds_what_the_filter_finds_and_is_well_set(subscribed, morning):
    subscribed("")
    [mail] = morning()
    assert mail.subject == "Die Woche vom Donnerstag, 26. November – Lüneburg im Kalender"
    assert "Freitag, 27. November\n---------------------\n\n18:15  Abgesagt: Ringvorlesung" in mail.text
    assert "Läuft weiter\n------------\n\n       Weißes Gold, graue Stadt\n       bis Sonntag, 14. März" in mail.text
    assert mail.text.count("Weißes Gold") == 1
    assert "Podium" not in mail.text
    assert [line for line in mail.text.split("\n") if len(line) > 76 and "://" not in line] == []


def test_a_week_without_events_is_skipped_and_the_next_is_told_again(subscribed, morning, sqlite_store):
    [token] = subscribed("q=gibtesnicht")
    assert morning() == []
    with sqlite_store.reading() as connection:
        assert digests.by_token(connection, token).sent_week == "2026-W48"


def test_a_filter_that_is_none_any_more_stops_nobody_else(subscribed, morning):
    subscribed("near=nowhere", "")
    assert len(morning()) == 1


def test_it_arrives_and_who_left_gets_none(subscribed, morning, sqlite_store):
    [leaving, staying] = subscribed("", "topic=kultur")
    morning()
    with sqlite_store.writing() as connection:
        digests.leave(connection, leaving)
        mails.withdraw(connection, "anna@example.org", "digest", leaving)
    with open_letterbox() as letterbox:
        assert send_due(Postbox(sqlite_store, lambda: MORNING, letterbox.server)) == 1
        assert staying in letterbox.mails[0]["List-Unsubscribe"]


def test_who_never_confirms_is_forgotten_after_two_days(subscribed, sqlite_store):
    [token] = subscribed("", confirmed=False)
    with sqlite_store.writing() as connection:
        digests.forget_unconfirmed(connection, town.NOW + timedelta(hours=47))
        assert digests.by_token(connection, token)
        digests.forget_unconfirmed(connection, town.NOW + timedelta(hours=49))
        assert digests.by_token(connection, token) is None


def test_what_is_new_for_later_is_told_once_and_what_its_source_dropped_is_not(subscribed, morning, sqlite_store):
    now = MORNING - timedelta(days=2)
    fresh = [town.event(f"neu{number}", f"Später {number}", "2027-02-01T19:00") for number in range(10)]
    fresh = [replace(one, identity=replace(one.identity, created_at=now)) for one in fresh]
    town.publish(sqlite_store, town.settings(), tuple(fresh))
    subscribed("")
    [mail] = morning()
    heading = "Neu angekündigt für später"
    assert f"{heading}\n{'-' * len(heading)}\n\n       Später 0\n       Mo, 1. Februar" in mail.text
    assert (mail.text.count("Später"), "und 2 weitere im Kalender" in mail.text) == (8, True)
    assert "Winterwanderung" not in mail.text


def test_a_week_of_a_whole_region_says_that_it_is_cut(subscribed, morning, sqlite_store):
    many = tuple(town.event(f"e{number}", f"Termin {number}", "2026-11-28T19:00") for number in range(205))
    town.publish(sqlite_store, town.settings(), many)
    subscribed("")
    [mail] = morning()
    assert "Das sind die ersten 200 Termine dieser Woche" in mail.text
    assert mail.text.count("https://kalender.example.org/event/") == 200

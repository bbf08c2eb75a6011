"""What people send us and we send them, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import true

from aggregator.model.digests import Digest
from aggregator.model.mail import Mail
from aggregator.model.reports import Report, Wrong
from aggregator.store import digests, mailed, mails, reports
from aggregator.store.schema import identities
from aggregator.store.sealing import Seal

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def mail(to="anna@example.org", purpose="confirm", text="y"):
    return Mail(to, "x", text, purpose)


@pytest.fixture
def connection(store):
    with store.writing() as connection:
        yield connection


def test_a_mail_is_claimed_by_one_process_and_sent_once(connection):
    number = mails.queue(connection, mail(), NOW)
    assert [mails.claim(connection, number, NOW) for _ in range(2)] == [True, False]
    assert mails.due(connection, NOW + HOUR / 2) == ()
    mails.mark_sent(connection, number, NOW)
    assert mails.claim(connection, number, NOW + 2 * HOUR) is False
    assert mails.unsent(connection) == ()


def test_pauses_grow_and_end_after_five_days(connection):
    mails.queue(connection, mail(), NOW)
    now, pauses = NOW, []
    while not (queued := mails.unsent(connection)[0]).given_up_at:
        mails.mark_failed(connection, queued, "450", now)
        pauses.append(min(2**queued.attempts, 360))
        assert mails.due(connection, now + timedelta(minutes=pauses[-1] - 0.1)) == ()
        now += timedelta(minutes=pauses[-1])
    assert pauses[:5] == [1, 2, 4, 8, 16]
    assert timedelta(days=5) < now - NOW < timedelta(days=6)


def test_who_leaves_loses_the_mails_of_that_order_only(connection):
    for token in ("abc", "def%_"):
        mails.queue(connection, mail(purpose="digest", text=f"… /leave/{token}"), NOW)
    mails.withdraw(connection, "anna@example.org", "digest", "def%_")
    assert [queued.mail.text for queued in mails.unsent(connection)] == ["… /leave/abc"]


def test_who_copies_the_database_cannot_use_the_links_of_waiting_mails(connection):
    mails.queue(connection, mail(text="… /manage/the-key"), NOW)
    [row] = connection.exec_driver_sql("SELECT fields FROM mails").all()
    assert "the-key" not in row.fields
    assert mails.unsent(connection)[0].mail.text == "… /manage/the-key"


def test_what_another_key_sealed_is_not_sent_and_the_operator_sees_it(connection):
    mails.queue(connection, mail(), NOW)
    mails.queue(connection, mail(text="z"), NOW)
    lost = Seal(lambda: bytes([1] * 32)).closed("words")
    connection.exec_driver_sql(f"UPDATE mails SET fields = '{lost}' WHERE id = 1")
    assert [queued.mail.text for queued in mails.due(connection, NOW)] == ["z"]
    assert mails.unsent(connection)[0].mail == Mail("anna@example.org", "", "", "confirm")


def test_what_was_given_up_begins_anew_on_a_word(connection):
    number = mails.queue(connection, mail(), NOW)
    mails.mark_failed(connection, mails.unsent(connection)[0], "550", NOW, for_good=True)
    assert mails.try_again(connection, number, NOW + HOUR)
    assert [queued.error for queued in mails.due(connection, NOW + HOUR)] == [""]
    mails.mark_sent(connection, number, NOW)
    assert not mails.try_again(connection, number, NOW)


def test_what_was_sent_or_given_up_long_ago_is_dropped(connection):
    waiting, sent, lost = (mails.queue(connection, mail(), NOW) for _ in range(3))
    mails.mark_sent(connection, sent, NOW)
    mails.mark_failed(connection, mails.unsent(connection)[-1], "550", NOW, for_good=True)
    mails.forget(connection, NOW + HOUR)
    assert [queued.id for queued in mails.unsent(connection)] == [waiting]
    assert lost != waiting


def wish(query="", address="anna@example.org"):
    return Digest("", address, query, "Alles", "de", NOW)


def test_an_order_is_asked_for_once_and_told_once_a_week(connection):
    made = digests.ask(connection, wish())
    assert digests.ask(connection, wish()).token == made.token != digests.ask(connection, wish("q=x")).token
    assert digests.claim(connection, made.token, "2026-W48") is False
    digests.confirm(connection, made.token, NOW)
    assert [one.token for one in digests.due(connection, "2026-W48", 10)] == [made.token]
    assert [digests.claim(connection, made.token, "2026-W48") for _ in range(2)] == [True, False]
    assert digests.due(connection, "2026-W48", 10) == ()
    assert digests.count(connection) == 1


def test_weeks_that_came_back_are_counted_in_a_row(connection):
    made = digests.ask(connection, wish())
    digests.confirm(connection, made.token, NOW)
    assert not digests.came_back(connection, made.token)
    ends = []
    for week, returns in enumerate((True, True, False, True, True, True)):
        assert digests.claim(connection, made.token, f"2026-W{30 + week}")
        ends += [digests.came_back(connection, made.token) for _ in range(2 * returns)]
    assert ends == [False] * 8 + [True, False]
    assert digests.by_token(connection, made.token) is None


def test_an_incident_is_claimed_once(connection):
    row = ("broken", NOW.isoformat(), NOW)
    assert [mailed.claim(connection, "freiraum", row) for _ in range(2)] == [True, False]
    assert mailed.claim(connection, "freiraum", ("healed", NOW.isoformat(), NOW))
    assert [one[0] for one in mailed.load(connection)["freiraum"]] == ["broken", "healed"]
    mailed.forget(connection, NOW + HOUR)
    assert dict(mailed.load(connection)) == {}


def test_a_report_is_closed_and_forgotten(connection):
    founder = {"uid": "u", "founder": "r", "sequence": 0, "fingerprint": "f", "created_at": NOW, "modified_at": NOW}
    connection.execute(identities.insert().values(id="e", **founder))
    number = reports.add(connection, "e", Report(Wrong.TIME, "Später.", "Titel", "anna@example.org"), NOW)
    assert reports.waiting(connection)[0].report.reply_to == "anna@example.org"
    reports.close(connection, number, NOW)
    assert [one.report.reply_to for one in reports.found(connection, true())] == [""]
    reports.forget(connection, NOW + timedelta(days=31))
    assert reports.found(connection, true()) == ()

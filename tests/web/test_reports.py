"""Anybody reports a mistake: it reaches the operator and the initiative, and nobody drowns in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import true

from aggregator.store import mails, owners, reports
from tests.web import town
from tests.web.posting import visitor_of

PATH = "/event/podium/report"
HINT = {"wrong": "time", "text": "Beginnt erst um 20 Uhr.\r\n\r\nSteht so auf dem Plakat."}


@pytest.fixture
def visitor(sqlite_store):
    settings = replace(town.settings(), contacts={"klima": "klima@example.org"})
    return visitor_of(sqlite_store, settings)


@pytest.fixture
def stored(sqlite_store):
    def read():
        with sqlite_store.reading() as connection:
            return reports.waiting(connection), [queued.mail for queued in mails.unsent(connection)]

    return read


def test_the_event_page_leads_to_the_form(visitor):
    assert 'href="/event/podium/report"' in visitor.client.get("/event/podium").text
    page = visitor.client.get(PATH)
    assert "Podium: Lüneburg klimaneutral" in page.text.replace("\u00ad", "")
    assert page.headers["Cache-Control"] == "no-store"
    assert visitor.client.get("/event/alt/report").headers["Location"] == "/event/repair/report"
    assert visitor.client.get("/event/nirgends/report").status_code == 404


def test_a_report_is_kept_and_reaches_operator_and_initiative(visitor, stored):
    answer = visitor.send(PATH, **HINT, mail="anna@example.org")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/event/podium/report/sent")
    [report], [to_operator, to_owner] = stored()
    assert report.report.text == "Beginnt erst um 20 Uhr.\n\nSteht so auf dem Plakat."
    assert (to_operator.to, to_operator.headers) == ("kontakt@example.org", (("Reply-To", "anna@example.org"),))
    assert "> Beginnt erst um 20 Uhr." in to_owner.text
    assert (to_owner.to, "anna@" in to_owner.text + str(to_owner.headers)) == ("klima@example.org", False)
    assert "Danke für den Hinweis" in visitor.client.get(answer.headers["Location"]).text


def test_who_registered_is_written_in_their_language(visitor, stored, sqlite_store):
    with sqlite_store.writing() as connection:
        owners.add(connection, "klima", "board@example.org", "en", town.NOW)
    visitor.send(PATH, **HINT)
    assert [mail.to for mail in stored()[1]] == ["kontakt@example.org", "board@example.org", "klima@example.org"]
    assert "It is about: day or time" in stored()[1][1].text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({}, "Bitte auswählen", id="nothing at all"),
        pytest.param({"wrong": "nonsense", "text": "x"}, "Bitte auswählen", id="an unknown choice"),
        pytest.param({"wrong": "time", "text": " \u202e\x00 "}, "was richtig wäre", id="text of nothing visible"),
        pytest.param({**HINT, "mail": "a@b.c\nBcc: x@y.z"}, "nicht vollständig", id="header injection"),
        pytest.param({**HINT, "text": "ä" * 2001}, "zu lang", id="too long"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(visitor, stored, fields, sentence):
    answer = visitor.send(PATH, **fields)
    assert (answer.status_code, sentence in answer.text) == (400, True)
    assert stored() == ((), [])
    if fields.get("wrong") == "time":
        assert 'value="time" checked' in answer.text


def test_that_an_event_does_not_take_place_needs_no_words(visitor, stored):
    assert visitor.send(PATH, wrong="cancelled").status_code == 303
    assert len(stored()[0]) == 1


def test_one_visitor_reports_five_times_an_hour(visitor, stored):
    answers = [visitor.send(PATH, **HINT).status_code for _ in range(7)]
    assert answers == [303] * 5 + [429] * 2
    assert len(stored()[0]) == 5
    visitor.clock.wait(hours=1)
    assert visitor.send(PATH, **HINT).status_code == 303


def test_what_was_dealt_with_forgets_who_wrote_and_goes_later(visitor, stored, sqlite_store):
    visitor.send(PATH, **HINT, mail="anna@example.org")
    [report] = stored()[0]
    with sqlite_store.writing() as connection:
        reports.close(connection, report.id, visitor.clock.now)
        [closed] = reports.found(connection, true())
        assert (closed.report.reply_to, reports.waiting(connection)) == ("", ())
        visitor.clock.wait(days=31)
        reports.forget(connection, visitor.clock.now)
        assert reports.found(connection, true()) == ()

"""Registering: paste, look, say who you are, confirm by mail; nobody learns more than they should."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from sqlalchemy import select

from aggregator.errors import ErrorClass, Failure
from aggregator.model.discovery import Candidate, Profile
from aggregator.model.jobs import Known, PreviewFound
from aggregator.model.preview import Coming, Missing, Outcome, Preview
from aggregator.model.registrations import RegistrationState
from aggregator.model.sources import Consent, Source
from aggregator.store import jobs, mails, owners, queries, registrations
from aggregator.store.registration_schema import registrations as stored
from tests.web import town
from tests.web.posting import ORIGIN, TOKEN, visitor_of
from web.registration.deciding import approve, ask_back, refuse

SECRET = "https://cloud.example.org/remote.php/dav/public-calendars/Geheim123?export"
FOUND = PreviewFound(
    Preview(
        "cloud.example.org/…",
        Outcome.READABLE,
        chosen=Candidate(SECRET, "ics", "ein Nextcloud-Kalender", "a Nextcloud calendar"),
        title="Freiraum öffentlich",
        singles=2,
        upcoming=2,
        coming=(
            Coming("Offene Werkstatt", town.moment("2026-11-26T18:00"), town.moment("2026-11-26T21:00"), "Hof"),
            Coming("Silvester", town.moment("2026-12-31T20:00")),
        ),
        missing=Missing(places=1),
        profile=Profile("Freiraum e. V.", "Ein Haus.", "https://freiraum.example.org", ("Kultur und Musik",)),
    ),
    Source("", "", SECRET, "ics"),
    Known(2, ((0, ("mosaique",)),), 1, ("mosaique",)),
)
FIELDS = {"name": "Freiraum", "email": "anna@example.org", "consent": "whole"}
LINK = re.compile(r"https://kalender\.example\.org(/register/confirm/[\w-]+)")


@pytest.fixture
def visitor(sqlite_store):
    return visitor_of(sqlite_store)


@pytest.fixture
def looked(visitor, sqlite_store):
    """Paste an address; the worker finds `result` (None: it fails). The address of the page that shows it."""

    def run(result=FOUND, form="/register", path="/register"):
        token = TOKEN.search(visitor.client.get(form).text)[1]
        fields = {"csrf_token": token, "url": "cloud.example.org/kalender"}
        page = visitor.client.post(path, data=fields, headers={"Origin": ORIGIN}).headers["Location"]
        with sqlite_store.writing() as connection:
            jobs.finish(connection, jobs.claim(connection).id, result, visitor.clock.now)
        return page

    return run


@pytest.fixture
def registered_by(visitor, sqlite_store):
    """Register from a page; the path of the link in the mail."""

    def run(page, **fields):
        assert visitor.send(page, **{**FIELDS, **fields}).headers["Location"] == "/register/sent"
        with sqlite_store.reading() as connection:
            mail = [queued.mail for queued in mails.unsent(connection) if queued.mail.purpose == "confirm"][-1]
        return LINK.search(mail.text)[1]

    return run


@pytest.fixture
def in_queue(sqlite_store):
    def read():
        with sqlite_store.reading() as connection:
            return registrations.waiting(connection)

    return read


def test_the_picture_of_a_website_is_named_not_shown_and_taken_only_if_they_say_so(looked, visitor, sqlite_store):
    profile = replace(FOUND.preview.profile, logo="https://freiraum.example.org/bilder/logo.png")
    page = looked(replace(FOUND, preview=replace(FOUND.preview, profile=profile)))
    text = visitor.client.get(page).text
    assert "freiraum.example.org/…/logo.png" in text
    assert "freiraum.example.org/bilder" not in text
    for extra in ({}, {"logo": "1"}):
        visitor.send(page, **FIELDS, **extra)
    with sqlite_store.reading() as connection:
        rows = connection.execute(select(stored.c.fields).order_by(stored.c.created_at)).scalars()
        assert [profile.logo in row for row in rows] == [False, True]


def test_until_the_worker_is_done_the_page_asks_again_without_script(visitor):
    answer = visitor.send("/register", url="cloud.example.org")
    page = visitor.client.get(answer.headers["Location"])
    assert (answer.status_code, page.headers["Refresh"]) == (303, "2")
    assert '<meta http-equiv="refresh" content="2">' in page.text


def test_what_was_found_is_shown_as_people_read_it(visitor, looked):
    page = visitor.client.get(looked()).text
    for words in ("ein Nextcloud-Kalender", "Do, 26. November", "18 bis 21 Uhr", "1 von 2", "mosaique – Haus", "fehlt"):
        assert words in page
    assert "Geheim123" not in page
    assert 'value="Freiraum e. V."' in page
    assert 'value="kultur" checked' in page


def test_a_group_is_listed_after_mail_and_operator(visitor, looked, registered_by, in_queue, sqlite_store):
    link = registered_by(looked(), consent="title", default_place="Salzstraße 1", topic="kultur")
    assert in_queue() == ()
    assert visitor.send(link).status_code == 303
    [one] = in_queue()
    [source] = one.registration.sources
    assert (source.url, source.consent, source.default_place) == (SECRET, Consent.TITLE, "Salzstraße 1")
    with sqlite_store.writing() as connection:
        done = approve(connection, town.settings().site, one.id, "anna", visitor.clock.now)
        assert queries.initiatives(connection)[done.initiative].topics == ("kultur",)
        mail = mails.unsent(connection)[-1].mail
        token = re.search(r"/manage/([\w-]+)", mail.text)[1]
        assert owners.by_token(connection, token, visitor.clock.now).initiative == done.initiative


def test_opening_the_link_alone_confirms_nothing(visitor, looked, registered_by, in_queue):
    link = registered_by(looked())
    assert "Ja, eintragen" in visitor.client.get(link).text
    assert in_queue() == ()
    assert visitor.client.get("/register/confirm/geraten").status_code == 404


def test_several_calendars_and_none(visitor, looked, registered_by, in_queue):
    first = looked()
    other = replace(FOUND, source=replace(FOUND.source, url="https://zwei.example.org/x.ics"))
    visitor.send(registered_by(looked(other, first, first + "/add")))
    visitor.send(registered_by("/register/details"))
    assert [len(each.registration.sources) for each in in_queue()] == [2, 0]


def test_trusted_hosts_need_no_operator(sqlite_store, in_queue):
    settings = replace(town.settings(), trusted_hosts=frozenset({"example.org"}))
    visitor = visitor_of(sqlite_store, settings)
    page = visitor.send("/register", url="x").headers["Location"]
    with sqlite_store.writing() as connection:
        jobs.finish(connection, jobs.claim(connection).id, FOUND, visitor.clock.now)
    visitor.send(page, **FIELDS)
    with sqlite_store.reading() as connection:
        link = LINK.search(mails.unsent(connection)[-1].mail.text)[1]
    visitor.send(link)
    assert in_queue() == ()
    assert "Ihr steht im Kalender" in visitor.client.get(link).text


def test_who_is_asked_answers_by_the_link(visitor, looked, registered_by, in_queue, sqlite_store):
    visitor.send(registered_by(looked()))
    with sqlite_store.writing() as connection:
        ask_back(connection, town.settings().site, in_queue()[0].id, "anna", "Seid ihr ein Verein?", visitor.clock.now)
        link = LINK.search(mails.unsent(connection)[-1].mail.text)[1]
    assert "Seid ihr ein Verein?" in visitor.client.get(link).text
    visitor.send(link, **FIELDS, note="Ja, seit 1990.")
    [one] = in_queue()
    assert (one.state, one.registration.note) == (RegistrationState.WAITING, "Ja, seit 1990.")
    with sqlite_store.writing() as connection:
        refuse(connection, town.settings().site, one.id, "anna", "Zu weit weg.", visitor.clock.now)
        assert "> Zu weit weg." in mails.unsent(connection)[-1].mail.text


SILENT = ("ADDRESS", "DNS", "CONNECT", "TIMEOUT", "TLS", "PROTOCOL")


@pytest.mark.parametrize("reason", [pytest.param(ErrorClass[name], id=name.lower()) for name in SILENT])
def test_nobody_learns_where_somebody_listens(visitor, looked, reason):
    failed = Preview("http://10.0.0.1/", Outcome.REFUSED, failure=Failure(reason, "10.0.0.1"))
    page = looked(PreviewFound(failed))
    assert visitor.client.get(page).headers["Refresh"] == "2"
    visitor.clock.wait(seconds=12)
    assert "antwortet uns niemand" in visitor.client.get(page).text


def test_what_is_wrong_with_an_address_that_answers_is_told_at_once(visitor, looked):
    failed = Preview("https://a.example.org/", Outcome.NOTHING_FOUND, failure=Failure(ErrorClass.STATUS, "404"))
    page = visitor.client.get(looked(PreviewFound(failed))).text
    assert Failure(ErrorClass.STATUS, "404").sentence("de") in unescape(page)
    assert "Link anfordern" not in page


def test_a_mistake_of_ours_is_told_as_ours(visitor, looked):
    assert "das liegt an uns" in visitor.client.get(looked(None)).text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({"name": "\x00"}, "Bitte den Namen der Gruppe eintragen.", id="no name"),
        pytest.param({"name": "a" * 200}, "zu lang", id="a long name"),
        pytest.param({"email": "a@b.c\nBcc: x@y.z"}, "nicht vollständig", id="header injection"),
        pytest.param({"email": "x@localhost"}, "nicht vollständig", id="no public domain"),
        pytest.param({"interval": "-1"}, "zwischen 15 und 1440", id="interval"),
        pytest.param({"timezone": "../../etc/passwd"}, "Zeitzone", id="zone"),
        pytest.param({"licence": "Alles meins"}, "Lizenz aus der Liste", id="licence"),
        pytest.param({"homepage": "javascript:alert(1)"}, "keine vollständige Web-Adresse", id="homepage"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(visitor, looked, fields, sentence):
    answer = visitor.send(looked(), **{**FIELDS, "description": "Wir sind viele.", **fields})
    assert (answer.status_code, sentence in answer.text) == (400, True)
    assert "Wir sind viele." in answer.text


@pytest.mark.parametrize("path", ["/register", "/register/details"])
def test_only_our_own_pages_can_post(visitor, path):
    assert visitor.send(path, origin="https://evil.example", url="x", **FIELDS).status_code == 403
    assert visitor.client.post(path, data=FIELDS, headers={"Origin": "https://kalender.example.org"}).status_code == 403


def test_what_fills_in_the_trap_is_dropped_silently(visitor, looked, sqlite_store):
    answer = visitor.send(looked(), **FIELDS, website_hp="http://spam.example")
    assert answer.headers["Location"] == "/register/sent"
    with sqlite_store.reading() as connection:
        assert mails.unsent(connection) == ()


def test_five_registrations_an_hour_are_enough(visitor):
    codes = [visitor.send("/register/details", **FIELDS).status_code for _ in range(7)]
    assert codes == [303] * 5 + [429] * 2


def test_twenty_looks_an_hour_are_enough_and_the_form_stays(visitor):
    codes = [visitor.send("/register", url="x").status_code for _ in range(22)]
    assert codes == [303] * 20 + [429] * 2
    assert visitor.client.get("/register").status_code == 200


def test_the_pages_speak_english(visitor, looked):
    page = visitor.client.get(looked() + "?lang=en").text
    assert "a Nextcloud calendar" in page
    assert "Request the link" in page


def test_these_pages_are_kept_by_nobody_and_tell_nobody(visitor, looked):
    answer = visitor.client.get(looked())
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "same-origin")
    assert "noindex" in answer.text

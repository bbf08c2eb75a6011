"""The owner's console: everything about one's own entry by a mailed link, and nothing about anybody else's."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest

from aggregator.model.jobs import JobKind, RefreshDone, RefreshWish
from aggregator.model.own_dates import Rhythm
from aggregator.model.pictures import without_hidden
from aggregator.model.sources import Consent
from aggregator.store import (
    alliances,
    mails,
    own_dates,
    queries,
    registered,
)
from aggregator.store.codec import decode
from tests.web.test_register import FOUND
from web.manage.proposing import rhythm_of

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\x0etEXtGPS\x00hier wohne\x00\x00\x00\x00"
    b"\x00\x00\x00\nIDATx\x9cc\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xeeV\x00\x00\x00\x00IEND\xaeB`\x82"
)


def source(console):
    return console.read(registered.sources_of, "chor")[0].source


PAGES = ("", "/profile", "/sources/chor", "/dates", "/alliance", "/filters", "/withdraw")


@pytest.mark.parametrize("path", [pytest.param(path, id=path or "overview") for path in PAGES])
def test_every_page_opens_and_is_kept_by_nobody(choir, path):
    answer = choir.get(path)
    assert answer.status_code == 200
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "same-origin")
    assert "noindex" in answer.text
    assert "chor@example.org" not in answer.text


def test_a_wrong_an_old_and_a_revoked_link_open_nothing(choir):
    assert choir.visitor.client.get("/manage/geraten").status_code == 404
    choir.visitor.clock.wait(days=401)
    assert "gilt nicht mehr" in choir.get().text
    choir.visitor.clock.wait(days=-401)
    choir.post("/revoke")
    assert choir.get().status_code == 404


def test_who_gave_the_link_up_can_ask_for_a_new_one(choir):
    choir.post("/revoke")
    choir.visitor.send("/manage", email="chor@example.org")
    [mail] = [queued.mail for queued in choir.read(mails.unsent)]
    token = re.search(r"/manage/([\w-]+)", mail.text)[1]
    assert choir.visitor.client.get(f"/manage/{token}").status_code == 200


def test_a_renewed_link_comes_by_mail_and_is_not_shown(choir):
    answer = choir.post("/renew")
    [mail] = [queued.mail for queued in choir.read(mails.unsent) if queued.mail.purpose == "link"]
    token = re.search(r"/manage/([\w-]+)", mail.text)[1]
    assert (mail.to, token in answer.text, choir.get().status_code) == ("chor@example.org", False, 404)
    assert choir.visitor.client.get(f"/manage/{token}").status_code == 200


@pytest.mark.parametrize("address", ["chor@example.org", "fremd@example.org"])
def test_who_lost_the_link_gets_a_new_one_and_nobody_learns_who_is_known(choir, address):
    answer = choir.visitor.send("/manage", email=address)
    assert (answer.status_code, "Wenn wir diese Adresse kennen" in answer.text) == (200, True)
    assert len(choir.read(mails.unsent)) == (address == "chor@example.org")


def test_the_profile_is_changed_and_the_address_stays_hidden_unless_ticked(choir):
    choir.post(
        "/profile", name="Chor & Freunde", description="Wir singen.", topic="kultur", homepage="chor.example.org"
    )
    one = choir.read(queries.initiatives)["chor"]
    assert (one.name, one.text, one.topics, one.contact) == ("Chor & Freunde", "Wir singen.", ("kultur",), "")
    assert one.homepage == "https://chor.example.org"
    choir.post("/profile", name="Chor", is_public="1")
    assert choir.read(queries.initiatives)["chor"].contact == "chor@example.org"


def test_what_cannot_be_saved_is_said(choir):
    answer = choir.post("/profile", name="", homepage="javascript:x")
    assert (answer.status_code, "keine vollständige Web-Adresse" in answer.text) == (400, True)


def test_entries_of_the_operator_are_only_looked_at(klima):
    assert "pflegt, wer den Kalender betreibt" in klima.get("/profile").text
    klima.post("/profile", name="Gekapert")
    assert klima.read(queries.initiatives)["klima"].name == "Klimaentscheid Lüneburg"
    assert klima.post("/sources/klima-ics", deed="remove").status_code == 403
    assert klima.get("/sources/klima-ics").status_code == 200


def test_a_picture_is_hung_without_what_is_hidden_in_it(choir):
    choir.post("/picture", picture=(BytesIO(PNG), "logo.png"), alt="Unser Logo", picture_licence="CC BY 4.0")
    page = choir.get("/profile").text
    path = re.search(r'src="(/pictures/\w+)" alt="Unser Logo"', page)[1]
    answer = choir.visitor.client.get(path)
    assert (answer.content_type, b"hier wohne" in answer.data, b"IDAT" in answer.data) == ("image/png", False, True)


@pytest.mark.parametrize(
    "content", [b"<svg/>", b"\xff\xd8\xff", PNG[:40], b""], ids=["drawing", "cut off", "half a picture", "nothing"]
)
def test_what_is_no_picture_is_not_taken(choir, content):
    assert without_hidden(content) == ("", b"")
    assert choir.post("/picture", picture=(BytesIO(content), "x.png"), alt="x").status_code == 400


def test_a_calendar_is_paused_resumed_and_removed(choir):
    choir.post("/sources/chor", deed="pause")
    assert (source(choir).paused, "angehalten" in choir.get().text) == (True, True)
    choir.post("/sources/chor", deed="resume")
    assert not source(choir).paused
    choir.post("/sources/chor", deed="remove")
    assert choir.read(registered.sources_of, "chor") == ()
    assert [job.kind for job in choir.jobs()] == [JobKind.RELINK]


def test_how_a_calendar_is_read_can_be_set(choir):
    wishes = {"consent": "title", "interval": "240", "default_place": "Saal", "topic": "kultur", "licence": "CC0 1.0"}
    choir.post("/sources/chor", deed="save", **wishes)
    one = source(choir)
    assert (one.consent, one.interval, one.default_place, one.topics) == (
        Consent.TITLE,
        timedelta(hours=4),
        "Saal",
        ("kultur",),
    )
    assert choir.post("/sources/chor", deed="save", consent="whole", interval="5").status_code == 400


def test_reading_now_says_what_it_brought(choir):
    waiting = choir.post("/sources/chor", deed="refresh").headers["Location"]
    assert choir.visitor.client.get(waiting).headers["Refresh"] == "2"
    choir.finish(JobKind.REFRESH, RefreshDone("updated", added=2))
    assert "Gelesen: 2 neu." in choir.visitor.client.get(waiting).text


@pytest.mark.parametrize(("replaces", "number"), [("", 2), ("chor", 1)], ids=["one more", "in place of the old"])
def test_another_address_is_looked_at_and_taken(choir, replaces, number):
    choir.post("/look", url="cloud.example.org", replaces=replaces)
    job = choir.finish(JobKind.PREVIEW, FOUND)
    assert "Offene Werkstatt" in choir.get(f"/look/{job}?replaces={replaces}").text
    choir.post(f"/look/{job}", replaces=replaces)
    theirs = choir.read(registered.sources_of, "chor")
    assert (len(theirs), theirs[-1].source.url) == (number, FOUND.source.url)
    [wish] = [decode(RefreshWish, each.payload) for each in choir.jobs(JobKind.REFRESH)]
    assert wish.source == theirs[-1].source.id


def test_a_date_is_typed_in_changed_cancelled_and_taken_back(choir):
    fields = {"title": "Sommerfest", "day": "2026-12-05", "from": "15:00", "to": "18:00", "place": "Hof"}
    choir.post("/dates", deed="save", **fields)
    [wish] = [decode(RefreshWish, each.payload) for each in choir.jobs(JobKind.REFRESH)]
    [date] = choir.read(own_dates.load, wish.source)
    assert (date.start, date.end) == ("2026-12-05T15:00", "2026-12-05T18:00")
    choir.post(f"/dates/{date.id}", deed="cancel")
    choir.post(f"/dates/{date.id}", deed="save", **{**fields, "rhythm": "weekly", "until": "2027-02-01"})
    [changed] = choir.read(own_dates.load, wish.source)
    assert (changed.id, changed.cancelled, changed.rhythm) == (date.id, True, Rhythm.WEEKLY)
    choir.post(f"/dates/{date.id}", deed="remove")
    assert choir.read(own_dates.load, wish.source) == ()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({"title": ""}, "braucht einen Titel", id="no title"),
        pytest.param({"day": "2026-13-40"}, "Bitte den Tag wählen", id="no day"),
        pytest.param({"from": "25:00"}, "Bitte den Tag wählen", id="no time"),
        pytest.param({"last": "2026-12-01"}, "liegt vor dem Beginn", id="ends before it begins"),
        pytest.param({"until": "2026-01-01", "rhythm": "weekly"}, "letzte Tag der Reihe", id="series ends before"),
        pytest.param({"without": "Heiligabend"}, "Ausnahmen bitte als Tage", id="exceptions in words"),
        pytest.param({"link": "javascript:x"}, "keine vollständige Web-Adresse", id="link"),
        pytest.param({"title": "a" * 300}, "zu lang", id="long title"),
    ],
)
def test_a_date_that_makes_no_sense_is_not_taken(choir, fields, sentence):
    answer = choir.post("/dates", deed="save", **{"title": "Fest", "day": "2026-12-05", **fields})
    assert (answer.status_code, sentence in answer.text) == (400, True)


def test_an_evening_that_ends_after_midnight_ends_on_the_next_day(choir):
    choir.post("/dates", deed="save", title="Silvester", day="2026-12-31", **{"from": "20:00", "to": "03:00"})
    own = next(each.source for each in choir.read(registered.sources_of, "chor") if each.source.is_own)
    assert choir.read(own_dates.load, own.id)[0].end == "2027-01-01T03:00"


def test_an_alliance_invites_and_takes_in_who_asks(klima, choir, sqlite_store):
    klima.post("/alliance", deed="invite")
    link = re.search(r'value="(https://[^"]+join=[\w-]+)"', klima.get("/alliance").text)[1]
    choir.post("/alliance", deed="ask", link=link)
    assert "Chor" in klima.get("/alliance").text
    assert choir.read(queries.initiatives)["chor"].umbrella is None
    klima.post("/alliance", deed="take", initiative="chor")
    assert choir.read(queries.initiatives)["chor"].umbrella == "klima"
    choir.post("/alliance", deed="leave")
    assert choir.read(queries.initiatives)["chor"].umbrella is None
    assert choir.read(alliances.of_umbrella, "klima") == ()


def test_an_alliance_takes_in_only_who_asked(klima, choir):
    klima.post("/alliance", deed="take", initiative="chor")
    assert choir.read(queries.initiatives)["chor"].umbrella is None


def test_everything_can_be_taken_along(choir):
    answer = choir.get("/data.json")
    told = json.loads(answer.text)
    assert (told["owner"]["email"], told["sources"][0]["url"]) == ("chor@example.org", "https://chor.example.org/x.ics")
    assert answer.headers["Cache-Control"] == "no-store"


def test_whoever_withdraws_is_gone_and_can_come_back(choir):
    choir.post("/withdraw", deed="withdraw")
    assert "chor" not in choir.read(queries.initiatives)
    assert choir.read(registered.sources_of, "chor") == ()
    assert [job.kind for job in choir.jobs()] == [JobKind.RELINK]
    assert "Doch wieder eintragen" in choir.get("/withdraw").text
    choir.post("/withdraw", deed="restore")
    assert "chor" in choir.read(queries.initiatives)


def test_no_word_of_the_console_is_missing_in_english(choir):
    page = choir.get("?lang=en").text
    assert "Your calendars" in page


def test_everybody_sees_picture_and_ticked_address_on_the_initiatives_page(choir):
    choir.post("/picture", picture=(BytesIO(PNG), "logo.png"), alt="Unser Logo", picture_licence="CC BY 4.0")
    page = choir.visitor.client.get("/initiatives/chor").text
    assert 'alt="Unser Logo"' in page
    assert "CC BY 4.0" in page
    assert "chor@example.org" not in page
    choir.post("/profile", name="Chor", is_public="1")
    assert "chor@example.org" in choir.visitor.client.get("/initiatives/chor").text


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param("FREQ=WEEKLY;BYDAY=TU", (Rhythm.WEEKLY, ""), id="every week"),
        pytest.param("FREQ=WEEKLY;INTERVAL=2;UNTIL=20270201", (Rhythm.FORTNIGHTLY, "2027-02-01"), id="every other"),
        pytest.param("FREQ=MONTHLY;BYDAY=1TU", (Rhythm.MONTHLY_WEEKDAY, ""), id="the first Tuesday"),
        pytest.param("FREQ=WEEKLY;BYDAY=TU,TH", (Rhythm.ONCE, ""), id="more than the form knows"),
    ],
)
def test_a_series_in_a_newsletter_keeps_its_rhythm(rule, expected):
    assert rhythm_of(rule) == expected

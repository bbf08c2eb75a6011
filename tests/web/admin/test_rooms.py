"""Every page of the operators, with something on it to see."""

from __future__ import annotations

import re

import pytest

from aggregator.model.corrections import Correction
from aggregator.model.jobs import JobKind
from aggregator.model.linkage import Decision, Feature, HumanVerdict, Verdict
from aggregator.model.mail import Mail
from aggregator.model.places import KnownPlace
from aggregator.model.registrations import Registration, WantedSource
from aggregator.model.reports import Report, Wrong
from aggregator.store import (
    audit,
    corrections,
    held,
    known_places,
    mails,
    questions,
    records,
    registrations,
    reports,
    texts,
    ticks,
    verdicts,
)
from tests.web import town

PAIR = ("mosaique-ics.naehcafe", "stadtblatt-ics.naehcafe")


@pytest.fixture
def busy(anna, town_store):
    """An operator on a day on which everything waits."""
    anna.waiting, anna.pair = make_busy(town_store)
    return anna


def make_busy(store):
    """Let everything wait; returns the id of the registration and the pair in question."""
    now = town.NOW
    with store.writing() as connection:
        left, right = two_records(connection)
        features = (Feature("start", 3.2, level="equal"), Feature("place", -1.0, level="differs"))
        questions.replace_all(connection, [Decision(left, right, Verdict.REVIEW, features=features, score=1.5)])
        held.note(connection, "freiraum-ics", (left, right), now)
        mails.queue(connection, Mail("a@example.org", "Willkommen", "Guten Tag", "approved"), now)
        reports.add(connection, "podium", Report(Wrong.TIME, "Beginnt um acht.", "Podium", "b@example.org"), now)
        wanted = WantedSource("https://chor.example.org/secret/cal.ics", events=12, known=7, known_by=("mosaique",))
        token = registrations.add(connection, Registration("Chor", "chor@example.org", sources=(wanted,)), now)
        waiting = registrations.by_token(connection, token, now)
        registrations.confirm(connection, waiting.id, now)
        known_places.add(connection, KnownPlace("Glockenhaus", ("Glocke",), latitude=53.2, longitude=10.4), "anna", now)
        corrections.add(connection, Correction("markt", "hidden", "Kunsthandwerkermarkt", "anna", now))
        ticks.note(connection, ticks.Tick(now, 10**12))
    return waiting.id, (left, right)


def two_records(connection):
    found = [one.record.id for one in records.load(connection) if one.record.start or one.record.is_notice]
    return found[0], found[1]


def test_all_that_waits_is_named_on_one_page_with_its_cure(busy):
    page = busy.get("/admin").text
    for words in ("1 Anmeldung wartet", "1 Hinweis auf einen Fehler", "1 Frage: Ist das derselbe Termin?"):
        assert words in page
    assert "Freiraum: plötzlich fehlen Termine" in page
    assert "2 Termine würden verschwinden." in page
    assert "Museum" in page
    assert len(re.findall(r'class="todo__what"', page)) <= 10


def test_nothing_to_do_is_said_in_one_sentence(anna, town_store, monkeypatch):
    monkeypatch.setattr("web.admin.todo.items_of", lambda *_: ())
    assert "Nichts. Der Kalender läuft von selbst." in anna.get("/admin").text


FORBIDDEN = r'<script(?! src="/static/[^"]*\.js" defer></script>)|<style|\sstyle=|\son\w+="'
PAGES = (
    "/admin", "/admin/log", "/admin/events", "/admin/events?q=podium", "/admin/events/podium", "/admin/events/naehcafe",
    "/admin/review", "/admin/sources", "/admin/sources/freiraum-ics", "/admin/registrations", "/admin/post",
    "/admin/places", "/admin/places/1", "/admin/initiatives", "/admin/topics", "/admin/texts",
    "/admin/texts/imprint/de", "/admin/texts/about/en", "/admin/figures", "/admin/figures.csv",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_and_needs_no_inline_script_or_style(busy, path):
    answer = busy.get(path)
    assert answer.status_code == 200
    assert (
        re.findall(r'<script(?! src="/static/[^"]*\.js" defer></script>)|<style|\sstyle=|\son\w+="', answer.text) == []
    )


def test_no_page_shows_more_of_an_address_than_its_host(busy):
    paths = (*PAGES, f"/admin/registrations/{busy.waiting}")
    shown = "".join(busy.get(path).text for path in paths)
    assert "chor.example.org" in shown
    assert "secret" not in shown
    assert "hunter2" not in shown


@pytest.mark.parametrize("path", ["/admin/events/nix", "/admin/sources/nix", "/admin/places/99", "/admin/texts/nix/de",
                                  "/admin/registrations/nix", "/admin/sources/klima-ics/body"])  # fmt: skip
def test_what_is_not_there_is_not_found(busy, path):
    assert busy.get(path).status_code == 404


def test_a_correction_is_stored_with_what_the_source_said_and_asks_for_a_relink(anna, town_store):
    answer = anna.post("/admin/events/podium/correct", title="Podium: klimaneutral", why="Tippfehler")
    assert answer.headers["Location"] == "/admin/events/podium?told=saved"
    with town_store.reading() as connection:
        (said,) = corrections.of_event(connection, "podium")
        (deed,) = audit.recent(connection, 1)
    assert (said.field, said.value, said.by, said.why) == ("title", "Podium: klimaneutral", "anna", "Tippfehler")
    assert (deed.action, deed.subject) == ("correct", "event:podium")
    assert anna.jobs() == [JobKind.RELINK.value]


def test_fields_that_read_as_before_are_no_corrections(anna, town_store):
    assert anna.post("/admin/events/party/correct", title="Soliparty für das Frauenhaus").status_code == 303
    with town_store.reading() as connection:
        assert corrections.load(connection) == ()
    assert anna.jobs() == []


NONSENSE = [
    ("title", " "),
    ("start", "morgen"),
    ("url", "javascript:alert(1)"),
    ("place_point", "dort"),
    ("free", "vlt"),
]


@pytest.mark.parametrize(("field", "value"), NONSENSE, ids=[field for field, _ in NONSENSE])
def test_what_makes_no_sense_is_not_saved(anna, town_store, field, value):
    assert anna.post("/admin/events/party/correct", **{field: value}).headers["Location"].endswith("told=wrong")
    with town_store.reading() as connection:
        assert corrections.load(connection) == ()


def test_an_event_is_pinned_hidden_and_shown_again(anna, town_store):
    anna.post("/admin/events/party/pin")
    with town_store.reading() as connection:
        assert "title" in {one.field for one in corrections.of_event(connection, "party")}
    anna.post("/admin/events/party/undo", field="")
    anna.post("/admin/events/party/hide", why="doppelt")
    with town_store.reading() as connection:
        assert [one.field for one in corrections.of_event(connection, "party")] == ["hidden"]
    anna.post("/admin/events/party/show")
    with town_store.reading() as connection:
        assert corrections.load(connection) == ()


def test_a_pair_is_answered_by_its_button_and_taken_back(busy, town_store):
    left, right = busy.pair
    assert "gleicher Beginn" in busy.get("/admin/review").text
    busy.post("/admin/review", "/admin/review", left=left, right=right, v="not", n="0")
    with town_store.reading() as connection:
        assert [one.verdict for one in verdicts.load(connection)] == [Verdict.NO_MATCH]
        assert questions.count(connection) == 0
    busy.post("/admin/review/undo", "/admin/review")
    with town_store.reading() as connection:
        assert verdicts.load(connection) == ()


def test_only_ones_own_answer_is_taken_back(anna, town_store):
    with town_store.writing() as connection:
        verdicts.add(connection, HumanVerdict("a", "b", Verdict.MATCH, "bernd"), town.NOW)
    anna.post("/admin/review/undo")
    with town_store.reading() as connection:
        assert len(verdicts.load(connection)) == 1


def test_two_events_are_merged_by_the_address_of_the_other(anna, town_store):
    address = "https://kalender.example.org/event/online?on=2026-11-26"
    assert anna.post("/admin/events/party/merge", address=address).headers["Location"].endswith("told=answered")
    with town_store.reading() as connection:
        (said,) = verdicts.load(connection)
    assert said.verdict is Verdict.MATCH


def test_what_was_said_of_a_pair_is_taken_back_on_the_page_of_its_event(anna, town_store):
    anna.post("/admin/events/party/merge", address="/event/online")
    with town_store.reading() as connection:
        (said,) = verdicts.load(connection)
    pair = {"left": said.left, "right": said.right}
    assert anna.post("/admin/events/party/unsay", **pair).headers["Location"].endswith("told=undone")
    assert anna.post("/admin/events/party/unsay", **pair).headers["Location"].endswith("told=late")
    with town_store.reading() as connection:
        assert verdicts.load(connection) == ()


def test_a_held_answer_is_believed_or_kept(busy, town_store):
    page = "/admin/sources/freiraum-ics"
    assert "Zurückgehalten: was verschwinden würde" in busy.get(page).text
    busy.jobs()
    busy.post(f"{page}/held", page, v="keep")
    assert busy.jobs() == []
    busy.post(f"{page}/held", page, v="accept")
    assert busy.jobs() == [JobKind.REFRESH.value]
    with town_store.reading() as connection:
        assert held.of_source(connection, "freiraum-ics").verdict == held.ACCEPT


def test_a_registration_is_approved_once(busy, town_store):
    page = f"/admin/registrations/{busy.waiting}"
    assert "7 von 12 stehen schon im Kalender" in busy.get(page).text
    assert busy.post(page, page, v="refuse").headers["Location"].endswith("told=wrong")
    assert busy.post(page, page, v="approve").headers["Location"].endswith("told=done")
    assert busy.post(page, "/admin", v="approve").headers["Location"].endswith("told=late")
    with town_store.reading() as connection:
        assert "approved" in {queued.mail.purpose for queued in mails.unsent(connection)}


def test_mails_and_reports_are_ticked_off(busy, town_store):
    assert busy.post("/admin/post/mails/1").status_code == 303
    assert busy.post("/admin/post/reports/1").status_code == 303
    assert busy.post("/admin/post/reports/1").status_code == 404
    with town_store.reading() as connection:
        assert (mails.unsent(connection), reports.waiting(connection)) == ((), ())


def test_a_venue_is_entered_changed_and_removed(anna, town_store):
    anna.post("/admin/places", name="Rathaus", aliases="Altes Rathaus\nMarkt 1", point="53.25, 10.41")
    with town_store.reading() as connection:
        assert known_places.load(connection)[1] == KnownPlace("Rathaus", ("Altes Rathaus", "Markt 1"), "", 53.25, 10.41)
    anna.post("/admin/places/1", name="Rathaus", accessibility="stufenlos")
    anna.post("/admin/places/1", name="Rathaus", v="remove")
    with town_store.reading() as connection:
        assert known_places.load(connection) == {}


def test_the_imprint_is_public_at_once_and_no_longer_to_do(anna, town_store):
    assert "Das Impressum ist noch ein Entwurf" in anna.get("/admin").text
    anna.post("/admin/texts/imprint/de", text="## Betreiber\n\nVerein <b>Stadt</b> e. V.")
    assert "Das Impressum ist noch ein Entwurf" not in anna.get("/admin").text
    page = anna.get("/impressum").text
    assert "<h2>Betreiber</h2>" in page
    assert "Verein &lt;b&gt;Stadt&lt;/b&gt; e. V." in page
    with town_store.reading() as connection:
        assert texts.load(connection, "imprint", "de")


@pytest.mark.parametrize("path", ["/admin/events?q=%00", "/admin/sources/%00", "/admin/registrations/%00?job=%00",
                                  "/admin/review?n=%00", "/admin/places?name=%00", "/admin?told=%00"])  # fmt: skip
def test_odd_bytes_in_an_address_break_nothing(anna, path):
    assert anna.get(path).status_code in (200, 404)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/admin/review", {"left": "\0", "right": "x", "v": "same", "n": "\0"}),
        ("/admin/review", {"v": "later", "n": "99999999999"}),
        ("/admin/events/party/merge", {"address": "\0", "other": "\0"}),
        ("/admin/events/party/split", {"record": "\0"}),
        ("/admin/events/party/correct", {"title": "\0", "start": "9" * 400}),
        ("/admin/places", {"name": "\0", "point": "\0"}),
        ("/admin/initiatives/mosaique", {"umbrella": "\0"}),
        ("/admin/topics", {"word": "\0", "topic": "\0"}),
        ("/admin/topics/remove", {"word": "\0"}),
        ("/admin/sources/klima-ics/change", {"minutes": "\0", "priority": "\0"}),
        ("/admin/login", {"name": "\0", "password": "\0" * 5000, "next": "\0"}),
    ],
    ids=str,
)
def test_odd_bytes_in_a_form_break_nothing(anna, path, data):
    assert anna.post(path, **data).status_code in (303, 403, 404)

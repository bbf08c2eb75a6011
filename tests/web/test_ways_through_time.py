"""Today, the weekend, the list, and short addresses: each shows what its name says."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from aggregator.model.events import Listing
from tests.web.town import at, event
from web.calendar.finding import again_words


def seen(client: FlaskClient, path: str) -> str:
    return client.get(path).text.replace("\u00ad", "").split('<aside class="rail"')[0]


@pytest.mark.parametrize(
    ("path", "heading", "shown", "hidden"),
    [
        pytest.param("/today", "Heute in Lüneburg", "Podium", "Orange Days", id="today"),
        pytest.param("/today?from=2027-01-01", "Heute in Lüneburg", "Podium", "Orange Days", id="today is today"),
        pytest.param("/weekend", "Dieses Wochenende in Lüneburg", "Soliparty", "Podium", id="weekend"),
        pytest.param("/weekend?topic=kultur", "Dieses Wochenende", "Kunsthandwerkermarkt", "Soliparty", id="filtered"),
        pytest.param("/list", "Alles, was kommt", "Karaoke", "zu keiner Zeit", id="list"),
        pytest.param("/list?to=2026-11-20", "Was schon vorbei ist", "Nähcafé", "Karaoke", id="archive"),
        pytest.param("/k/kultur-wochenende", "Kultur am Wochenende", "Kunsthandwerkermarkt", "Podium", id="saved"),
        pytest.param("/?from=2026-11-09&to=2026-11-15", "9. bis 15. November", "Repair-Café", "Podium", id="past days"),
    ],
)
def test_an_address_shows_its_days(client: FlaskClient, path: str, heading: str, shown: str, hidden: str) -> None:
    page = seen(client, path)
    assert heading in page.split("</h1>")[0].split("<h1>")[1]
    assert shown in page
    assert hidden not in page


def test_a_series_is_listed_once_with_what_comes_after(client: FlaskClient) -> None:
    page = seen(client, "/list")
    assert page.count("Nähcafé</a>") == 1
    assert "nächster Termin" in page
    assert "danach noch" not in page, "its rule tells no end"
    assert "jeden Dienstag" in page


def test_a_long_list_goes_on_page_by_page(sqlite_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.calendar.finding.A_PAGE", 5)
    second = seen(sqlite_client, "/list?topic=kultur&page=2")
    assert 'href="/list?topic=kultur">Zurück zu den früheren' in second
    assert sqlite_client.get("/list?page=0").status_code == 400
    assert 'href="/list?topic=kultur&amp;page=2">Weiter in der Liste' in seen(sqlite_client, "/list?topic=kultur&lang=")


@pytest.mark.parametrize("ending", ["", ".ics", ".atom", ".rss", ".json"])
def test_a_short_address_has_all_forms_and_knows_no_other_name(sqlite_client: FlaskClient, ending: str) -> None:
    assert "Kultur am Wochenende" in sqlite_client.get(f"/k/kultur-wochenende{ending}").text.replace("\r\n ", "")
    assert sqlite_client.get(f"/k/nix{ending}").status_code == 404


def test_a_short_address_holds_what_its_filter_holds(client: FlaskClient) -> None:
    uids = [
        {str(event["uid"]) for event in Calendar.from_ical(client.get(path).data).walk("VEVENT")}
        for path in ("/k/kultur-wochenende.ics", "/calendar.ics?topic=kultur&weekday=sa,su")
    ]
    assert uids[0] == uids[1] != set()


def test_a_short_address_cannot_be_narrowed_but_keeps_its_language_links(sqlite_client: FlaskClient) -> None:
    assert sqlite_client.get("/k/kultur-wochenende?topic=begegnung").status_code == 400
    assert sqlite_client.get("/k/kultur-wochenende?topic=kultur&weekday=sa,su&lang=en").status_code == 200


def test_quick_filters_tell_how_many_events_they_bring(sqlite_client: FlaskClient) -> None:
    page = seen(sqlite_client, "/")
    assert '<a class="chip" href="/?free=1">kostenlos <span class="count">2</span></a>' in page
    assert 'href="/?after=18:00">abends <span class="count">5</span>' in page
    assert "auf Englisch" not in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("after=18:00", "abends"), ("after=09:30&before=12:00", "Beginn ab 9:30 Uhr und vor 12 Uhr"),
        ("before=12:00", "Beginn vor 12 Uhr"), ("weekday=sa", "Samstag"), ("online=no", "vor Ort"),
        ("language=gsg", "mit Gebärdensprache"), ("language=en", "auf Englisch"), ("children=1", "für Kinder"),
        ("accessible=1", "barrierefrei"),
    ],
)  # fmt: skip
def test_a_condition_reads_like_german_and_can_be_taken_back(
    sqlite_client: FlaskClient, query: str, words: str
) -> None:
    assert f'<a class="chip chip--on" href="/" aria-current="true">{words}<span' in seen(sqlite_client, f"/?{query}")


def test_an_event_shows_what_is_known_and_nothing_else(sqlite_client: FlaskClient) -> None:
    podium, orange = seen(sqlite_client, "/event/podium"), seen(sqlite_client, "/event/orange")
    assert "laut Klimaentscheid Lüneburg: „Eintritt frei“" in podium
    assert "für Kinder" not in podium
    assert "Eintritt: 5 €" in orange
    assert "barrierefrei" not in orange


def test_flags_name_what_is_good_to_know(sqlite_client: FlaskClient) -> None:
    page = seen(sqlite_client, "/today") + seen(sqlite_client, "/weekend")
    for words in ("kostenlos", "barrierefrei", "mit Gebärdensprache", "gegen Spende", "für Kinder"):
        assert f"</svg>{words}</li>" in page


def test_an_empty_page_says_what_each_way_on_gives_up_and_brings(sqlite_client: FlaskClient) -> None:
    page = seen(sqlite_client, "/?free=1&after=18:00&topic=kultur")
    assert '<span>Ohne „Kultur und Musik“</span> <span class="count">1 Termin</span>' in page
    past = seen(sqlite_client, "/?q=forschungskolloquium&from=2026-12-01")
    assert '<span>Auch was schon vorbei ist</span> <span class="count">1 Termin</span>' in past


def test_the_dates_of_a_series_with_an_end_are_counted(scene) -> None:
    days = [at(f"2026-12-0{day}T19:00", f"2026-12-0{day}T20:00") for day in (1, 8)]
    course = event("c", "Kurs", "2026-12-01T19:00", occurrences=tuple(days), rules=("FREQ=WEEKLY;COUNT=2",))
    listing = Listing(
        course, days[0], days[0].start.local_day("Europe/Berlin"), days[0].start.local_day("Europe/Berlin")
    )
    assert again_words(listing, scene()) == "nächster Termin, danach noch 1"

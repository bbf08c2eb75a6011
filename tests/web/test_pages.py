"""Every page for people: it is there, in both languages, and says what the store holds."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

PAGES = (
    "/", "/week/2026-W49", "/month/2026-12", "/event/podium", "/event/repair?on=2026-12-19", "/embed",
    "/embed?view=month", "/embed/builder", "/subscribe", "/print", "/clash?date=2026-12-05", "/sources",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_html_in_german(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    assert '<html lang="de">' in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_english_when_asked(sqlite_client: FlaskClient, path: str) -> None:
    chosen = sqlite_client.get(f"{path}{'&' if '?' in path else '?'}lang=en").text
    preferred = sqlite_client.get(path, headers={"Accept-Language": "en-GB,de;q=0.5"}).text
    assert '<html lang="en">' in chosen
    assert '<html lang="en">' in preferred


def test_a_chosen_language_stays_in_every_link(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/?lang=en&topic=kultur").text
    links = re.findall(r'href="(/(?!static|favicon|api)[^"]*)"', page)
    assert links
    assert [link for link in links if "lang=" not in link] == []


def test_the_agenda_shows_today_the_week_and_what_is_further_ahead(client: FlaskClient) -> None:
    page = client.get("/").text
    assert page.index("Podium: Lüneburg") < page.index("Orange Days") < page.index("Weiter voraus")
    assert page.index("Weiter voraus") < page.index("Fahr­rad­co­die­rung")
    assert "Heute schon vorbei: 1 Termin" in page
    assert "läuft bis 14. März" in page
    assert "auch angekündigt von mosaique – Haus der Kulturen, Stadtblatt, Freiraum und" in page


def test_the_month_shows_events_on_their_local_days(client: FlaskClient) -> None:
    page = client.get("/month/2026-12").text
    fifth = page[page.index('id="t5"') : page.index('id="t6"')]
    assert "Markt der Möglichkeiten" in fifth
    assert "+ 3 weitere" in fifth
    assert "fällt aus" in page[page.index('id="t1"') : page.index('id="t2"')]


def test_a_night_belongs_to_its_evening_in_the_month(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/month/2026-11").text
    assert "Soliparty" in page[page.index('id="t28"') : page.index('id="t29"')]
    assert "Soliparty" not in page[page.index('id="t29"') : page.index('id="t30"')]


def test_the_event_page_says_when_where_who_and_what_changed(client: FlaskClient) -> None:
    page = client.get("/event/repair?on=2026-12-19").text
    assert "Verlegt vom 12. Dezember" in page
    assert "Samstag, 19. Dezember 2026, 14 bis 17 Uhr" in page
    assert "Katzenstraße 1" in page
    assert "Dazugelegt: gleiche Kennung und gleicher Beginn" in page
    assert "<s>Saal</s> jetzt Werkraum" in page
    assert "am zweiten Samstag im Monat" in page


def test_the_event_page_carries_json_ld_and_h_event(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/event/podium").text
    assert '<script type="application/ld+json">{"@context": "https://schema.org"' in page
    assert 'class="eventpage__main h-event"' in page
    assert '<time class="dt-start" datetime="2026-11-24T19:00:00+01:00">' in page


def test_an_id_that_was_merged_away_redirects_and_keeps_the_language(client: FlaskClient) -> None:
    answer = client.get("/event/alt?lang=en")
    assert (answer.status_code, answer.location) == (301, "/event/repair?lang=en")
    assert client.get("/event/alt.ics").location == "/event/repair.ics"


def test_a_withdrawn_event_says_so(sqlite_client: FlaskClient) -> None:
    assert "Bei der Quelle nicht mehr gelistet" in sqlite_client.get("/event/weg").text


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/event/nix", id="unknown event"),
        pytest.param("/event/nix.ics", id="unknown event as a calendar"),
        pytest.param("/month/2026-13", id="no such month"),
        pytest.param("/month/0000-01", id="no such year"),
        pytest.param("/week/2026-W54", id="no such week"),
        pytest.param("/week/morgen", id="no week at all"),
        pytest.param("/nirgends", id="no such page"),
        pytest.param("/static/0/../application.py", id="outside the static files"),
    ],
)
def test_what_is_not_there_is_404_with_a_way_on(sqlite_client: FlaskClient, path: str) -> None:
    answer = sqlite_client.get(path)
    assert answer.status_code == 404
    assert path.endswith(".ics") or "Die nächsten Tage" in answer.text


@pytest.mark.parametrize("path", ["/", "/month/2026-11", "/event/boese", "/event/podium", "/embed", "/?q=Co"])
def test_text_of_others_is_only_text(sqlite_client: FlaskClient, path: str) -> None:
    page = sqlite_client.get(path).text
    assert "<script>" not in page
    assert "<b>Ort" not in page
    assert 'href="javascript' not in page


def test_addresses_in_a_description_become_safe_links(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/event/podium").text
    address = "https://mosaique.example.org/anmelden?was=toaster&amp;wann=bald"
    assert f'<a href="{address}" rel="noopener nofollow ugc">{address}</a>. Oder' in page


def test_a_search_lists_a_series_once(client: FlaskClient) -> None:
    page = client.get("/?q=naehcafe").text
    assert page.count('class="u-url"') == 1
    assert "1 Termin, der nächste zuerst" in page


def test_only_pages_that_exist_are_linked(sqlite_client: FlaskClient) -> None:
    linked = {link for path in PAGES for link in re.findall(r'href="(/[^"#]*)', sqlite_client.get(path).text)}
    # The operators' rooms ask for a log-in first.
    found = {link: sqlite_client.get(link.replace("&amp;", "&")).status_code for link in sorted(linked)}
    broken = [link for link, status in found.items() if status != (303 if link.startswith("/admin/") else 200)]
    assert len(linked) > 50
    assert broken == []

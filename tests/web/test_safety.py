"""What browsers are told: no scripts, no frames but for the embed, no cookies, nobody else."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from web.pages import in_attribute

EVERYTHING = (
    "/", "/week/2026-W49", "/month/2026-12", "/event/podium", "/event/podium.ics", "/calendar.ics", "/calendar.atom",
    "/calendar.rss", "/calendar.json", "/api/v1/events", "/api/v1/openapi.json", "/embed", "/healthz", "/readyz",
    "/sources", "/favicon.ico", "/robots.txt", "/nirgends", "/embed.json", "/embed/colours.css?colours=dark",
    "/embed/builder", "/subscribe", "/print", "/print.txt", "/clash", "/upcoming.rss", "/event/podium.png", "/oembed",
    "/?topic=nix", "/embed?topic=nix",
)  # fmt: skip


@pytest.mark.parametrize("path", EVERYTHING)
def test_every_answer_is_safe_and_sets_no_cookie(sqlite_client: FlaskClient, path: str) -> None:
    headers = sqlite_client.get(path).headers
    assert "Set-Cookie" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/digest/leave/x", "/digest/confirm/x", "/register/confirm/x", "/manage/x"])
def test_pages_behind_personal_links_tell_nobody(sqlite_client: FlaskClient, path: str) -> None:
    headers = sqlite_client.get(path).headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert "public" not in headers["Cache-Control"]


@pytest.mark.parametrize("path", EVERYTHING)
def test_only_the_embed_may_be_framed(sqlite_client: FlaskClient, path: str) -> None:
    policy = sqlite_client.get(path).headers["Content-Security-Policy"]
    assert ("frame-ancestors *;" in policy) == (path.split("?")[0] == "/embed")
    assert ("frame-ancestors 'self';" in policy) == (path.split("?")[0] != "/embed")


@pytest.mark.parametrize("path", [
    "/", "/month/2026-12", "/event/podium", "/embed", "/embed?accent=2c5727", "/embed/builder", "/subscribe", "/print",
    "/clash?date=2026-12-05", "/sources", "/nirgends",
])  # fmt: skip
def test_a_page_needs_no_script_no_inline_style_and_nobody_else(sqlite_client: FlaskClient, path: str) -> None:
    page = sqlite_client.get(path).text
    assert re.findall(r'<script(?! type="application/ld\+json"| src="/static/[^"]*\.js" defer></script>)', page) == []
    assert re.findall(r'<style|<[^>]*\sstyle=|<[^>]*\son\w+="', page) == []
    assert re.findall(r'(?:src|<link rel="(?:stylesheet|icon)"[^>]*href|action)="https?:', page) == []


def test_the_embed_holds_no_form(sqlite_client: FlaskClient) -> None:
    assert "<form" not in sqlite_client.get("/embed").text


def test_only_reading_is_possible(sqlite_client: FlaskClient) -> None:
    answer = sqlite_client.post("/")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_style_sheet_with_its_digest_is_kept_for_ever(sqlite_client: FlaskClient) -> None:
    address = re.search(r'href="(/static/[^"]*style.css)"', sqlite_client.get("/").text)
    assert address
    answer = sqlite_client.get(address[1])
    assert answer.content_type == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert sqlite_client.get(address[1], headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_style_sheet_of_an_old_page_is_still_there_but_not_for_ever(sqlite_client: FlaskClient) -> None:
    answer = sqlite_client.get("/static/0123456789ab/style.css")
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/event/%00", 404, id="nothing as an event"),
        pytest.param("/event/a%00.ics", 404, id="nothing in a calendar"),
        pytest.param("/event/%F0%28%8C", 404, id="no UTF-8"),
        pytest.param("/event/" + "a" * 5000, 404, id="a very long id"),
        pytest.param("/api/v1/events?next=%00", 400, id="nothing as a page"),
        pytest.param("/?q=%00", 400, id="nothing searched for"),
        pytest.param("/?q=%FF%FE", 200, id="a search that is no UTF-8"),
        pytest.param("/?q=%25_%27%22%5C", 200, id="signs that mean something in SQL"),
        pytest.param("/?%00=1", 400, id="a name of nothing"),
    ],
)
def test_odd_bytes_in_an_address_break_nothing(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_no_address_makes_a_page_link_to_another_host(sqlite_client: FlaskClient) -> None:
    answer = sqlite_client.get("http://localhost//evil.example/x")
    assert answer.status_code == 404
    linked = re.findall(r'href="(//[^"]*|https?:[^"]*)"', answer.text)
    assert {link for link in linked if not link.startswith("https://kalender.example.org/x")} == set()


def test_what_one_visitor_adds_to_an_address_is_not_shown_to_the_next(sqlite_client: FlaskClient) -> None:
    assert "utm_source" not in sqlite_client.get("/?topic=kultur&utm_source=geheim").text


def test_foreign_text_in_an_attribute_looks_like_no_attribute_of_its_own() -> None:
    assert in_attribute('"><input onfocus=x()>') == "&#34;&gt;&lt;input onfocus&#61;x()&gt;"

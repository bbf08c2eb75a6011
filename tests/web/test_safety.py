"""What browsers are told: no scripts, no frames but for the embed, no cookies, nobody else."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

EVERYTHING = (
    "/", "/week/2026-W49", "/month/2026-12", "/event/podium", "/event/podium.ics", "/calendar.ics", "/calendar.atom",
    "/calendar.rss", "/calendar.json", "/api/v1/events", "/api/v1/openapi.json", "/embed", "/healthz", "/readyz",
    "/sources", "/favicon.ico", "/robots.txt", "/nirgends", "/?topic=nix", "/embed?topic=nix",
)  # fmt: skip


@pytest.mark.parametrize("path", EVERYTHING)
def test_every_answer_is_safe_and_sets_no_cookie(sqlite_client: FlaskClient, path: str) -> None:
    headers = sqlite_client.get(path).headers
    assert "Set-Cookie" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", EVERYTHING)
def test_only_the_embed_may_be_framed(sqlite_client: FlaskClient, path: str) -> None:
    policy = sqlite_client.get(path).headers["Content-Security-Policy"]
    assert ("frame-ancestors *;" in policy) == (path.split("?")[0] == "/embed")
    assert ("frame-ancestors 'self';" in policy) == (path.split("?")[0] != "/embed")


@pytest.mark.parametrize("path", ["/", "/month/2026-12", "/event/podium", "/embed", "/sources", "/nirgends"])
def test_a_page_needs_no_script_no_inline_style_and_nobody_else(sqlite_client: FlaskClient, path: str) -> None:
    page = sqlite_client.get(path).text
    assert re.findall(r'<script(?! type="application/ld\+json")', page) == []
    assert re.findall(r'<style|\sstyle=|\son\w+="', page) == []
    assert re.findall(r'(?:src|<link[^>]*href|action)="https?:', page) == []


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

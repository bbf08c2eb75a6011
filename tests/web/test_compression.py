"""Texts travel compressed for those who can read that, and the same for all others."""

import gzip

import pytest
from flask.testing import FlaskClient

ASKED = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize("path", ["/", "/calendar.ics", "/api/v1/events", "/calendar.atom", "/static/x/style.css"])
def test_a_text_is_compressed_for_those_who_ask(sqlite_client: FlaskClient, path: str) -> None:
    plain, small = sqlite_client.get(path), sqlite_client.get(path, headers=ASKED)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 2
    assert gzip.decompress(small.data) == plain.data
    assert "Accept-Encoding" in small.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]


def test_a_compressed_text_is_not_sent_again(sqlite_client: FlaskClient) -> None:
    tag = sqlite_client.get("/static/x/style.css", headers=ASKED).headers["ETag"]
    assert tag.startswith("W/")
    assert sqlite_client.get("/static/x/style.css", headers={**ASKED, "If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        pytest.param("/healthz", ASKED, id="short, and for nobody's cache"),
        pytest.param("/", {"Accept-Encoding": "br"}, id="another way only"),
        pytest.param("/", {**ASKED, "Range": "bytes=0-9"}, id="a part"),
    ],
)
def test_the_rest_stays_as_it_is(sqlite_client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    assert "Content-Encoding" not in sqlite_client.get(path, headers=headers).headers

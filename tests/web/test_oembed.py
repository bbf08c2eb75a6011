"""A bare address of ours becomes a frame in WordPress and its kind; one of others never."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient

HOME = "https://kalender.example.org"


def asked(client: FlaskClient, url: str, more: str = "") -> dict[str, object]:
    answer = client.get(f"/oembed?url={quote(url, safe='')}{more}")
    assert answer.status_code == 200
    return dict(answer.get_json())


def framed(found: dict[str, object]) -> str:
    match = re.search(r'<iframe src="([^"]*)"', str(found["html"]))
    assert match
    return unescape(match[1]).removeprefix(HOME)


@pytest.mark.parametrize(
    ("path", "frame"),
    [
        pytest.param("", "/embed", id="the bare host"),
        pytest.param("/", "/embed", id="the agenda"),
        pytest.param("/?topic=kultur&lang=en", "/embed?topic=kultur&lang=en", id="a filter in English"),
        pytest.param("/week/2026-W49", "/embed", id="a week"),
        pytest.param("/month/2026-12?topic=kultur", "/embed?topic=kultur&view=month", id="a month"),
        pytest.param("/initiatives/klima", "/embed?initiative=klima", id="an initiative"),
        pytest.param("/umbrellas/mosaique", "/embed?umbrella=mosaique", id="an alliance"),
        pytest.param("/map?topic=kultur", "/embed?topic=kultur&view=map", id="the map"),
        pytest.param("/event/repair?on=2026-12-19", "/embed?view=next&event=repair", id="an event"),
        pytest.param("/event/alt", "/embed?view=next&event=alt", id="an event by its old id"),
        pytest.param("/embed?view=next&count=3", "/embed?view=next&count=3", id="an embed"),
    ],
)
def test_an_address_becomes_its_embed(client: FlaskClient, path: str, frame: str) -> None:
    found = asked(client, HOME + path)
    assert (found["version"], found["type"]) == ("1.0", "rich")
    assert framed(found) == frame
    assert client.get(frame).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://evil.example/", id="another host"),
        pytest.param("https://kalender.example.org.evil.example/", id="a host that begins like ours"),
        pytest.param("https://kalender.example.org@evil.example/", id="our host as a user name"),
        pytest.param("javascript:alert(1)//kalender.example.org/", id="a script"),
        pytest.param("https://kalender.example.org/healthz", id="a page that is no calendar"),
        pytest.param("https://kalender.example.org/event/nix", id="an event that does not exist"),
        pytest.param("https://kalender.example.org/?topic=nix", id="a filter that does not exist"),
        pytest.param("https://kalender.example.org/embed?ink=777777&paper=888888", id="colours nobody can read"),
        pytest.param("https://[kalender", id="no address"),
    ],
)
def test_any_other_address_is_404(sqlite_client: FlaskClient, url: str) -> None:
    answer = sqlite_client.get(f"/oembed?url={quote(url, safe='')}")
    assert answer.status_code == 404
    assert answer.content_type == "application/json"


def test_a_small_room_makes_a_small_frame(sqlite_client: FlaskClient) -> None:
    found = asked(sqlite_client, HOME, "&maxwidth=320&maxheight=400")
    assert (found["width"], found["height"]) == (320, 400)
    assert 'width="320" height="400"' in str(found["html"])


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param("", 400, id="no address"),
        pytest.param(f"url={HOME}&format=xml", 501, id="XML"),
        pytest.param(f"url={HOME}&maxwidth=wide", 400, id="no number"),
        pytest.param(f"url={HOME}/?q=" + "a" * 2000, 400, id="endless"),
    ],
)
def test_a_wrong_question_is_answered_as_the_standard_wants(
    sqlite_client: FlaskClient, query: str, status: int
) -> None:
    assert sqlite_client.get(f"/oembed?{query}").status_code == status


def test_a_heading_cannot_leave_its_attribute(sqlite_client: FlaskClient) -> None:
    found = asked(sqlite_client, f'{HOME}/embed?title="><script>alert(1)</script>')
    assert "<script" not in str(found["html"])


@pytest.mark.parametrize("path", ["/", "/?topic=kultur", "/month/2026-12", "/embed?view=next"])
def test_a_page_names_the_address_at_which_programs_ask(sqlite_client: FlaskClient, path: str) -> None:
    link = re.search(r'type="application/json\+oembed"[^>]*href="([^"]*)"', sqlite_client.get(path).text)
    assert link
    address = urlsplit(unescape(link[1]))
    assert f"{address.scheme}://{address.netloc}" == HOME
    assert sqlite_client.get(f"{address.path}?{address.query}").get_json()["type"] == "rich"

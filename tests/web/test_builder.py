"""The builder: what is chosen stands in the form, in the preview and in the code."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient


class Values(HTMLParser):
    """The codes to copy and the address of the preview."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.here = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        stated = dict(attrs)
        if tag == "iframe":
            self.found["preview"] = stated["src"] or ""
        if (stated.get("id") or "").startswith("code-"):
            self.here = stated["id"] or ""
            self.found[self.here] = stated.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.here == "code-frame" or self.here == "code-element":
            self.found[self.here] += data

    def handle_endtag(self, tag: str) -> None:
        self.here = ""


CHOSEN = "initiative=klima&topic=kultur&topic=begegnung&view=next&count=3&title=Bei%20%22uns%22&embed_lang=en"
ADDRESS = (
    "/embed?topic=begegnung,kultur&initiative=klima&view=next&count=3&title=Bei+%22uns%22&lang=en"
)  # fmt: skip


def test_what_is_chosen_stands_in_preview_and_codes(client: FlaskClient) -> None:
    found = Values(client.get(f"/embed/builder?{CHOSEN}").text).found
    assert found["preview"] == ADDRESS
    assert found["code-address"] == f"https://kalender.example.org{ADDRESS}"
    assert f'src="{unescape(found["code-address"])}"' in unescape(found["code-frame"])
    assert 'title="Bei &quot;uns&quot;"' in found["code-frame"]
    assert 'loading="lazy" sandbox="allow-scripts allow-popups' in found["code-frame"]
    assert "/static/embed/buendel-calendar.js" in found["code-element"]


def test_the_preview_of_every_code_is_there(sqlite_client: FlaskClient) -> None:
    for query in ("", CHOSEN, "view=month&colours=dark", "accent=8a3b00&colours=own&paper=fff3d6&ink=3a1c00"):
        found = Values(sqlite_client.get(f"/embed/builder?{query}").text).found
        assert sqlite_client.get(found["preview"]).status_code == 200


def test_an_empty_form_sent_is_the_same_as_none(sqlite_client: FlaskClient) -> None:
    sent = "q=&view=list&count=&embed_lang=&title=&colours=auto&paper=%23fbfbf8&ink=%231b1d19&accent=%232c5727"
    assert Values(sqlite_client.get(f"/embed/builder?{sent}").text).found["preview"] == "/embed"


def test_colours_that_cannot_be_read_are_told_and_not_put_into_the_code(sqlite_client: FlaskClient) -> None:
    answer = sqlite_client.get("/embed/builder?colours=own&ink=%23dddddd&paper=%23ffffff")
    assert answer.status_code == 200
    assert "Die Schrift ist auf diesem Grund nicht zu lesen: Kontrast 1,4 zu 1" in answer.text
    assert Values(answer.text).found["preview"] == "/embed"


def test_the_rest_of_a_filter_is_kept_and_named(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/embed/builder?place=Utopia&topic=kultur").text
    assert '<input type="hidden" name="place" value="Utopia">' in page
    assert "Es gilt außerdem: Utopia." in page
    assert Values(page).found["preview"] == "/embed?topic=kultur&place=Utopia"


def test_the_other_language_keeps_what_is_chosen(sqlite_client: FlaskClient) -> None:
    page = sqlite_client.get("/embed/builder?topic=kultur&view=month&colours=dark").text
    assert 'href="/embed/builder?topic=kultur&amp;view=month&amp;colours=dark&amp;lang=en"' in page


@pytest.mark.parametrize("path", ["/", "/month/2026-12", "/?topic=kultur"])
def test_the_calendar_leads_to_subscription_embed_and_sheet(sqlite_client: FlaskClient, path: str) -> None:
    page = sqlite_client.get(path).text
    assert all(f'href="/{name}' in page for name in ("subscribe", "embed/builder", "print"))

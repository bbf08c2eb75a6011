"""Who is behind a website, as its first page tells."""

from __future__ import annotations

import json

import pytest

from aggregator.parse.organisation import read_organisation

ADDRESS = "https://chor.example.org/termine/"
CHOIR = {
    "@type": "PerformingGroup",
    "name": "Kammerchor",
    "description": "Wir singen.",
    "url": "/",
    "logo": {"@type": "ImageObject", "url": "/logo.png?v=2"},
    "address": {"streetAddress": "Am Dom 1", "postalCode": "21335", "addressLocality": "Musterstadt"},
    "keywords": "Musik, Chor",
}


def page(*nodes, head=""):
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    return f"<html><head>{head}{scripts}</head><body></body></html>"


def test_structured_data_tell_everything():
    found = read_organisation(page(CHOIR), ADDRESS)
    assert (found.name, found.text, found.homepage) == ("Kammerchor", "Wir singen.", "https://chor.example.org/")
    assert (found.place, found.tags) == ("Am Dom 1, 21335 Musterstadt", ("Musik", "Chor"))
    assert found.logo == "https://chor.example.org/logo.png?v=2"


def test_without_them_the_head_of_the_page_does():
    head = (
        '<meta property="og:site_name" content="Kammerchor"><meta name="description" content="Wir  singen.">'
        '<link rel="icon" href="/favicon.ico"><link rel="apple-touch-icon" href="/touch.png">'
    )
    found = read_organisation(page(head=head), ADDRESS)
    assert (found.name, found.text, found.place) == ("Kammerchor", "Wir singen.", "")
    assert found.logo == "https://chor.example.org/touch.png"


@pytest.mark.parametrize(
    "node",
    [
        pytest.param({"@graph": [{"@type": "WebPage"}, CHOIR]}, id="in a graph"),
        pytest.param({"@type": "WebSite", "name": "Seite", "publisher": CHOIR}, id="as publisher"),
        pytest.param([{**CHOIR, "@type": ["Thing", "https://schema.org/NGO"]}], id="of several kinds"),
    ],
)
def test_the_organisation_is_found_wherever_it_stands(node):
    assert read_organisation(page(node), ADDRESS).name == "Kammerchor"


def test_who_organises_an_event_is_not_taken_for_the_owner():
    event = {"@type": "Event", "name": "Lesung", "organizer": {"@type": "Organization", "name": "Jemand anders"}}
    assert read_organisation(page(event), ADDRESS) is None


@pytest.mark.parametrize("logo", ["javascript:alert(1)", "data:image/png;base64,AA", "/logo.svg", "", 7, None])
def test_what_is_no_picture_on_the_web_is_no_logo(logo):
    assert read_organisation(page({**CHOIR, "logo": logo}), ADDRESS).logo == ""


@pytest.mark.parametrize("broken", ["{", "[" * 5000, '"x"', "null"])
def test_broken_scripts_say_nothing(broken):
    text = f'<script type="application/ld+json">{broken}</script>'
    assert read_organisation(f"<html><head>{text}</head></html>", ADDRESS) is None

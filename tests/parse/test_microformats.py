from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from aggregator.model.components import Component, StatedPlace
from aggregator.parse.microformats import HCALENDAR, read_h_events

START = '<time class="dt-start" datetime="2026-12-05 20:00">Samstag</time>'


def event(inner: str, attributes: str = "") -> Component:
    page = LexborHTMLParser(f'<div class="h-event" {attributes}>{START}{inner}</div>')
    components, defects = read_h_events(page, "https://example.org/programm", "de")
    assert not defects
    return components[0]


def test_the_machine_readable_time_wins_over_the_words() -> None:
    start = event("").start
    assert start is not None and start.text == "2026-12-05T20:00"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param('<i class="p-location">Markt <b>1</b></i>', StatedPlace("Markt 1"), id="words"),
        pytest.param(
            '<i class="p-location h-card"><b class="p-name">Haus</b><b class="p-locality">Radbruch</b></i>',
            StatedPlace(name="Haus", address="Radbruch"),
            id="a card",
        ),
        pytest.param('<i class="p-location h-adr">Markt 1</i>', StatedPlace(name="Markt 1"), id="a card without parts"),
    ],
)
def test_places_of_every_shape(inner: str, expected: StatedPlace) -> None:
    assert event(inner).place == expected


def test_the_name_of_a_place_is_not_the_name_of_the_event() -> None:
    inner = '<i class="p-location h-card"><b class="p-name">Haus</b></i><b class="p-name">Fest</b>'
    assert event(inner).title == "Fest"


def test_classes_of_a_style_sheet_are_no_microformats() -> None:
    assert event('<div class="h-100"><b class="p-name">Fest</b></div>').title == "Fest"


def test_an_event_without_a_link_is_named_by_its_place_on_the_page() -> None:
    anchored = event("", 'id="fest"')
    assert anchored.link == anchored.guid == "https://example.org/programm#fest"


def test_an_event_of_a_page_without_address_keeps_its_own_name() -> None:
    page = LexborHTMLParser(f'<div class="h-event" id="fest">{START}</div>')
    components, _ = read_h_events(page, "", "")
    assert (components[0].link, components[0].guid) == ("", "#fest")


def test_a_hostile_link_is_dropped() -> None:
    assert event('<a class="u-url" href="javascript:alert(1)">Fest</a>').link == ""


def test_an_event_without_a_start_is_skipped_and_told() -> None:
    page = LexborHTMLParser('<div class="h-event" id="a"><b class="p-name">Fest</b></div>')
    components, defects = read_h_events(page, "https://example.org/", "")
    assert components == [] and [(defect.uid, defect.skipped) for defect in defects] == [
        ("https://example.org/#a", True)
    ]


def test_hcalendar_says_the_same_in_its_own_words() -> None:
    page = LexborHTMLParser(
        '<div class="vevent"><b class="summary">Fest</b><abbr class="dtstart" title="20261205T2000">Samstag</abbr>'
        '<i class="location adr"><b class="street-address">Markt 1</b></i></div>'
    )
    [component], defects = read_h_events(page, "https://example.org/", "de", HCALENDAR)
    assert (component.kind, component.title, component.place) == ("hcalendar", "Fest", StatedPlace(address="Markt 1"))
    assert component.start is not None and component.start.text == "20261205T2000" and not defects

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from aggregator.model.components import Component
from aggregator.parse.microdata import read_microdata

EVENT = '<div itemscope itemtype="{}/Event">{}</div>'
START = '<meta itemprop="startDate" content="2026-12-05">'


def read(page: str) -> tuple[list[Component], int]:
    components, defects = read_microdata(LexborHTMLParser(page), "https://example.org/programm", "de")
    return components, len(defects)


@pytest.mark.parametrize("address", ["https://schema.org", "http://schema.org", "https://www.schema.org"])
def test_every_spelling_of_schema_org_is_known(address: str) -> None:
    assert len(read(EVENT.format(address, START))[0]) == 1


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(EVENT.format("https://data-vocabulary.example", START), id="another vocabulary"),
        pytest.param(EVENT.format("https://[schema.org", START), id="no address"),
        pytest.param(f'<div itemscope itemtype="https://schema.org/Person">{START}</div>', id="a person"),
        pytest.param(f"<div itemscope>{START}</div>", id="no type"),
        pytest.param(START, id="a property of nothing"),
    ],
)
def test_other_items_are_no_events(page: str) -> None:
    assert read(page) == ([], 0)


def test_an_event_without_a_start_is_told() -> None:
    assert read(EVENT.format("https://schema.org", '<b itemprop="name">Fest</b>')) == ([], 1)


def test_the_items_of_a_festival_are_events_and_the_festival_of_an_item_is_not() -> None:
    part = f'<i itemprop="{{}}" itemscope itemtype="https://schema.org/Event"><b itemprop="name">Teil</b>{START}</i>'
    assert len(read(EVENT.format("https://schema.org", START + part.format("subEvent")))[0]) == 2
    assert len(read(EVENT.format("https://schema.org", START + part.format("superEvent")))[0]) == 1


def test_one_element_may_say_two_properties_and_one_property_two_values() -> None:
    inner = '<b itemprop="name keywords">Tanz</b><b itemprop="keywords">Musik</b>' + START
    [event], _ = read(EVENT.format("https://schema.org", inner))
    assert (event.title, event.categories) == ("Tanz", ("Tanz", "Musik"))

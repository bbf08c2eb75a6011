"""Places in every spelling: which are one house, which are two, and which leave it open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aggregator.match.gazetteer import learn_places
from aggregator.match.siting import Sites
from aggregator.match.spots import homes, place_level, room_level
from aggregator.match.stating import apart, spelled
from aggregator.match.wording import Cutter
from aggregator.model.places import KnownPlace, Place

HOUSE = (51.3400, 12.3700)
NEXT_DOOR = (51.3403, 12.3702)
ACROSS_TOWN = (51.3600, 12.3700)
# What the feeds of a town state over the year; the gazetteer learns from it.
STATED = [
    Place("Kulturmühle", "Uferweg 3, 04109 Leipzig"),
    Place("Kulturmühle Leipzig"),
    Place("Kulturmühle, Saal", "Uferweg 3"),
    Place("St. Annen", ""),
    Place("St. Annenkirche", "Am Anger 1"),
    Place("Bürgerhaus", "Bergstraße 9, 04109 Leipzig"),
    Place("Teehaus", "Bergstraße 11"),
    Place("Lindenpark"),
    Place("Lindenpark"),
    Place("Gemeindehaus St. Annen"),
]


def spots(record, *places, text=("", "")):
    gazetteer = learn_places(STATED, (), ())
    records = (
        replace(record(f"{name}.1", title="Abend", description=words), place=place)
        for name, place, words in zip("ab", places, text, strict=True)
    )
    return [Sites(gazetteer, Cutter()).spot_of(each, "") for each in records]


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        pytest.param(Place("Kulturmühle"), Place("KULTURMUEHLE"), "venue", id="one name"),
        pytest.param(
            Place("Kulturmühle"), Place("", "Uferweg 3"), "venue", id="a name and the address it was seen with"
        ),
        pytest.param(Place("Haus, Ringstraße 1"), Place("Haus", "Ringstr. 1"), "venue", id="one line or two"),
        pytest.param(Place("Saal in der Kulturmühle"), Place("Kulturmühle Leipzig"), "venue", id="a room and the town"),
        pytest.param(Place("Salon", "Bergstraße 9"), Place("Bürgerhaus"), "address", id="another name at one address"),
        pytest.param(Place("St. Annen"), Place("", "Am Anger 1"), "venue", id="a saint and the church"),
        pytest.param(Place("Bürgerhaus"), Place("Kulturmühle"), "differs", id="two houses"),
        pytest.param(Place("Bürgerhaus", "", *HOUSE), Place("Teehaus", "", *NEXT_DOOR), "differs", id="neighbours"),
        pytest.param(Place("", "", *HOUSE), Place("Teehaus", "", *NEXT_DOOR), "point", id="coordinates alone"),
        pytest.param(Place("", "", *HOUSE), Place("Teehaus", "", *ACROSS_TOWN), "far", id="two points"),
        pytest.param(
            Place("Saal", "Ring 1, 04109 Leipzig"), Place("Saal", "Ring 1, 06108 Halle"), "other_town", id="towns"
        ),
        pytest.param(Place("Gemeindehaus St. Annen"), Place("Lindenpark"), "differs", id="a name without address"),
        pytest.param(
            Place("Online", "", None, None, True), Place("Lindenpark"), "online_and_on_site", id="online or not"
        ),
        pytest.param(Place("Zoom", "", None, None, True), Place("", "", None, None, True), "online", id="both online"),
        pytest.param(Place("Lindenpark"), Place(), "unknown", id="one place untold"),
        pytest.param(Place(), Place(), "unknown", id="no place told"),
        pytest.param(
            Place("Forum", "Hirschsprung 14, 04109 Leipzig"),
            Place("", "Hirschsprung 14, 04109 Leipzig"),
            "address",
            id="a street by any name stands before a postcode",
        ),
        pytest.param(
            Place("Rosenplatz (Oststadt)"),
            Place("Am Bache", "Rosenplatz, Leipzig, Sachsen, 04109, Deutschland"),
            "venue",
            id="a square behind another name",
        ),
    ],
)
def test_two_places_are_one_or_not(record, left, right, level):
    one, other = spots(record, left, right)
    assert (place_level(one, other), place_level(other, one)) == (level, level)


@pytest.mark.parametrize(
    ("left", "right", "texts", "level"),
    [
        pytest.param(
            Place("Kulturmühle"), Place(), ("", "Wir sind im Uferweg 3."), "named", id="the address in the text"
        ),
        pytest.param(
            Place("Kulturmühle"), Place(), ("", "Im Lindenpark."), "elsewhere", id="another house in the text"
        ),
        pytest.param(
            Place("Bürgerhaus"), Place("Kulturmühle"), ("Diesmal: Kulturmühle!", ""), "corrected", id="a stale place"
        ),
        pytest.param(Place(), Place(), ("Lindenpark", "am Lindenpark"), "both_mention", id="both texts"),
        pytest.param(
            Place("Kulturmühle"),
            Place(),
            ("", "Parallel tanzt die Kulturmühle."),
            "unknown",
            id="an aside proves nothing",
        ),
    ],
)
def test_what_a_text_names_counts_less_than_what_is_stated(record, left, right, texts, level):
    assert place_level(*spots(record, left, right, text=texts)) == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        pytest.param("Kulturmühle, Saal", "Kulturmühle, Keller", "differs", id="two rooms"),
        pytest.param("Kulturmühle, großer Saal", "Saal der Kulturmühle", "equal", id="a room told shorter"),
        pytest.param("Kulturmühle, großer Saal", "Kulturmühle, kleiner Saal", "differs", id="two halls"),
        pytest.param("Kulturmühle", "Kulturmühle, Keller", "unknown", id="one room untold"),
        pytest.param("Bürgerhaus, Saal", "Kulturmühle, Keller", "unknown", id="two houses"),
        pytest.param("Haus Kulturmühle", "Kulturmühle, Keller", "unknown", id="a house that is called so"),
        pytest.param("Kulturmühle, ganzes Haus", "Kulturmühle, Keller", "unknown", id="the whole house"),
    ],
)
def test_rooms_count_inside_one_house(record, left, right, level):
    assert room_level(*spots(record, Place(left), Place(right))) == level


def test_a_bare_room_is_in_the_announcers_own_house(record):
    gazetteer = learn_places(STATED, (), ())
    bare = Sites(gazetteer, Cutter()).spot_of(record("a.1", place="Saal"), "uferweg 3")
    assert (bare.venues, bare.rooms, bare.implied) == ({"uferweg 3"}, {"saal"}, False)


def test_a_room_of_nobody_knows_which_house_is_not_the_neighbours(record):
    gazetteer = learn_places(STATED, (), ())
    one, other = (Sites(gazetteer, Cutter()).spot_of(record(f"{s}.1", place="Saal"), "") for s in "ab")
    assert not one.venues & other.venues


def test_a_source_is_at_home_where_its_name_or_most_of_its_entries_are():
    gazetteer = learn_places(STATED, (), ())
    placed = {("a", Place("Lindenpark")): 3, ("b", Place("Teehaus")): 1}
    names = {"b": "Freunde der Kulturmühle", "c": "Wandersleut"}
    venues = {Place("Lindenpark"): "lindenpark", Place("Teehaus"): "teehaus"}
    assert homes(placed, venues, gazetteer, names) == {"a": "lindenpark", "b": "uferweg 3"}


def test_who_tells_nothing_but_rooms_is_at_home_where_its_name_says_in_brackets():
    placed = {("a", Place("Raum Nord")): 3, ("b", Place("Lindenpark")): 3}
    names = dict.fromkeys("ab", "Quartiersbüro (Kulturmühle), Belegung")
    venues = {Place("Raum Nord"): "", Place("Lindenpark"): "lindenpark"}
    found = homes(placed, venues, learn_places(STATED, (), ()), names)
    assert found == {"a": "uferweg 3", "b": "lindenpark"}


@pytest.mark.parametrize(
    ("called", "venue"),
    [
        pytest.param("Weberei", "ring 4", id="without its adjective"),
        pytest.param("Rathaus", "rathaus", id="of what a town has two"),
    ],
)
def test_an_old_house_is_called_without_its_adjective(called, venue):
    stated = [Place("Alte Weberei", "Ring 4"), Place("Altes Rathaus", "Ring 5"), Place(called)]
    assert learn_places(stated, (), ()).venue(called.casefold()) == venue


def test_the_instances_own_places_know_more_names(record):
    known = KnownPlace("Haus der Jugend", ("HdJ", "Jugendhaus"), "Ringstraße 1")
    gazetteer = learn_places(STATED, (known,), ())
    assert {gazetteer.venue(name) for name in ("hdj", "jugendhaus", "haus der jugend")} == {"ringstrasse 1"}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Uferweg 3", "uferweg 3"),
        ("Bergstr. 9a", "bergstrasse 9a"),
        ("Am Anger 12", "am anger 12"),
        ("Raum 12", ""),
        ("Lindenpark", ""),
    ],
)
def test_an_address_has_one_spelling(text, address):
    assert spelled(text) == address


def test_a_house_number_apart_finds_its_street():
    assert apart(Place("Kulturmühle, 3", "Uferweg, Leipzig, 04109, Deutschland")).address == "uferweg 3"


def test_an_abbreviated_kind_of_house_is_the_house_of_that_name():
    stated = [Place("NBZ Nord, Saal"), Place("Nachbarschaftszentrum Nord"), Place("NBZ Süd")]
    gazetteer = learn_places(stated, (), ())
    assert gazetteer.venue("nbz nord") == gazetteer.venue("nachbarschaftszentrum nord") != gazetteer.venue("nbz sued")


def test_a_name_of_several_telling_words_is_recognised_though_it_was_stated_once():
    gazetteer = learn_places([Place("Alter Botanischer Garten"), Place("Neue Mensa")], (), ())
    assert gazetteer.named_in("Auch der Alte Botanische Garten hat offen, nicht die Neue Mensa.") == {
        "alter botanischer garten"
    }


def test_a_house_may_be_called_as_rooms_are(record):
    stated = [Place("Großer Saal"), Place("Bürgersaal"), Place("Kulturmühle, Bürgersaal")]
    gazetteer = learn_places(stated, (), ["Bürgersaal"])
    spots = [Sites(gazetteer, Cutter()).spot_of(replace(record("a.1"), place=place), "") for place in stated]
    assert ["buergersaal" in spot.venues for spot in spots] == [False, True, False]

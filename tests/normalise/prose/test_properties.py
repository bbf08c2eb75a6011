"""Whatever a text holds: no error, no long wait, and what we write ourselves is read back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model.prose import TextPart
from aggregator.normalise.prose.holidays import easter
from aggregator.normalise.prose.reading import read_prose
from aggregator.normalise.prose.tokens import LONGEST_TEXT, words_of

ZONE = "Europe/Berlin"
PUBLISHED = date(2026, 11, 20)
WEEKDAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
PIECES = st.sampled_from(
    "5. 12. 5.12. 2026 19 Uhr 19:30 – bis und , ( ) / am jeden Samstag Sa 2. im Monat Dezember Einlass Beginn von vom"
    " 1. Advent Heiligabend außer halb acht Viertel nach \n . 31. Februar 9999 0 dienstags alle zwei Wochen".split(" ")
)


def days_ahead() -> st.SearchStrategy[date]:
    return st.dates(PUBLISHED, PUBLISHED + timedelta(days=300))


@given(st.text(max_size=400), st.one_of(st.none(), st.dates()))
def test_no_text_raises(text: str, published: date | None) -> None:
    read_prose((TextPart("title", text[:60]), TextPart("content", text)), published, ZONE)


@given(st.lists(PIECES, max_size=60), st.dates(), st.sampled_from(["de", "en", "fr"]))
def test_no_heap_of_time_words_raises(pieces: list[str], published: date, language: str) -> None:
    reading = read_prose((TextPart("content", " ".join(pieces)),), published, ZONE, language)
    assert all(0 <= each.confidence < 1 for each in reading.occurrences)
    assert all(each.end is None or each.end.wall > each.start.wall for each in reading.occurrences)


@given(days_ahead(), st.integers(0, 23), st.sampled_from([0, 15, 30]))
def test_a_date_in_full_is_read_back(day: date, hour: int, minute: int) -> None:
    text = f"{WEEKDAYS[day.weekday()]}, {day.day}. {MONTHS[day.month - 1]} {day.year}, {hour}.{minute:02} Uhr"
    certain = read_prose((TextPart("content", text),), PUBLISHED, ZONE).certain
    assert [each.start.wall for each in certain] == [datetime.combine(day, time(hour, minute))]


@given(days_ahead(), st.integers(0, 23))
def test_a_short_date_without_year_is_read_back(day: date, hour: int) -> None:
    text = f"{WEEKDAYS[day.weekday()][:2]} {day.day}.{day.month}., {hour} Uhr"
    certain = read_prose((TextPart("content", text),), PUBLISHED, ZONE).certain
    assert [each.start.wall for each in certain] == [datetime.combine(day, time(hour))]


@given(days_ahead(), st.integers(1, 20))
def test_a_range_is_read_back(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    text = f"Vom {first.day}. {MONTHS[first.month - 1]} bis {last.day}. {MONTHS[last.month - 1]} zelten wir."
    certain = read_prose((TextPart("content", text),), PUBLISHED, ZONE).certain
    assert [(each.start.wall.date(), each.end and each.end.wall.date()) for each in certain] == [
        (first, last + timedelta(days=1))
    ]


def test_only_the_first_65536_characters_are_read() -> None:
    assert words_of("a" * LONGEST_TEXT + " Ende", "de").tokens[-1].text != "Ende"


@pytest.mark.parametrize(
    ("year", "day"), [(1943, date(1943, 4, 25)), (2027, date(2027, 3, 28)), (2285, date(2285, 3, 22))]
)
def test_easter_is_where_the_tables_have_it(year: int, day: date) -> None:
    assert easter(year) == day

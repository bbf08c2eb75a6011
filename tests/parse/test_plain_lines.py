"""Content lines taken apart by us and by icalendar are the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar.parser import Contentline, split_on_unescaped_comma, unescape_backslash
from icalendar.prop import vDatetime

from aggregator.parse.content_lines import Line
from aggregator.parse.values import categories, moment, read_property, text

NAMES = st.sampled_from(("DTSTART", "ORGANIZER", "SUMMARY", "x-Own-1"))
KEYS = st.sampled_from(("TZID", "VALUE", "CN", "LANGUAGE", "tzid"))
WORDS = st.one_of(
    st.sampled_from(
        (
            "Europe/Berlin",
            "DATE",
            '"Chor; Verein: Ost, e.V."',
            '"',
            "W. Europe",
            "a,b",
            "50%",
            "%2C",
            "x^n",
            "\\;",
            "ä=b",
            "",
        )
    ),
    st.text('abcZ"\\,;:=^% \tü\u00a0\x7f', max_size=6),
)
LINES = st.builds(
    lambda name, parameters, value: f"{name}{''.join(f';{key}={word}' for key, word in parameters)}:{value}",
    NAMES,
    st.lists(st.tuples(KEYS, WORDS), min_size=1, max_size=3),
    st.text('a1:;\\"= ,', max_size=8),
)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(LINES)
def test_the_parameters_of_a_line_are_those_that_icalendar_reads(line: str) -> None:
    try:
        name, parameters, value = Contentline(line).raw_parts()  # type: ignore[no-untyped-call]
    except ValueError:
        with pytest.raises(ValueError):
            read_property(Line(1, line))
        return
    found = read_property(Line(1, line))
    expected = {key.upper(): word if isinstance(word, str) else ",".join(word) for key, word in parameters.items()}
    assert (found.name, found.value, found.parameters) == (name.upper(), value, expected)


@settings(max_examples=60)
@given(st.text("ab,\\nN;ü ", max_size=12))
def test_escapes_and_lists_are_those_that_icalendar_reads(value: str) -> None:
    found = read_property(Line(1, f"SUMMARY:{value}"))
    assert text(found) == str(unescape_backslash(value)).strip()
    names = [" ".join(name.split()) for name in split_on_unescaped_comma(value)]  # type: ignore[no-untyped-call]
    assert categories(found) == tuple(name for name in names if name)


@settings(max_examples=60)
@given(st.from_regex(r"\d{8}T\d{6}Z?", fullmatch=True))
def test_time_stamps_are_those_that_icalendar_reads(value: str) -> None:
    try:
        expected = vDatetime.from_ical(value).replace(tzinfo=None)  # type: ignore[no-untyped-call]
    except ValueError:
        expected = None
    try:
        found = moment(read_property(Line(1, f"CREATED:{value}"))).replace(tzinfo=None)
    except ValueError:
        found = None
    assert found == expected

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aggregator.model.components import StatedTime
from aggregator.parse import values
from aggregator.parse.content_lines import Line
from aggregator.parse.values import Property, read_property


def of(text: str) -> Property:
    return read_property(Line(1, text))


def test_quoted_parameters_may_hold_any_sign() -> None:
    found = of('ORGANIZER;CN="Müller; Söhne: Café";X=1:mailto:a@example.org')
    assert (found.name, found.value) == ("ORGANIZER", "mailto:a@example.org")
    assert found.parameters["CN"] == "Müller; Söhne: Café"


def test_an_escaped_line_break_in_a_parameter_stays_out_of_a_name() -> None:
    assert values.organizer(of('ORGANIZER;CN="A^nBEGIN:VEVENT":mailto:a@example.org')) == "A BEGIN:VEVENT"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("DTSTART:20261205", StatedTime("20261205"), id="date without VALUE"),
        pytest.param(
            "DTSTART;VALUE=DATE:20261205T000000", StatedTime("20261205"), id="midnight that says it is a date"
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20261205T180000", StatedTime("20261205T180000"), id="evening that says it is a date"
        ),
        pytest.param('DTSTART;TZID="A/B":20261205T1830', StatedTime("20261205T1830", "A/B"), id="zone"),
        pytest.param("DTSTART;TZID=A/B:20261205T183000Z", StatedTime("20261205T183000Z", "A/B"), id="zone and Z"),
        pytest.param("DTSTART:gestern", StatedTime("gestern"), id="rubbish, for the normaliser to refuse"),
    ],
)
def test_times_stay_as_written(line: str, expected: StatedTime) -> None:
    assert values.time(of(line)) == expected


@pytest.mark.parametrize(
    ("read", "line"),
    [
        pytest.param(values.coordinates, "GEO:nan;inf", id="GEO that is no number"),
        pytest.param(values.coordinates, "GEO:999;999", id="GEO off the globe"),
        pytest.param(values.coordinates, "GEO:53.2", id="half a GEO"),
        pytest.param(values.duration, "DURATION:P999999999999999999W", id="DURATION beyond time"),
        pytest.param(values.duration, "DURATION:lang", id="DURATION in words"),
        pytest.param(values.whole_number, "SEQUENCE:abc", id="SEQUENCE in letters"),
        pytest.param(values.moment, "CREATED:20260230T000000Z", id="CREATED on 30 February"),
        pytest.param(values.rule, "RRULE:" + "X" * 5000, id="endless RRULE"),
    ],
)
def test_what_cannot_be_read_is_a_value_error(read, line: str) -> None:
    with pytest.raises(ValueError, match="."):
        read(of(line))


def test_the_rest_reads_plainly() -> None:
    assert values.duration(of("DURATION:pt1h30m")) == timedelta(minutes=90)
    assert values.moment(of("CREATED:20261205T183000")) == datetime(2026, 12, 5, 18, 30, tzinfo=UTC)
    assert values.whole_number(of("SEQUENCE:-1")) == 0
    assert values.text(of(r"DESCRIPTION:a\, b\; c\\n\Nd")) == "a, b; c\\n\nd"


def test_an_address_escaped_like_text_is_an_address() -> None:
    assert values.link(of(r"URL:https://example.org/a\,b")) == "https://example.org/a,b"


def test_a_list_that_was_cut_loses_its_last_half_value() -> None:
    found = Property("RDATE", "20261205,20261206,2026", 1, cut=True)
    assert values.times(found) == (StatedTime("20261205"), StatedTime("20261206"))


def test_a_line_of_parameters_is_refused_quickly() -> None:
    with pytest.raises(ValueError, match="too many"):
        of("DTSTART" + ";A=b" * 15_000 + ":20261205")

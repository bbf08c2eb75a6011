"""Events read as whole blocks say what the exact reader says of them, or are left to it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.model.settings import ReadingLimits
from aggregator.parse.content_lines import split
from aggregator.parse.ics import feed_of, parse_ics
from aggregator.parse.plain_events import split_plain

HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:PUBLISH")
EVENT = (
    "BEGIN:VEVENT",
    "UID:1@example.org",
    "DTSTAMP:20261123T000000Z",
    "DTSTART;TZID=Europe/Berlin:20261205T183000",
    "DTEND;TZID=Europe/Berlin:20261205T203000",
    "SUMMARY;LANGUAGE=de:Salzstadt-Slam\\, der Zweite",
    "DESCRIPTION:Erste Zeile\\nzweite",
    "  mit Falz",
    'ORGANIZER;CN="Haus; am Markt":mailto:haus@example.org',
    "END:VEVENT",
)
TAIL = ("END:VCALENDAR", "")
# What may stand where it should, where it should not, twice, broken, or folded.
LINES = st.sampled_from(
    [*HEAD, *EVENT, *TAIL, "METHOD:CANCEL", "BEGIN:VALARM", "END:VALARM", "TRIGGER:-PT1H", "BEGIN:VTIMEZONE"]
    + ["END:VTIMEZONE", "TZID:Europe/Berlin", "begin:vevent", "End:VEvent", " BEGIN:VEVENT", "BEGIN:VEVENT ", "\t", " "]
    + ["CLASS:PRIVATE", "CLASS:public", "STATUS:CANCELLED", "SEQUENCE:2", "SEQUENCE:-x", "SEQUENCE: 3 ", "UID:2"]
    + ["RRULE:FREQ=WEEKLY", "RDATE:20261206T183000,20261207T183000", "EXDATE;VALUE=DATE:20261212T000000", "EXDATE:"]
    + ["GEO:49.1;6.9", "GEO:nan;1", "URL:https://example.org/a b", "URL:https\\://example.org", "CATEGORIES:a\\,b,c"]
    + [
        "CATEGORIES:d",
        "CREATED:20261101T000000Z",
        "LAST-MODIFIED:gestern",
        "created-by:x",
        "DURATION:PT2H",
        "DURATION:x",
    ]
    + ["X-ANY:thing", 'ATTENDEE;CN="a:b":mailto:a@example.org', 'SUMMARY;X="a:b":c', "SUMMARY", ":x", "1A:2", "É:1"]
    + ["SUMMARY;LANGUAGE=en,fr:x", "DTSTART:20261205", "DTSTART;VALUE=DATE:20261205T000000", "summary:klein", "A\0:b"]
    + ["LOCATION:Haus\x0b am \u2028Markt", "SUMMARY:\ufeffx", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261205T183000"]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r\n", "\n\n", "\r\n\r\n", "\r"])
SPLINTERS = st.sampled_from(
    [b"", b"\xff", b"\xc3", b"\xc3\n \xa4", b"\xc3\r\n\t\xa4", b"\n  ", b"\n\n x", b"\xe2\x80\xae"]
)


def both(content: bytes) -> None:
    """Compare the two readers on a stream; nothing where the quick one declines it."""
    quick = split_plain(content, "")
    if quick is None:
        return
    exact = split(content, "")
    assert (quick.complete, len(quick.calendars)) == (exact.complete, len(exact.calendars))
    assert feed_of(quick) == feed_of(exact)


def written(lines: tuple[str, ...] | list[str], end: str = "\r\n") -> bytes:
    return end.join(lines).encode()


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(
    place=st.integers(0, 3 * len(EVENT)),
    lines=st.lists(LINES, max_size=4),
    end=ENDS,
    splinter=SPLINTERS,
    at=st.floats(0, 1),
)
def test_whatever_stands_among_events_both_readers_say_the_same(place, lines, end, splinter, at):
    told = [*HEAD, *EVENT, *EVENT, *EVENT]
    told[len(HEAD) + place : len(HEAD) + place] = lines
    content = written([*told, *TAIL], end)
    cut = int(at * len(content))
    both(content[:cut] + splinter + content[cut:])


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(lines=st.lists(LINES, max_size=30), end=ENDS)
def test_lines_in_any_order_are_read_alike(lines, end):
    both(written(lines, end))


@pytest.mark.parametrize(
    "more",
    [
        pytest.param((), id="plain"),
        pytest.param(("BEGIN:VALARM", "TRIGGER:-PT1H", "END:VALARM"), id="an alarm"),
        pytest.param(('ATTENDEE;CN="a:b":mailto:a@example.org',), id="what is not kept"),
        pytest.param(("X-LONG:" + "ä" * 100, " ö"), id="folded"),
    ],
)
def test_ordinary_events_are_read_as_blocks(more):
    content = written([*HEAD, *EVENT[:-1], *more, EVENT[-1], *TAIL])
    stream = split_plain(content, "")
    assert stream is not None
    assert [raw.read is not None for calendar in stream.calendars for raw in calendar.components] == [True]
    both(content)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("UID:2", id="what may stand once stands twice"),
        pytest.param("SEQUENCE:x", id="a value that cannot be read"),
        pytest.param("CLASS:PRIVATE", id="a private event"),
        pytest.param("no line", id="no line"),
        pytest.param("BEGIN:VTODO", id="another component"),
    ],
)
def test_odd_events_are_left_to_the_exact_reader(line):
    content = written([*HEAD, *EVENT[:-1], line, EVENT[-1], *EVENT, *TAIL])
    stream = split_plain(content, "")
    assert stream is not None
    assert [raw.read is not None for raw in stream.calendars[0].components if raw.name == "VEVENT"] == [False, True]
    both(content)


def test_the_number_of_a_line_is_counted_as_it_stands():
    content = written([*HEAD, *EVENT, "", *EVENT, *TAIL])
    feed = parse_ics(content, "", ReadingLimits())
    assert [component.line for component in feed.components] == [4, 15]


def test_method_cancel_counts_wherever_it_stands():
    feed = parse_ics(written([*HEAD[:2], *EVENT, "METHOD:CANCEL", *TAIL]), "", ReadingLimits())
    assert [component.status for component in feed.components] == ["CANCELLED"]

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.model.components import ParsedFeed
from aggregator.model.defects import DefectKind
from aggregator.model.settings import ReadingLimits
from aggregator.parse.ics import LONGEST_REFRESH, MAX_DEFECTS, SHORTEST_REFRESH, bounded_refresh, parse_ics

LIMITS = ReadingLimits()
EVENT = "BEGIN:VEVENT\nUID:{0}\nDTSTART:20261205T183000\nSUMMARY:Fest {0}\n{1}END:VEVENT\n"


def read(*bodies: str, limits: ReadingLimits = LIMITS) -> ParsedFeed:
    events = "".join(EVENT.format(number, body) for number, body in enumerate(bodies))
    feed = parse_ics(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n".encode(), "", limits)
    assert isinstance(feed, ParsedFeed), feed
    return feed


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param("RRULE\n", id="a property without colon"),
        pytest.param("EXDATE;TZID=:" + "x" * 100 + "\n", id="rubbish dates"),
        pytest.param("DESCRIPTION:" + "x" * 2_000_000 + "\n", id="a line of two megabytes"),
        pytest.param("X" + ";A=b" * 300_000 + ":c\n", id="a hundred thousand parameters"),
        pytest.param('LOCATION;X="' + '"' * 200_001 + ":a\n", id="unbalanced quotes"),
        pytest.param("CATEGORIES:" + "a," * 100_000 + "\n", id="a hundred thousand categories"),
        pytest.param("ATTENDEE:mailto:a@example.org\n" * 20_000, id="twenty thousand guests"),
        pytest.param("EXDATE:20261205\n" * 50_000, id="fifty thousand exceptions"),
        pytest.param("END:VALARM\nEND:\nBEGIN:\nEND:\n", id="ends of nothing"),
    ],
)
def test_a_bad_event_never_costs_its_neighbours(bad: str) -> None:
    assert [component.title for component in read("", bad, "").components] == ["Fest 0", "Fest 1", "Fest 2"]


def test_a_text_that_was_cut_is_said_to_be() -> None:
    feed = read("DESCRIPTION:" + "x" * 100_000 + "\n")
    assert [(defect.kind, defect.uid, defect.detail) for defect in feed.defects] == [
        (DefectKind.TOO_LONG, "0", "DESCRIPTION")
    ]


def test_the_first_of_two_statements_counts_and_the_second_is_a_defect() -> None:
    feed = read("DTSTART:20271224T180000\n")
    assert feed.components[0].start is not None and feed.components[0].start.text == "20261205T183000"
    assert [(defect.kind, defect.line) for defect in feed.defects] == [(DefectKind.BAD_PROPERTY, 6)]


def test_too_many_events_fail_as_a_whole() -> None:
    answer = parse_ics(b"BEGIN:VEVENT\nEND:VEVENT\n" * 11, "", replace(LIMITS, max_events=10))
    assert answer == Failure(ErrorClass.LIMIT, "> 10")


def test_too_many_lines_fail_as_a_whole() -> None:
    assert parse_ics(b"BEGIN:VCALENDAR\n" + b"\n" * 400_001, "", LIMITS) == Failure(ErrorClass.LIMIT, "> 400000")


def test_defects_are_told_up_to_a_limit() -> None:
    feed = parse_ics(b"BEGIN:VCALENDAR\n" + b"Unsinn\n" * 5000 + b"END:VCALENDAR", "", LIMITS)
    assert isinstance(feed, ParsedFeed) and len(feed.defects) == MAX_DEFECTS


@pytest.mark.parametrize("end", range(24, 120, 7))
def test_a_calendar_that_breaks_off_anywhere_is_refused(end: int) -> None:
    whole = f"BEGIN:VCALENDAR\n{EVENT.format(1, '')}END:VCALENDAR"
    assert parse_ics(whole[: min(end, len(whole) - 1)].encode(), "", LIMITS) == Failure(ErrorClass.TRUNCATED)


@pytest.mark.parametrize(
    ("wish", "granted"),
    [
        pytest.param(timedelta(seconds=1), SHORTEST_REFRESH, id="every second"),
        pytest.param(timedelta(days=3650), LONGEST_REFRESH, id="every ten years"),
        pytest.param(timedelta(hours=4), timedelta(hours=4), id="every four hours"),
        pytest.param(None, None, id="no wish"),
    ],
)
def test_a_wish_for_the_interval_is_bounded(wish: timedelta | None, granted: timedelta | None) -> None:
    assert bounded_refresh(wish) == granted


def test_nobody_and_nothing_but_the_event_is_kept(parsed) -> None:
    told = repr(parsed("people_and_attachments.ics"))
    assert not any(word in told for word in ("erika", "Erika", "04131", "liste.pdf", "geheim", "<b>", "Erinnerung"))


def test_nothing_of_a_private_event_is_told(parsed) -> None:
    told = repr(parsed("private.ics"))
    assert "Arzt" not in told and "Kündigung" not in told

from __future__ import annotations

from aggregator.parse.content_lines import MAX_LINE_BYTES, Line, logical_lines, split


def lines(content: bytes) -> list[Line]:
    return list(logical_lines(content, ""))


def test_folds_are_joined_and_numbers_are_those_of_the_file() -> None:
    assert lines(b"A:1\r\n 2\r\n\t3\r\n\r\nB:4\r\n") == [Line(1, "A:123"), Line(5, "B:4")]


def test_a_fold_inside_a_character_does_not_break_it() -> None:
    assert lines("SUMMARY:ü".encode()[:-1] + b"\r\n " + "ü".encode()[1:]) == [Line(1, "SUMMARY:ü")]


def test_carriage_returns_alone_end_lines_only_where_nothing_else_does() -> None:
    assert lines(b"A:1\rB:2\r") == [Line(1, "A:1"), Line(2, "B:2")]
    assert lines(b"A:1\rEND:VEVENT\nB:2\r\r\n") == [Line(1, "A:1 END:VEVENT"), Line(2, "B:2")]


def test_an_endless_line_is_cut_and_says_so() -> None:
    (line,) = lines(b"A:" + b"x" * 2_000_000)
    assert line.cut and len(line.text) == MAX_LINE_BYTES


def test_lines_of_parts_belong_to_a_time_zone_but_not_to_an_event() -> None:
    content = b"BEGIN:%s\nA:1\nBEGIN:PART\nB:2\nEND:PART\nC:3\nEND:%s"
    event, zone = (split(content % (name, name), "").calendars[0].components[0] for name in (b"VEVENT", b"VTIMEZONE"))
    assert [line.text for line in event.lines] == ["A:1", "C:3"]
    assert [line.text for line in zone.lines] == ["A:1", "BEGIN:PART", "B:2", "END:PART", "C:3"]


def test_the_text_of_a_stray_line_is_never_told() -> None:
    stream = split(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nCLASS:PRIVATE\nvertraulicher Satz\nEND:VEVENT\nEND:VCALENDAR", "")
    assert [(defect.line, defect.detail) for defect in stream.defects] == [(4, "")]


def test_twenty_thousand_nested_parts_are_one_event() -> None:
    content = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + b"BEGIN:VALARM\n" * 20_000 + b"END:VEVENT\nEND:VCALENDAR\n"
    stream = split(content, "")
    assert stream.complete and len(stream.calendars[0].components) == 1

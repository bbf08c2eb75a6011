"""Names and addresses of those who take part are not kept."""

from __future__ import annotations

import pytest

from aggregator.parse.attendees import without_attendees

HEAD = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        pytest.param(HEAD + b"ATTENDEE:mailto:a@b.de\r\nUID:1\r\n", HEAD + b"UID:1\r\n", id="a plain line"),
        pytest.param(HEAD + b"ATTENDEE;CN=A\r\n da:mailto:\r\n\ta@b.de\r\nUID:1\r\n", HEAD + b"UID:1\r\n", id="folded"),
        pytest.param(HEAD + b"attendee:mailto:a@b.de", HEAD, id="in small letters at the end"),
        pytest.param(HEAD + b"SUMMARY:ATTENDEE:x\r\n", HEAD + b"SUMMARY:ATTENDEE:x\r\n", id="a title"),
        pytest.param(
            HEAD + b"DESCRIPTION:x\r\n ATTENDEE:y\r\n", HEAD + b"DESCRIPTION:x\r\n ATTENDEE:y\r\n", id="a text"
        ),
        pytest.param(b"<p>\nATTENDEE:x\n", b"<p>\nATTENDEE:x\n", id="a page"),
    ],
)
def test_only_attendees_leave_a_calendar(content: bytes, kept: bytes) -> None:
    assert without_attendees(content) == kept

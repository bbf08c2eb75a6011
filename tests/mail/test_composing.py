from datetime import UTC, datetime

import pytest

from aggregator.mail.composing import compose
from aggregator.model.mail import Mail, QueuedMail, mail_address

NOW = datetime(2026, 11, 24, 12, 53, tzinfo=UTC)
SENDER = "Kalender der Stadt <kalender@example.org>"


def composed(**fields):
    mail = Mail(**{"to": "anna@example.org", "subject": "Grüße", "text": "Hallo\n", "purpose": "test", **fields})
    return compose(QueuedMail(7, mail, NOW), SENDER, NOW)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        pytest.param("anna@example.org", "anna@example.org", id="plain"),
        pytest.param("  Anna.B+x@Example.ORG ", "Anna.B+x@example.org", id="blanks around, domain in capitals"),
        pytest.param("a@exämple.org", "a@xn--exmple-cua.org", id="international domain"),
        pytest.param("a@b.c\nBcc: x@y.z", "", id="header injection"),
        pytest.param('"<script>"@x.y', "", id="quoted name"),
        pytest.param("x@localhost", "", id="no public domain"),
        pytest.param("x@[127.0.0.1]", "", id="address literal"),
        pytest.param("x@127.0.0.1", "", id="bare number"),
        pytest.param("a" * 65 + "@example.org", "", id="long name"),
        pytest.param("a@" + "b" * 64 + ".org", "", id="long label"),
        pytest.param("a@" + "b." * 200 + "org", "", id="long domain"),
        pytest.param("a..b@example.org", "", id="two dots"),
        pytest.param("a@b@example.org", "", id="two signs"),
        pytest.param("a@-b.org", "", id="label begins with a dash"),
        pytest.param("a\x00@example.org", "", id="NUL"),
        pytest.param("@example.org", "", id="no name"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_an_address_is_read_or_refused(text, address):
    assert mail_address(text) == address


def test_a_mail_says_who_it_is_from_and_that_a_program_wrote_it():
    message = composed()
    assert message["From"] == SENDER
    assert message["To"] == "anna@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Tue, 24 Nov 2026 12:53:00 +0000"
    assert message["Message-ID"] == "<20261124125300.7.test@example.org>"
    assert message.get_content() == "Hallo\n"


def test_every_line_on_the_wire_is_short_ascii_that_ends_as_smtp_wants():
    lines = composed(text="Ä" * 2000 + "\n", subject="Ü" * 150).as_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 78
    assert all(line.isascii() for line in lines)


@pytest.mark.parametrize("subject", ["a\r\nBcc: x@example.org", "a\nX-Evil: 1", "a\u2028Bcc: x@y.z", "a\x00b"])
def test_a_subject_stays_one_line(subject):
    message = composed(subject=subject)
    assert "Bcc" not in message
    assert "X-Evil" not in message
    assert message["To"] == "anna@example.org"


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"to": "a@example.org\r\nBcc: x@example.org"}, id="recipient"),
        pytest.param({"to": "a@example.org, x@example.org"}, id="two recipients"),
        pytest.param({"headers": (("Reply-To", "a@example.org\r\nBcc: x@example.org"),)}, id="value of a header"),
        pytest.param({"headers": (("Reply-To:\r\nBcc", "x@example.org"),)}, id="name of a header"),
    ],
)
def test_what_would_break_a_header_is_not_composed(fields):
    with pytest.raises(ValueError):
        composed(**fields).as_bytes()


def test_the_address_for_leaving_is_not_torn_apart():
    link = "<https://kalender.einer-stadt-mit-einem-langen-namen.example.org/digest/leave/" + "a1b2c3d4" * 6 + ">"
    message = composed(headers=(("List-Unsubscribe", link),))
    assert link.encode() in message.as_bytes()

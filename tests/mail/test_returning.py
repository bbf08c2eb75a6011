"""Weekly mails that come back end by themselves; nothing else does."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from aggregator.mail.returning import is_about_address, returned_token, token_of
from aggregator.model.digests import Digest
from aggregator.model.mail import Mail
from aggregator.pipeline.postbox import Postbox, send_due
from aggregator.store import digests, mails
from tests.mail.conftest import NOW

TOKEN = "q8Zl0d-TmN_3vYt4Wc5sXk7Rb1Aa2Ee9"
LINK = f"<https://kalender.example.org/digest/leave/{TOKEN}>"
HEADERS = (("List-Unsubscribe", LINK), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
ANNA = "anna@example.org"


@pytest.mark.parametrize(
    ("code", "words", "is_nobody"),
    [
        pytest.param(550, "550 no such user", True, id="plain"),
        pytest.param(550, "550 5.1.1 <a@b.example>: user unknown", True, id="no such address"),
        pytest.param(552, "552 5.2.2 mailbox full", True, id="nobody reads it"),
        pytest.param(550, "550 5.7.1 blocked by a list", False, id="we are on a list"),
        pytest.param(550, "550 5.1.8 sender unknown", False, id="about the sender"),
        pytest.param(554, "554 transaction failed", False, id="about anything"),
        pytest.param(450, "450 4.2.2 mailbox full", False, id="for now"),
        pytest.param(550, "550 15.1.1.3 is my version", True, id="a number that is no status"),
    ],
)
def test_only_a_word_about_the_address_counts(code, words, is_nobody):
    assert is_about_address(code, words) is is_nobody


def report(*, action="failed", status="5.1.1", headers=HEADERS, whole=True):
    """A delivery report as mail servers write them, with the returned mail or its headers only."""
    returned = EmailMessage(policy=SMTP)
    returned["To"] = ANNA
    for name, value in headers:
        returned[name] = value
    returned.set_content("Die Woche")
    told = f"Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; {ANNA}\r\n"
    told += f"Action: {action}\r\nStatus: {status}\r\n"
    back = returned.as_string() if whole else returned.as_string().partition("\r\n\r\n")[0] + "\r\n"
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    parts = (("text/plain", "Ihre Mail kam nicht an."), ("message/delivery-status", told), (kind, back))
    body = "".join(f"--x\r\nContent-Type: {kind}\r\n\r\n{text}\r\n" for kind, text in parts)
    head = "From: mailer-daemon@example.org\r\nMIME-Version: 1.0\r\n"
    head += 'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
    return f"{head}{body}--x--\r\n".encode()


@pytest.mark.parametrize(
    ("content", "token"),
    [
        pytest.param(report(), TOKEN, id="with the mail"),
        pytest.param(report(whole=False), TOKEN, id="with its headers"),
        pytest.param(report(status="5.2.1 (disabled)"), TOKEN, id="with a remark"),
        pytest.param(report(action="delayed", status="4.2.2"), "", id="later"),
        pytest.param(report(status="5.7.1"), "", id="policy"),
        pytest.param(report(headers=()), "", id="another mail"),
        pytest.param(report(headers=(("X-Link", LINK),)), "", id="the link elsewhere"),
        pytest.param(f"List-Unsubscribe: {LINK}\r\n\r\nhello".encode(), "", id="no report"),
        pytest.param(b"", "", id="nothing"),
        pytest.param(bytes(range(256)) * 40, "", id="noise"),
    ],
)
def test_a_report_counts_only_with_the_link_that_the_mail_had(content, token):
    assert returned_token(content) == token


@pytest.fixture
def order(sqlite_store):
    """The token of a confirmed weekly mail."""
    with sqlite_store.writing() as connection:
        made = digests.ask(connection, Digest("", ANNA, "", "Alles", "de", NOW))
        digests.confirm(connection, made.token, NOW)
    return made.token


def tell(store, letterbox, token, week):
    """Queue and send one week's mail; whether the order still stands."""
    now = NOW + timedelta(weeks=week)
    link = f"<https://kalender.example.org/digest/leave/{token}>"
    with store.writing() as connection:
        if digests.claim(connection, token, f"2026-W{10 + week}"):
            mails.queue(connection, Mail(ANNA, "Woche", "x", "digest", (("List-Unsubscribe", link),)), now)
    send_due(Postbox(store, lambda: now, letterbox.server))
    with store.reading() as connection:
        return digests.by_token(connection, token) is not None


def test_three_weeks_in_a_row_end_the_weekly_mail_and_forget_the_address(sqlite_store, letterbox, order):
    letterbox.answers = {ANNA: "550 5.1.1 no such user"}
    assert [tell(sqlite_store, letterbox, order, week) for week in range(4)] == [True, True, False, False]
    with sqlite_store.reading() as connection:
        assert mails.unsent(connection) == ()
        rows = [
            str(row) for table in ("mails", "digests") for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    assert "anna" not in "".join(rows)


def test_a_week_that_arrives_begins_anew(sqlite_store, letterbox, order):
    refused = "550 5.1.1 no such user"
    for week, answer in enumerate((refused, refused, "250 OK", refused, refused)):
        letterbox.answers = {ANNA: answer}
        assert tell(sqlite_store, letterbox, order, week)
    assert not tell(sqlite_store, letterbox, order, 5)


def test_a_refusal_of_us_costs_nobody_their_mail(sqlite_store, letterbox, order):
    letterbox.answers = {ANNA: "550 5.7.1 your network is on a list"}
    assert all(tell(sqlite_store, letterbox, order, week) for week in range(6))
    with sqlite_store.reading() as connection:
        assert {queued.error for queued in mails.unsent(connection)} == {"550 5.7.1 your network is on a list"}


def test_several_answers_of_one_week_count_once(sqlite_store, letterbox, order):
    tell(sqlite_store, letterbox, order, 0)
    with sqlite_store.writing() as connection:
        assert [digests.came_back(connection, order) for _ in range(5)] == [False] * 5
        assert digests.by_token(connection, order).returned == 1
        assert not digests.came_back(connection, "unknown")


def test_other_mails_have_no_token():
    assert token_of((("List-Unsubscribe", "<https://x.example>"),)) == ""
    assert token_of(HEADERS) == TOKEN

import smtplib
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from aggregator.mail.sending import NotSent, send
from aggregator.model.mail import Encryption, Mail
from aggregator.pipeline.postbox import Postbox, send_due
from aggregator.store import mails
from tests.mail.conftest import NOW

MAIL = Mail("anna@example.org", "Grüße", "Guten Tag, Änne\n", "confirm", (("List-Unsubscribe", "<https://x.example>"),))


def test_what_waits_is_sent_once(post, letterbox, waiting):
    postbox = post(MAIL)
    assert (send_due(postbox), send_due(postbox)) == (1, 0)
    [mail] = letterbox.to("anna@example.org")
    assert (mail["Subject"], mail.get_content().strip()) == ("Grüße", "Guten Tag, Änne")
    assert mail["List-Unsubscribe"] == "<https://x.example>"
    assert waiting() == ()


def test_of_a_sent_mail_neither_address_nor_text_is_kept(post, sqlite_store):
    send_due(post(MAIL))
    with sqlite_store.reading() as connection:
        [row] = connection.exec_driver_sql("SELECT * FROM mails").all()
    assert "anna" not in str(row)
    assert "Änne" not in str(row)


def test_without_a_server_mails_wait(sqlite_store, post, waiting):
    post(MAIL)
    assert send_due(Postbox(sqlite_store, lambda: NOW)) == 0
    assert [queued.mail for queued in waiting()] == [MAIL]


def test_a_server_that_is_away_is_asked_again_later(post, letterbox, waiting, sqlite_store):
    postbox = post(MAIL)
    there, letterbox.port = letterbox.port, 1
    assert send_due(Postbox(sqlite_store, postbox.clock, letterbox.server)) == 0
    letterbox.port = there
    assert waiting()[0].error == "ConnectionRefusedError"
    assert send_due(postbox) == 0
    assert send_due(post(now=NOW + timedelta(minutes=2))) == 1


def test_a_refusal_for_now_waits_and_one_for_good_is_given_up(post, letterbox, waiting):
    letterbox.answers = {"slow@example.org": "450 try later", "gone@example.org": "550 no such user"}
    send_due(post(*(Mail(to, "x", "y", "test") for to in ("slow@example.org", "gone@example.org", "anna@example.org"))))
    assert len(letterbox.mails) == 1
    assert [(queued.error, bool(queued.given_up_at)) for queued in waiting()] == [
        ("450 try later", False),
        ("550 no such user", True),
    ]
    send_due(post(now=NOW + timedelta(days=6)))
    assert all(queued.given_up_at for queued in waiting())


def test_a_server_that_refuses_our_own_address_is_asked_again():
    class Server:
        def send_message(self, message):
            raise smtplib.SMTPSenderRefused(550, b"not you", "calendar@example.org")

    assert send(Server(), EmailMessage()) == NotSent("550 not you", for_good=False)


def test_what_is_no_mail_is_given_up_and_the_others_leave(post, letterbox, waiting):
    assert send_due(post(Mail("no address", "x", "y", "test"), MAIL)) == 1
    assert waiting()[0].given_up_at == NOW


@pytest.mark.parametrize(("purpose", "sent"), [("confirm", 1), ("digest", 0)])
def test_a_mail_that_may_have_left_is_sent_again_unless_once_too_often_is_worse(post, sqlite_store, purpose, sent):
    post(Mail("anna@example.org", "x", "y", purpose))
    with sqlite_store.writing() as connection:
        assert mails.claim(connection, mails.unsent(connection)[0].id, NOW)
    assert send_due(post(now=NOW + timedelta(minutes=5))) == 0
    assert send_due(post(now=NOW + timedelta(hours=2))) == sent


def test_who_leaves_is_sent_nothing_more(post, letterbox, sqlite_store):
    postbox = post(MAIL)
    with sqlite_store.writing() as connection:
        mails.withdraw(connection, MAIL.to, MAIL.purpose, "x.example")
    assert (send_due(postbox), letterbox.mails) == (0, [])


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.TLS])
def test_without_the_promised_encryption_nothing_is_handed_over(post, letterbox, waiting, encryption):
    postbox = replace(post(MAIL), server=replace(letterbox.server, encryption=encryption, user="u", password="geheim"))
    assert send_due(postbox) == 0
    assert letterbox.mails == []
    assert waiting()[0].error
    assert "geheim" not in repr(postbox)


def test_the_log_names_no_address(post, letterbox, caplog):
    caplog.set_level("DEBUG")
    letterbox.answers = {"gone@example.org": "550 <gone@example.org> unknown"}
    send_due(post(MAIL, Mail("gone@example.org", "x", "y", "test")))
    assert "purpose=confirm outcome=sent" in caplog.text
    assert "@" not in "".join(record.getMessage() for record in caplog.records if record.name.startswith("aggregator"))

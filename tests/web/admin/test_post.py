"""The operators' page of mails: what a server refused is shown with its words, and can be tried again."""

from __future__ import annotations

from aggregator.model.mail import Mail
from aggregator.store import mails
from tests.web import town


def refuse(store, words):
    with store.writing() as connection:
        mails.queue(connection, Mail("gone@example.org", "Willkommen", "Guten Tag", "approved"), town.NOW)
        mails.mark_failed(connection, mails.unsent(connection)[0], words, town.NOW, for_good=True)


def test_a_mail_that_was_refused_for_good_is_shown_and_tried_again_on_a_word(anna, town_store):
    refuse(town_store, "550 no such user")
    assert "1 Mail geht nicht hinaus" in anna.get("/admin").text
    assert "aufgegeben: 550 no such user" in anna.get("/admin/post").text
    assert anna.post("/admin/post/mails/1/again").location.endswith("told=asked")
    with town_store.reading() as connection:
        assert [one.mail.to for one in mails.due(connection, town.NOW)] == ["gone@example.org"]


def test_a_mail_that_is_not_there_cannot_be_tried_again(anna):
    assert anna.post("/admin/post/mails/9/again").status_code == 404

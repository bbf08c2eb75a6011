"""The weekly mail is ordered twice over and left at once; nothing tells whether an address is known."""

from __future__ import annotations

import re

import pytest

from aggregator.store import digests, mails
from tests.web.posting import ORIGIN, visitor_of

LINK = re.compile(r"https://kalender\.example\.org(/digest/\w+/\S+)")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def visitor(sqlite_store):
    return visitor_of(sqlite_store)


@pytest.fixture
def post(sqlite_store):
    """The mails that wait."""

    def read():
        with sqlite_store.reading() as connection:
            return [queued.mail for queued in mails.unsent(connection)]

    return read


@pytest.fixture
def known(sqlite_store):
    """How many subscriptions are confirmed."""

    def read():
        with sqlite_store.reading() as connection:
            return digests.count(connection)

    return read


@pytest.fixture
def ordered(visitor, post):
    """A confirmed order; gives the way to leave."""
    visitor.send("/digest?topic=kultur", mail="anna@example.org")
    path = LINK.search(post()[-1].text)[1]
    visitor.send(path)
    return path.replace("confirm", "leave")


def test_an_order_holds_once_it_is_confirmed(visitor, post, known):
    answer = visitor.send("/digest?topic=kultur", mail="anna@example.org")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/digest/sent")
    [mail] = post()
    assert (mail.to, "Auswahl: Kultur und Musik" in mail.text) == ("anna@example.org", True)
    path = LINK.search(mail.text)[1]
    assert "Ja, bestellen" in visitor.client.get(path).text
    assert known() == 0
    assert "Ab jetzt kommt jede Woche eine Mail" in visitor.send(path).text
    assert known() == 1


def test_leaving_takes_one_press_and_forgets_the_address(visitor, ordered, known, sqlite_store):
    assert "Abbestellen und Adresse löschen" in visitor.client.get(ordered).text
    assert known() == 1
    assert "gelöscht" in visitor.send(ordered).text
    with sqlite_store.reading() as connection:
        assert "anna" not in str(connection.exec_driver_sql("SELECT * FROM digests").all())
    assert visitor.client.get(ordered).status_code == 200


def test_a_mail_program_leaves_with_one_click(visitor, ordered, known):
    assert visitor.client.post(ordered, data=ONE_CLICK).status_code == 200
    assert known() == 0


@pytest.mark.parametrize(
    ("headers", "data"),
    [
        pytest.param({}, {}, id="nobody vouches"),
        pytest.param({"Origin": "https://evil.example"}, ONE_CLICK, id="a page that plays mail program"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, ONE_CLICK, id="the same without origin"),
        pytest.param({"Origin": ORIGIN}, {}, id="without the form's token"),
    ],
)
def test_no_other_page_can_leave_for_somebody(visitor, ordered, known, headers, data):
    assert visitor.client.post(ordered, data=data, headers=headers).status_code == 403
    assert known() == 1


def test_the_answer_is_the_same_whether_the_address_is_known(visitor, ordered, post):
    known, unknown = (
        visitor.send("/digest?topic=kultur", mail=mail) for mail in ("anna@example.org", "new@example.org")
    )
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert [mail.subject.split(" – ")[0] for mail in post()[-2:]] == [
        "Du bekommst diese Mail schon",
        "Bitte bestätigen: eine Mail jede Woche",
    ]


def test_strangers_cannot_fill_a_letterbox(visitor, post):
    answers = [visitor.send(f"/digest?q=wort{number}", mail="anna@example.org") for number in range(5)]
    assert {answer.headers["Location"] for answer in answers} == {"/digest/sent"}
    assert len(post()) == 3
    assert visitor.send("/digest", mail="other@example.org").status_code == 429


def test_a_wrong_address_is_said_and_an_unknown_filter_refused(visitor, post):
    answer = visitor.send("/digest?topic=kultur", mail="anna@localhost")
    assert (answer.status_code, "nicht vollständig" in answer.text, "anna@localhost" in answer.text) == (
        400,
        True,
        True,
    )
    assert visitor.client.get("/digest?topic=nirgends").status_code == 400
    assert post() == []


def test_an_unknown_link_leads_on(visitor):
    assert visitor.client.get("/digest/confirm/nonsense").status_code == 404
    assert visitor.send("/digest/confirm/nonsense").status_code in (403, 404)


def test_without_a_mail_server_nothing_is_offered(sqlite_store):
    client = visitor_of(sqlite_store, can_mail=False).client
    assert [client.get(path).status_code for path in ("/digest", "/digest/sent")] == [404, 404]
    assert "/digest" not in client.get("/subscribe").text


def test_the_subscribe_page_offers_it_for_the_same_filter(visitor):
    assert 'href="/digest?topic=kultur"' in visitor.client.get("/subscribe?topic=kultur").text

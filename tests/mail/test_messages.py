"""Every mail in both languages: set as mails are read, nothing left to fill in, nothing that shouts."""

from __future__ import annotations

import re

import pytest

from aggregator.mail import messages, notices
from aggregator.mail.notices import SourceNews
from aggregator.mail.wording import Letterhead, letterhead, operator_of, quoted
from aggregator.model.mail import Contact
from aggregator.model.settings import Site

HEAD = Letterhead("Kalender der Stadt", "https://kalender.example.org", "kontakt@example.org")
NAME, LINK = "Freiraum {0} %s", "https://kalender.example.org/manage/" + "a1b2" * 12
NEWS = SourceNews(NAME, "freiraum.example.org", "20. November", "Die Website antwortet nicht.", LINK)
MAILS = {
    "confirm": lambda to: messages.confirm_address(HEAD, to, NAME, LINK),
    "approved": lambda to: messages.approved(HEAD, to, NAME, LINK, LINK),
    "refused": lambda to: messages.refused(HEAD, to, NAME, "Weil\n\nes {so} ist."),
    "question": lambda to: messages.asked_back(HEAD, to, NAME, "Wer seid ihr?", LINK),
    "link": lambda to: messages.new_link(HEAD, to, NAME, LINK),
    "broken": lambda to: notices.broken(HEAD, to, NEWS),
    "healed": lambda to: notices.healed(HEAD, to, NEWS),
    "held": lambda to: notices.held(HEAD, to, NEWS),
    "yearly": lambda to: notices.still_right(HEAD, to, NAME, LINK),
    "operator": lambda to: notices.operator_needed(HEAD, to, ("2 Anmeldungen", "1 Quelle"), LINK),
}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("purpose", MAILS)
def test_every_mail_is_complete_and_well_set(purpose, language):
    mail = MAILS[purpose](Contact("anna@example.org", language))
    assert (mail.to, mail.purpose) == ("anna@example.org", purpose)
    assert mail.subject.endswith(" – Kalender der Stadt")
    assert mail.headers == (("Reply-To", "kontakt@example.org"),)
    unfilled = mail.text.replace(NAME, "").replace("{so}", "")
    assert not re.search(r"[{}!]", unfilled)
    assert [line for line in mail.text.split("\n") if len(line) > 76 and "://" not in line] == []
    assert mail.text.split("\n\n")[0] == ("Hello," if language == "en" else "Guten Tag,")


def test_the_languages_say_different_things_of_the_same():
    german, english = (MAILS["broken"](Contact("anna@example.org", language)) for language in ("de", "en"))
    assert NEWS.sentence in german.text
    assert english.text.split("\n\n")[1].startswith("Since 20. November we cannot read")


def test_what_a_person_wrote_is_marked_as_theirs():
    assert quoted("Weil\n\nes so ist") == "> Weil\n>\n> es so ist"


def test_a_contact_that_is_a_web_page_gets_no_mail():
    site = Site("Kalender", "Europe/Berlin", contact="https://example.org/kontakt")
    assert operator_of(site) is None
    assert letterhead(site).contact == "https://example.org/kontakt"
    assert operator_of(Site("K", "Europe/Berlin", ("en",), contact="a@example.org")) == Contact("a@example.org", "en")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("Freiraum e. V., Lüneburg", "Freiraum e. V., Lüneburg", id="a name"),
        pytest.param("Gewinn auf https://evil.example/x jetzt", "Gewinn auf … jetzt", id="an address"),
        pytest.param("www.evil", "…", id="half an address"),
        pytest.param("Gewinn: evil.com", "Gewinn: …", id="a name that programs make a link of"),
        pytest.param("schreib a@b.de", "schreib …", id="a mail address"),
        pytest.param("lang " * 50, "lang " * 19 + "lang…", id="a sermon"),
    ],
)
def test_a_confirmation_carries_no_advertisement_to_strangers(typed, told):
    mail = messages.confirm_address(HEAD, Contact("victim@example.org"), typed, LINK)
    assert f"„{told}“" in " ".join(mail.text.split())
    assert mail.subject == f"Bitte bestätigen: {told} – Kalender der Stadt"

"""The mails to initiatives about their registration; pure: who, what and where to, and nothing is sent."""

from __future__ import annotations

from aggregator.mail.wording import Letterhead, Words, harmless, letter, quoted
from aggregator.model.mail import Contact, Mail

CONFIRM = (
    Words("Bitte bestätigen: {name}", "Please confirm: {name}"),
    Words(
        "mit dieser Adresse wurde „{name}“ für den Kalender angemeldet. Wenn du das warst, öffne bitte diese Seite"
        " und bestätige dort:",
        "this address was given to register “{name}” for the calendar. If that was you, please open this page and"
        " confirm there:",
    ),
    Words(
        "Der Link gilt zwei Tage. Wenn du das nicht warst, musst du nichts tun: Ohne Bestätigung wird alles gelöscht.",
        "The link is good for two days. If it was not you, there is nothing to do: without a confirmation everything"
        " is deleted.",
    ),
)
APPROVED = (
    Words("{name} steht im Kalender", "{name} is in the calendar"),
    Words(
        "„{name}“ ist jetzt im Kalender zu finden:\n{page}",
        "“{name}” can now be found in the calendar:\n{page}",
    ),
    Words(
        "Über diesen Link pflegt ihr euren Eintrag: Angaben ändern, Kalender hinzufügen oder anhalten, einzelne Termine"
        " ausblenden, alles zurückziehen. Er ist euer Schlüssel, bitte gebt ihn nicht weiter:\n{console}",
        "With this link you look after your entry: change it, add or pause calendars, hide single events, withdraw"
        " everything. It is your key, so please keep it to yourselves:\n{console}",
    ),
    Words(
        "Wenn ein Kalender einmal nicht zu lesen ist, schreiben wir an diese Adresse.",
        "If one of your calendars cannot be read some day, we write to this address.",
    ),
)
REFUSED = (
    Words("Zu eurer Anmeldung: {name}", "About your registration: {name}"),
    Words(
        "„{name}“ haben wir nicht in den Kalender aufgenommen. Das ist der Grund:",
        "we have not added “{name}” to the calendar. This is the reason:",
    ),
    Words(
        "Wenn sich daran etwas ändert oder wir etwas falsch verstanden haben, antworte einfach auf diese Mail oder"
        " melde euch neu an. Deine Angaben löschen wir in 30 Tagen.",
        "If that changes, or if we misunderstood, simply answer this mail or register again. We delete what you told"
        " us in 30 days.",
    ),
)
ASKED = (
    Words("Eine Frage zu eurer Anmeldung: {name}", "A question about your registration: {name}"),
    Words(
        "bevor „{name}“ in den Kalender kommt, haben wir eine Frage:",
        "before “{name}” can be added, we have a question:",
    ),
    Words(
        "Hier kannst du antworten und die Angaben ändern:\n{link}", "You can answer and change the entry here:\n{link}"
    ),
)
NEW_LINK = (
    Words("Euer Link zur Pflege: {name}", "Your link to look after {name}"),
    Words(
        "über diesen Link pflegt ihr den Eintrag von „{name}“:\n{link}",
        "with this link you look after the entry of “{name}”:\n{link}",
    ),
    Words("Ältere Links gelten nicht mehr.", "Older links no longer work."),
)


def confirm_address(head: Letterhead, to: Contact, name: str, link: str) -> Mail:
    """After a registration: whether the address is theirs, and whether they meant it."""
    subject, asking, otherwise = (words.to(to.language, name=harmless(name)) for words in CONFIRM)
    return letter(head, to, subject, asking, link, otherwise, purpose="confirm")


def approved(head: Letterhead, to: Contact, name: str, page: str, console: str) -> Mail:
    """The operator said yes: where the entry is, and the link by which it is looked after."""
    subject, *paragraphs = (words.to(to.language, name=name, page=page, console=console) for words in APPROVED)
    return letter(head, to, subject, *paragraphs, purpose="approved")


def refused(head: Letterhead, to: Contact, name: str, reason: str) -> Mail:
    """The operator said no, and why."""
    subject, saying, otherwise = (words.to(to.language, name=name) for words in REFUSED)
    return letter(head, to, subject, saying, quoted(reason), otherwise, purpose="refused")


def asked_back(head: Letterhead, to: Contact, name: str, question: str, link: str) -> Mail:
    """The operator has to know something first."""
    subject, saying, answering = (words.to(to.language, name=name, link=link) for words in ASKED)
    return letter(head, to, subject, saying, quoted(question), answering, purpose="question")


def new_link(head: Letterhead, to: Contact, name: str, link: str) -> Mail:
    """A renewed link to the owner's console."""
    subject, *paragraphs = (words.to(to.language, name=name, link=link) for words in NEW_LINK)
    return letter(head, to, subject, *paragraphs, purpose="link")

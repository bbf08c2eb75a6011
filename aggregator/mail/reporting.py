"""The mails by which a visitor's report reaches the operator and the initiative."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aggregator.mail.wording import Letterhead, Words, letter, quoted
from aggregator.model.mail import Contact, Mail
from aggregator.model.reports import Report, Wrong

WHAT = {
    Wrong.TIME: Words("Tag oder Uhrzeit", "day or time"),
    Wrong.PLACE: Words("der Ort", "the place"),
    Wrong.CANCELLED: Words("Der Termin fällt aus", "it does not take place"),
    Wrong.TWICE: Words("Der Termin steht doppelt da", "it is listed twice"),
    Wrong.TEXT: Words("Titel oder Beschreibung", "title or description"),
    Wrong.UNWANTED: Words("Der Termin gehört nicht in diesen Kalender", "it does not belong in this calendar"),
    Wrong.OTHER: Words("etwas anderes", "something else"),
}
SUBJECT = Words("Hinweis zu „{title}“", "A hint about “{title}”")
SAID = Words(
    "zu diesem Termin ist ein Hinweis gekommen:\n{title}\n{link}",
    "somebody sent a hint about this event:\n{title}\n{link}",
)
ABOUT = Words("Es geht um: {what}", "It is about: {what}")
WORDS = Words("Dazu schreibt die Person:", "The person writes:")
TO_OWNER = Words(
    "Ihr bekommt diese Mail, weil „{name}“ den Termin ankündigt. Wenn der Hinweis stimmt, ändert den Termin bitte in"
    " eurem eigenen Kalender; wir lesen ihn von selbst neu. Wer geschrieben hat, wissen wir nicht sicher.",
    "You get this mail because “{name}” announces the event. If the hint is right, please change the event in your own"
    " calendar; we read it again by ourselves. We do not know for sure who wrote it.",
)


@dataclass(frozen=True, slots=True)
class Reported:
    """A report with the address of its event's page."""

    report: Report
    link: str


def to_operator(head: Letterhead, to: Contact, reported: Reported) -> Mail:
    """To the operator, who may answer the visitor."""
    mail = report_mail(head, to, reported)
    answers = reported.report.reply_to
    return replace(mail, headers=(("Reply-To", answers),)) if answers else mail


def to_owner(head: Letterhead, to: Contact, reported: Reported, name: str) -> Mail:
    """To the initiative `name`, without the visitor's address."""
    return report_mail(head, to, reported, TO_OWNER.to(to.language, name=name))


def report_mail(head: Letterhead, to: Contact, reported: Reported, *more: str) -> Mail:
    """Which event, what about, and in whose words."""
    report, language = reported.report, to.language
    words = [WORDS.to(language), quoted(report.text)] if report.text else []
    return letter(
        head,
        to,
        SUBJECT.to(language, title=report.title),
        SAID.to(language, title=report.title, link=reported.link),
        ABOUT.to(language, what=WHAT[report.wrong].to(language)),
        *words,
        *more,
        purpose="report",
    )

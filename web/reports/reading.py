"""What a visitor typed into the form about a mistake, read and judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aggregator.mail.reporting import WHAT
from aggregator.model.mail import mail_address
from aggregator.model.reports import LONGEST_TEXT, Report, Wrong
from web.forms import line, paragraphs
from web.languages import Tongue

# These say all by themselves.
CLEAR = (Wrong.CANCELLED, Wrong.TWICE, Wrong.UNWANTED)
LONGEST_MAIL = 254


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they came, to be shown again; `problems` are (field id, sentence)."""

    wrong: str = ""
    text: str = ""
    mail: str = ""
    problems: tuple[tuple[str, str], ...] = field(default=())

    def report(self, title: str) -> Report:
        """The report, for fields without problems."""
        return Report(Wrong(self.wrong), self.text, title, mail_address(self.mail))


def read_typed(fields: Mapping[str, str], tongue: Tongue) -> Typed:
    """The fields with what is wrong with them, in the visitor's words."""
    wrong, text, mail = line(fields, "wrong"), paragraphs(fields, "text"), line(fields, "mail")
    say, problems = tongue.gettext, []
    if wrong not in tuple(Wrong):
        problems.append(("wrong", say("Bitte auswählen, was nicht stimmt.")))
    elif not text and Wrong(wrong) not in CLEAR:
        problems.append(("text", say("Bitte dazuschreiben, was richtig wäre.")))
    if len(text) > LONGEST_TEXT:
        problems.append(("text", say("Der Text ist zu lang; es gehen %(most)s Zeichen.", most=LONGEST_TEXT)))
    if mail and not mail_address(mail):
        problems.append(("mail", say("Diese E-Mail-Adresse ist nicht vollständig.")))
    return Typed(wrong, text[: 2 * LONGEST_TEXT], mail[:LONGEST_MAIL], tuple(problems))


def choices(language: str) -> list[tuple[str, str]]:
    """What can be wrong, as (value, words)."""
    said = ((wrong.value, WHAT[wrong].to(language)) for wrong in Wrong)
    return [(value, words[:1].upper() + words[1:]) for value, words in said]

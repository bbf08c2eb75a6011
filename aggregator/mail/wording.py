"""How our mails are set: two languages, lines that fit every program, one foot."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

from aggregator.model.mail import Contact, Mail, mail_address
from aggregator.model.settings import Site

WIDTH = 72
LONGEST_WORDS = 100
# What programs for mail make a link of.
LINKLIKE = re.compile(r"\S*(?:://|www\.|@|\w\.[^\W\d_]{2,})\S*")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every mail says of the calendar it comes from: title, address without trailing slash, whom to ask."""

    title: str
    base_url: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in German and English, with {names} to be filled in."""

    german: str
    english: str

    def to(self, language: str, **values: object) -> str:
        """In the language, its names filled in; German for all that are not English."""
        return (self.english if language == "en" else self.german).format(**values)


HELLO = Words("Guten Tag,", "Hello,")
FOOT = Words(
    "Diese Mail kommt vom Kalender „{title}“, {address}",
    "This mail comes from the calendar “{title}”, {address}",
)
ASK = Words("Fragen beantwortet: {contact}", "Questions are answered by {contact}")


def letterhead(site: Site) -> Letterhead:
    """That of a town's calendar."""
    return Letterhead(site.title, site.base_url, site.contact)


def operator_of(site: Site) -> Contact | None:
    """Who runs the calendar, if sources.yaml names a mail address for it; reads the site's first language."""
    address = mail_address(site.contact)
    return Contact(address, site.languages[0]) if address else None


def letter(head: Letterhead, to: Contact, subject: str, *paragraphs: str, purpose: str) -> Mail:
    """A mail to one person; each paragraph is set on its own, addresses of pages stay whole."""
    first, *more = paragraphs
    # After the greeting German goes on in small letters, English begins anew.
    said = [HELLO.to(to.language), first[:1].upper() + first[1:] if to.language == "en" else first, *more]
    answers = (("Reply-To", head.contact),) if mail_address(head.contact) else ()
    return Mail(to.address, f"{subject} – {head.title}", body(head, to.language, said), purpose, answers)


def body(head: Letterhead, language: str, paragraphs: list[str]) -> str:
    """The text with its foot, set off as programs know it ("-- ")."""
    foot = [FOOT.to(language, title=head.title, address=head.base_url)]
    foot += [ASK.to(language, contact=head.contact)] if head.contact else []
    return "\n\n".join(map(wrapped, paragraphs)) + "\n\n-- \n" + "\n".join(foot) + "\n"


def wrapped(paragraph: str) -> str:
    """The paragraph in short lines; lines that it has already stay apart."""
    return "\n".join(
        textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in paragraph.split("\n")
    )


def harmless(text: str) -> str:
    """What a stranger typed, for a mail to an address that nobody has confirmed: short, and nothing to press.

    Else our confirmations would carry anybody's advertisement to everybody.
    """
    bare = LINKLIKE.sub("…", " ".join(text.split()))
    return bare if len(bare) <= LONGEST_WORDS else bare[:LONGEST_WORDS].rstrip() + "…"


def quoted(text: str) -> str:
    """What somebody else wrote, marked as theirs line by line."""
    lines = (
        textwrap.wrap(line, WIDTH - 2, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
    )
    return "\n".join(f"> {line}" if line else ">" for wrapped_line in lines for line in (wrapped_line or [""]))

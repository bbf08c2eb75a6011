"""What a date is for: the event itself, a deadline, the past, an exception, or something beside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from itertools import pairwise

from aggregator.normalise.prose.attaching import is_beside
from aggregator.normalise.prose.cues import (
    CANCELLING,
    CLOSINGS,
    COMMEMORATED,
    ENDING,
    EXCEPTING,
    FORMERLY,
    INSTEAD,
    MOVED,
    OPENINGS,
    PUBLISHED,
    REOPENING,
    STRONG_PAST,
    TASKS,
    TICKETS,
    VALIDITY,
    WEAK_PAST,
    is_deadline_word,
)
from aggregator.normalise.prose.mentions import Mention, Passage
from aggregator.normalise.prose.ranges import Dates, Together
from aggregator.normalise.prose.repetition import Repetition
from aggregator.normalise.prose.resolving import Check, Resolved
from aggregator.normalise.prose.times import Times
from aggregator.normalise.prose.tokens import Kind, Words

CLAUSE_MARKS = frozenset((",", ";", ":", "(", ")", "–", "—", "!", "?"))
FARTHEST = 24
"""Tokens that are looked at on either side of a date."""
UNTIL = ("bis", "until", "till", "by")
STAYING = frozenset("bleibt bleiben ist sind hat haben macht".split())
CENTURY = 366 * 3


class DateRole(Enum):
    """What a date is for."""

    EVENT = "event"
    DEADLINE = "deadline"
    UNTIL = "until"
    SINCE = "since"
    PAST = "past"
    EXCEPTION = "exception"
    ASIDE = "aside"


def role_of(passage: Passage, mention: Mention, resolved: Resolved, published: date | None) -> DateRole:
    """What the date of a mention is for, by the words around it; `resolved` is its (last) day."""
    words, first, day = passage.words, mention.first, resolved.day
    near = _before(words, first, 3)
    clause = _clause_before(words, first)
    sentence = _sentence(words, mention)
    if published is not None and (published - day).days > CENTURY:
        return DateRole.PAST
    if role := _by_preposition(words, first, sentence):
        return role
    if _is_deadline(words, mention, clause):
        return DateRole.DEADLINE
    if set(near) & EXCEPTING:
        return DateRole.EXCEPTION
    if set(near) & set(ENDING):
        return DateRole.UNTIL
    if _is_replaced(words, first, sentence):
        return DateRole.EXCEPTION
    # A weekday that agrees with a coming day is surer than any verb.
    coming = published is not None and resolved.check is Check.AGREES and day >= published
    if not coming and _is_past(words, mention, sentence):
        return DateRole.PAST
    # Neither a paper nor a law has a coming day with its weekday and an hour.
    invites = coming and day != published and _is_timed(passage, mention)
    return DateRole.ASIDE if _is_aside(passage, mention, clause, sentence, invites) else DateRole.EVENT


def is_weak(passage: Passage, mention: Mention) -> bool:
    """Whether the words before a date make it a name, or the day from which something holds, not when it happens."""
    before = _before(passage.words, mention.first, 3)
    if set(_sentence(passage.words, mention)) & set(CANCELLING):
        return False
    if begins_only(passage, mention) or before[-1:] in (["zum"], ["fuer"]):
        return True
    return before[-2:] in (["an", "den"], ["auf", "den"], ["fuer", "den"])


def begins_only(passage: Passage, mention: Mention) -> bool:
    """Whether something holds from the date on: "ab Montag, 11. Januar"."""
    before = _before(passage.words, mention.first, 2)
    return before[-1:] in (["ab"], ["from"]) or before in (["ab", "dem"], ["ab", "den"])


def _by_preposition(words: Words, first: int, sentence: Iterable[str]) -> DateRole | None:
    """The role that a preposition before the date gives it."""
    position = first - 1
    while words.low(position) in ("zum", "den", "dem", "der", "einschliesslich", "einschl", "incl", "inkl", ".", "am"):
        if words.low(position) == "am" and words.low(position - 1) not in UNTIL:
            break
        position -= 1
    word = words.low(position)
    if word in UNTIL or (word == "spaetestens" and words.low(position - 1) in UNTIL):
        has_task = any(each.startswith(TASKS) or is_deadline_word(each) for each in sentence)
        return DateRole.DEADLINE if has_task or word == "by" else DateRole.UNTIL
    if word == "spaetestens":
        return DateRole.DEADLINE
    return DateRole.SINCE if word in ("seit", "since", "depuis") else None


def _is_deadline(words: Words, mention: Mention, clause: list[str]) -> bool:
    """Whether a word like Einsendeschluss stands before the date in its clause, or right behind it."""
    if any(is_deadline_word(word) for word in clause[-8:]):
        return True
    behind = [words.low(index) for index in range(mention.last, mention.last + 4)]
    if "ist" in behind[:2] and any(is_deadline_word(word) for word in behind):
        return True
    # "Anmeldeschluss: Freitag, ..." and "Die Frist endet am ..."
    return words.low(mention.first - 1) == ":" and is_deadline_word(words.low(mention.first - 2))


def _is_replaced(words: Words, first: int, sentence: list[str]) -> bool:
    """Whether another day holds instead: "statt am 12.", "nicht am 5. Mai", "ursprünglich für den 3. Mai"."""
    if set(_before(words, first, 5)) & FORMERLY:
        return True
    instead = set(_before(words, first, 2)) & INSTEAD
    takes_place = "statt" in instead and {"findet", "finden", "fand", "fanden"} & set(sentence)
    return bool(instead) and not takes_place


def _is_past(words: Words, mention: Mention, sentence: list[str]) -> bool:
    """Whether the sentence tells what has been."""
    if any(word in MOVED for word in sentence):
        return False
    if set(sentence) & STRONG_PAST:
        return True
    return bool(set(_clause_around(words, mention)) & WEAK_PAST)


def _is_aside(passage: Passage, mention: Mention, clause: list[str], sentence: list[str], invites: bool) -> bool:
    """Whether the date is that of a document, a closing, a law, the sale of tickets, or an anniversary's year."""
    words, first = passage.words, mention.first
    near = _before(words, first, 3)
    said = mention.said
    alone = isinstance(said, Dates) and said.together is Together.LIST and len(said.days) == 1
    published = set(near[-1:]) & PUBLISHED or (near[-1:] in (["am"], ["vom"]) and set(near[-2:-1]) & PUBLISHED)
    if published and not invites:
        return True
    if alone and near[-1:] == ["vom"] and not _goes_on(words, mention):
        return True
    if closes(passage, mention) or (_holds(words, mention) and not (invites and not begins_only(passage, mention))):
        return True
    if begins_only(passage, mention) and set(sentence) & REOPENING and not passage.of(Repetition):
        return True
    if any(word in TICKETS for word in clause):
        return True
    starts = near[-1:] == ["ab"] or near[-2:-1] == ["ab"]
    if starts and any(word in OPENINGS for word in clause):
        return True
    return near[-2:] == ["an", "den"] and any(word in COMMEMORATED for word in sentence)


def _holds(words: Words, mention: Mention) -> bool:
    """Whether something is valid or in force on the date: not in "Wer noch Kraft hat"."""
    clause = _clause_around(words, mention)
    in_force = any(pair in (("in", "kraft"), ("ausser", "kraft")) for pair in pairwise(clause))
    return in_force or not VALIDITY.isdisjoint(clause)


def _is_timed(passage: Passage, mention: Mention) -> bool:
    """Whether a time stands right behind the date."""
    following = (each for each in passage.of(Times) if each.first >= mention.last)
    first = next(following, None)
    return first is not None and is_beside(passage.words, mention.last, first.first)


def _goes_on(words: Words, mention: Mention) -> bool:
    """Whether "vom 5. März" goes on: "an", "bis", or a place on the timeline."""
    return words.low(words.skip(words.skip(mention.last, ")"), ",")) in ("an", "bis", "auf")


def cancels(passage: Passage, mention: Mention) -> bool:
    """Whether the date's sentence takes it out of a series: "am 24. Dezember fällt das Treffen aus"."""
    sentence = _sentence(passage.words, mention)
    return any(word in CANCELLING for word in sentence) or bool(set(sentence) & {"kein", "keine", "nicht"})


def closes(passage: Passage, mention: Mention) -> bool:
    """Whether something is closed on the date: "am 24.12. geschlossen", "bleibt am 24. Dezember zu"."""
    clause = [word for word in _clause_around(passage.words, mention) if word.isalpha()]
    return bool(set(clause) & CLOSINGS) or (clause[-1:] == ["zu"] and bool(set(clause) & STAYING))


def _before(words: Words, index: int, count: int) -> list[str]:
    """The words before a token, without marks, inside its sentence; far away no word has a say."""
    found: list[str] = []
    position, farthest = index - 1, max(index - 2 * FARTHEST, 0)
    while position >= farthest and len(found) < count and words.sentences[position] == words.sentences[index]:
        if words.at(position).kind is Kind.WORD:
            found.append(words.low(position))
        elif words.low(position) in (";", "–", ")"):
            break
        position -= 1
    return found[::-1]


def _clause_before(words: Words, index: int) -> list[str]:
    """The words from the beginning of the clause to a token; a colon does not end it."""
    found: list[str] = []
    for position in range(index - 1, max(index - FARTHEST, 0) - 1, -1):
        if words.sentences[position] != words.sentences[index] or words.low(position) in CLAUSE_MARKS - {":"}:
            break
        found.append(words.low(position))
    return found[::-1]


def _clause_around(words: Words, mention: Mention) -> list[str]:
    """The words of the clause that a date stands in; the date's own commas do not end it."""
    found = _clause_before(words, mention.first)
    for position in range(words.skip(mention.last, ","), mention.last + FARTHEST):
        if words.low(position) in CLAUSE_MARKS or not _same_sentence(words, position, mention):
            break
        found.append(words.low(position))
    return found


def _sentence(words: Words, mention: Mention) -> list[str]:
    """The words of the sentence, at most a fixed number on either side."""
    span = range(max(mention.first - 2 * FARTHEST, 0), mention.last + 2 * FARTHEST)
    return [words.low(position) for position in span if _same_sentence(words, position, mention)]


def _same_sentence(words: Words, position: int, mention: Mention) -> bool:
    return position < len(words.tokens) and words.sentences[position] == mention.sentence

"""Which initiatives are asked for: by topic, umbrella, first letter, and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from aggregator.model.filters import EventFilter, refusal
from aggregator.model.sources import Initiative
from aggregator.model.text import key
from aggregator.model.umbrellas import members_of, umbrellas_of
from web.calendar.choices import Choice, toggled
from web.scene import Scene

NO_LETTER = "#"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the page offers to press: topics, umbrellas and letters, each with its count."""

    topics: tuple[Choice, ...]
    umbrellas: tuple[Choice, ...]
    letters: tuple[Choice, ...]


def refuse_event_filters(wanted: EventFilter) -> None:
    """Refuse what can only be asked of events: it must not silently show every initiative.

    Raises FilterError.
    """
    rest = replace(wanted, topics=(), umbrellas=(), text="")
    for name, _ in parse_qsl(rest.query()):
        raise refusal(
            name, "Danach lassen sich Initiativen nicht auswählen", "Initiatives cannot be chosen by this value"
        )


def chosen(scene: Scene, letter: str = "") -> tuple[Initiative, ...]:
    """The initiatives that the filter and the letter want, in alphabetical order."""
    wanted = scene.wanted
    words = key(wanted.text).split()
    inside = {
        one.id
        for umbrella in wanted.umbrellas
        for one in (scene.initiatives[umbrella], *members_of(umbrella, scene.initiatives))
    }
    found = [
        one
        for one in scene.initiatives.values()
        if (not wanted.topics or set(wanted.topics) & set(one.topics))
        and (not wanted.umbrellas or one.id in inside)
        and (not wanted.text or (words and all(word in searched(one, scene) for word in words)))
        and (not letter or letter_of(one) == letter)
    ]
    return tuple(sorted(found, key=lambda one: (key(one.name), one.id)))


def searched(one: Initiative, scene: Scene) -> str:
    """The normal form of all words by which an initiative is found."""
    topics = " ".join(scene.topic_label(topic) for topic in one.topics)
    umbrella = scene.name_of(one.umbrella) if one.umbrella else ""
    return key(" ".join((one.name, one.kind, one.text, one.place, topics, umbrella)))


def letter_of(one: Initiative) -> str:
    """The letter under which it stands: A to Z, "#" for all others."""
    first = key(one.name)[:1].upper()
    return first if "A" <= first <= "Z" else NO_LETTER


def letter_asked(value: str) -> str:
    """The letter in `?letter=`; "" for none.

    Raises FilterError.
    """
    letter = value.upper()
    if letter and letter != NO_LETTER and not (len(letter) == 1 and "A" <= letter <= "Z"):
        raise refusal("letter", "Hier geht ein Buchstabe von A bis Z", "This must be a letter from A to Z")
    return letter


def choices_of(scene: Scene, letter: str) -> Choices:
    """All that can be pressed; every count is of what that press would show."""
    wanted, links = scene.wanted, scene.links
    without_topics = chosen(replace(scene, wanted=replace(wanted, topics=())), letter)
    by_topic = Counter(topic for one in without_topics for topic in one.topics)
    topics = [
        Choice(
            scene.topic_label(topic.id),
            links.directory(replace(wanted, topics=toggled(wanted.topics, topic.id)), letter),
            by_topic[topic.id],
            topic.id in wanted.topics,
        )
        for topic in scene.settings.topics
        if by_topic[topic.id] or topic.id in wanted.topics
    ]
    by_letter = Counter(letter_of(one) for one in chosen(scene))
    letters = [
        Choice(name, links.directory(wanted, "" if name == letter else name), by_letter[name], name == letter)
        for name in sorted({*by_letter, letter} - {""})
    ]
    by_number = sorted(topics, key=lambda choice: (not choice.is_chosen, -(choice.count or 0), key(choice.label)))
    return Choices(tuple(by_number), tuple(umbrella_choices(scene, letter)), tuple(letters))


def umbrella_choices(scene: Scene, letter: str) -> Iterable[Choice]:
    """Each umbrella with how many it would leave on the page."""
    for umbrella in umbrellas_of(scene.initiatives):
        alone = replace(scene.wanted, umbrellas=(umbrella,))
        is_chosen = umbrella in scene.wanted.umbrellas
        target = replace(scene.wanted, umbrellas=()) if is_chosen else alone
        number = len(chosen(replace(scene, wanted=alone), letter))
        if number or is_chosen:
            yield Choice(scene.name_of(umbrella), scene.links.directory(target, letter), number, is_chosen)

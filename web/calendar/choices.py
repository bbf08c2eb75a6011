"""The filter as things to press: each choice with its count and the address that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from heapq import nlargest

from aggregator.model.filters import WEEKDAYS, EventFilter
from aggregator.model.text import key
from web.calendar.quick import further_conditions, language_words, quick_filters, weekday_words
from web.calendar.whereabouts import circle_words
from web.scene import Scene
from web.typesetting import inner_quotes

SHOWN = 8
# Of a list of thousands, such as all initiatives of a state, those with most to offer; all stand in the directory.
MOST = 60
CHIPS = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; pressing it adds it, or takes it away when it is chosen."""

    label: str
    link: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One filter with its values: the first few, and the rest behind a fold."""

    id: str
    title: str
    shown: tuple[Choice, ...]
    folded: tuple[Choice, ...]


Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """One list in the filter: what is chosen, what a value is called, and how the filter is made anew.

    `order` are the values of a list that has an order of its own; all others come by their counts.
    """

    chosen: Values
    label: Callable[[str], str]
    apply: Callable[[EventFilter, Values], EventFilter]
    order: Values = ()


def facets(scene: Scene) -> tuple[Facet, Facet, Facet, Facet, Facet, Facet]:
    """Topics, initiatives, umbrellas, places, weekdays and languages."""
    wanted = scene.wanted
    weekdays = tuple(WEEKDAYS[number] for number in wanted.weekdays)
    return (
        Facet(wanted.topics, scene.topic_label, with_topics),
        Facet(wanted.initiatives, scene.name_of, with_initiatives),
        Facet(wanted.umbrellas, scene.name_of, with_umbrellas),
        Facet(wanted.places, str, with_places),
        Facet(weekdays, lambda name: weekday_words(WEEKDAYS.index(name), scene), with_weekdays, WEEKDAYS),
        Facet(wanted.languages, lambda code: language_words(code, scene), with_languages),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many events each value would bring, by id or name; those of quick filters by their label."""

    topics: Mapping[str, int]
    initiatives: Mapping[str, int]
    umbrellas: Mapping[str, int]
    places: Mapping[str, int]
    weekdays: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    quick: Mapping[str, int] = field(default_factory=dict)


def groups(counts: Counts, scene: Scene) -> tuple[Group, ...]:
    """The filter groups of the rail, those with nothing to choose left out."""
    say = scene.tongue.gettext
    topics, initiatives, umbrellas, places, weekdays, languages = facets(scene)
    made = (
        group("thema", say("Thema"), counts.topics, topics, scene),
        group("wer", say("Wer"), counts.initiatives, initiatives, scene),
        group("bund", say("Bündnis"), counts.umbrellas, umbrellas, scene),
        group("wo", say("Wo"), counts.places, places, scene),
        group("tag", say("Wochentag"), counts.weekdays, weekdays, scene),
        group("sprache", say("Sprache"), counts.languages, languages, scene),
    )
    return tuple(one for one in made if one.shown)


def group(group_id: str, title: str, counts: Mapping[str, int], facet: Facet, scene: Scene) -> Group:
    """One group: chosen values first, then by count; or in the order of its own."""
    chosen, label, apply = facet.chosen, facet.label, facet.apply

    def rank(value: str) -> tuple[bool, int, str]:
        return value not in chosen, -counts.get(value, 0), key(label(value))

    offered = counts if len(counts) <= 4 * MOST else nlargest(4 * MOST, counts, key=counts.__getitem__)
    ranked = sorted({*offered, *chosen}, key=rank)[: MOST + len(chosen)]
    values = [one for one in facet.order if one in counts or one in chosen] or ranked
    choices = [
        Choice(
            label=label(value),
            link=scene.links.agenda(apply(scene.wanted, toggled(chosen, value))),
            count=counts.get(value, 0),
            is_chosen=value in chosen,
        )
        for value in values
    ]
    cut = len(choices) if len(choices) <= SHOWN + 2 else SHOWN
    return Group(group_id, title, tuple(choices[:cut]), tuple(choices[cut:]))


def toggled(chosen: Values, value: str) -> Values:
    """The values with this one added, or taken away."""
    return tuple(sorted(set(chosen) ^ {value}))


def with_topics(wanted: EventFilter, values: Values) -> EventFilter:
    """The filter with these topics."""
    return replace(wanted, topics=values)


def with_initiatives(wanted: EventFilter, values: Values) -> EventFilter:
    """The filter with these initiatives."""
    return replace(wanted, initiatives=values)


def with_umbrellas(wanted: EventFilter, values: Values) -> EventFilter:
    """The filter with these umbrellas."""
    return replace(wanted, umbrellas=values)


def with_places(wanted: EventFilter, values: Values) -> EventFilter:
    """The filter with these places."""
    return replace(wanted, places=values)


def with_weekdays(wanted: EventFilter, values: Values) -> EventFilter:
    """The filter with these weekdays."""
    return replace(wanted, weekdays=tuple(sorted(map(WEEKDAYS.index, values))))


def with_languages(wanted: EventFilter, values: Values) -> EventFilter:
    """The filter with these spoken languages."""
    return replace(wanted, languages=values)


def chips(counts: Counts, scene: Scene) -> tuple[Choice, ...]:
    """What is chosen now, each with the way out of it, then quick filters, then topics with most to offer."""
    chosen = [Choice(label, scene.links.agenda(without), None, True) for label, without in conditions(scene)]
    quick = [
        Choice(one.label, scene.links.agenda(one.on), counts.quick[one.label], False)
        for one in quick_filters(scene)
        if not one.is_set and counts.quick.get(one.label)
    ]
    topics = sorted(set(counts.topics) - set(scene.wanted.topics), key=lambda topic: (-counts.topics[topic], topic))
    offered = [
        Choice(
            scene.topic_label(topic),
            scene.links.agenda(with_topics(scene.wanted, toggled(scene.wanted.topics, topic))),
            counts.topics[topic],
            False,
        )
        for topic in topics[: max(0, CHIPS - len(quick))]
    ]
    return tuple(chosen + quick + offered)


def conditions(scene: Scene) -> list[tuple[str, EventFilter]]:
    """Every single condition of the filter but its days: how it reads, and the filter without it."""
    wanted, say = scene.wanted, scene.tongue.gettext
    read: list[tuple[str, EventFilter]] = []
    if wanted.text:
        read.append((say("„%(text)s“", text=inner_quotes(wanted.text, scene.language)), replace(wanted, text="")))
    for facet in facets(scene):
        for value in facet.chosen:
            read.append((facet.label(value), facet.apply(wanted, toggled(facet.chosen, value))))
    if wanted.near:
        read.append((circle_words(wanted.near, scene), replace(wanted, near=None)))
    return [*read, *further_conditions(scene)]

"""The quick filters, and how every condition of a filter reads: free of charge, in the evening, on Saturdays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time

from babel import Locale
from babel.dates import get_day_names

from aggregator.export import dates
from aggregator.model.filters import EventFilter
from web.scene import Scene

EVENING = time(18)
ENGLISH = "en"
SIGN_LANGUAGE = "gsg"


@dataclass(frozen=True, slots=True)
class Quick:
    """One quick filter: its words, whether it is set, and the filter with it and without it."""

    label: str
    is_set: bool
    on: EventFilter
    off: EventFilter


def quick_filters(scene: Scene) -> tuple[Quick, ...]:
    """What people look for most, in the order of the page."""
    wanted, say = scene.wanted, scene.tongue.gettext
    evenings = wanted.after == EVENING and wanted.before is None
    english = tuple(sorted({*wanted.languages, ENGLISH}))
    german_only = tuple(code for code in wanted.languages if code != ENGLISH)
    return (
        Quick(say("kostenlos"), wanted.free, replace(wanted, free=True), replace(wanted, free=False)),
        Quick(say("abends"), evenings, replace(wanted, after=EVENING, before=None), replace(wanted, after=None)),
        Quick(say("für Kinder"), wanted.children, replace(wanted, children=True), replace(wanted, children=False)),
        Quick(
            say("barrierefrei"), wanted.accessible, replace(wanted, accessible=True), replace(wanted, accessible=False)
        ),
        Quick(say("online"), wanted.online is True, replace(wanted, online=True), replace(wanted, online=None)),
        Quick(
            language_words(ENGLISH, scene),
            ENGLISH in wanted.languages,
            replace(wanted, languages=english),
            replace(wanted, languages=german_only),
        ),
    )


def further_conditions(scene: Scene) -> Iterable[tuple[str, EventFilter]]:
    """The conditions on time of day and facts: how each reads, and the filter without it."""
    wanted, say = scene.wanted, scene.tongue.gettext
    if wanted.after or wanted.before:
        yield hours_words(wanted, scene), replace(wanted, after=None, before=None)
    if wanted.free:
        yield say("kostenlos"), replace(wanted, free=False)
    if wanted.accessible:
        yield say("barrierefrei"), replace(wanted, accessible=False)
    if wanted.children:
        yield say("für Kinder"), replace(wanted, children=False)
    if wanted.online is not None:
        yield say("online") if wanted.online else say("vor Ort"), replace(wanted, online=None)


def hours_words(wanted: EventFilter, scene: Scene) -> str:
    """The hours at which it begins, in words."""
    say, language = scene.tongue.gettext, scene.language
    first, last = (
        dates.clock_words(hour, language) if hour is not None else "" for hour in (wanted.after, wanted.before)
    )
    if first and last:
        return say("Beginn ab %(first)s und vor %(last)s", first=first, last=last)
    if last:
        return say("Beginn vor %(hour)s", hour=last)
    return say("abends") if wanted.after == EVENING else say("Beginn ab %(hour)s", hour=first)


def weekday_words(weekday: int, scene: Scene) -> str:
    """A weekday's name, 0 is Monday."""
    return str(get_day_names("wide", locale=dates.words_of(scene.language).locale)[weekday])


def language_words(code: str, scene: Scene) -> str:
    """ "auf Englisch"; a code that we cannot name stands for itself."""
    if code == SIGN_LANGUAGE:
        return scene.tongue.gettext("mit Gebärdensprache")
    name = Locale.parse(scene.language).languages.get(code, code)
    return scene.tongue.gettext("auf %(language)s", language=name)

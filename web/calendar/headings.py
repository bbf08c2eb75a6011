"""What a page of the calendar is called."""

from __future__ import annotations

from datetime import timedelta

from aggregator.export import dates
from aggregator.model.times import Window
from web.calendar.choices import conditions
from web.scene import Scene
from web.typesetting import inner_quotes


def agenda_title(here: str, window: Window, scene: Scene) -> str:
    """The heading of an agenda: what people call these days."""
    if scene.saved_title:
        return scene.saved_title
    say, town = scene.tongue.gettext, scene.settings.site.region_name
    named = {
        "today": (say("Heute in %(town)s", town=town), say("Heute")),
        "weekend": (say("Dieses Wochenende in %(town)s", town=town), say("Dieses Wochenende")),
        "week": (say("Die nächsten Tage in %(town)s", town=town), say("Die nächsten Tage")),
    }
    if here in named:
        return named[here][0 if town else 1]
    last = window.last - timedelta(days=1)
    if window.first == last:
        return dates.long_day(window.first, scene.language, with_year=last.year != scene.today.year)
    return dates.day_span(window.first, last, scene.language, with_year=True)


def search_title(total: int, scene: Scene) -> str:
    """The heading of a search."""
    say, text = scene.tongue.gettext, inner_quotes(scene.wanted.text, scene.language)
    if scene.saved_title and total:
        return scene.saved_title
    return say("Nichts gefunden für „%(text)s“", text=text) if not total else say("Suche nach „%(text)s“", text=text)


def list_title(scene: Scene) -> str:
    """The heading of the list of everything that is ahead, or was on before a day."""
    say, last = scene.tongue.gettext, scene.wanted.last
    return say("Was schon vorbei ist") if last and last < scene.today else say("Alles, was kommt")


def month_title(window: Window, scene: Scene) -> str:
    """The heading of a month: "Dezember 2026"."""
    return dates.formatted(window.first, "LLLL", scene.language, with_year=True)


def agenda_subtitle(total: int, window: Window, scene: Scene) -> str:
    """How much is on and when: "58 Termine vom 24. bis 30. November"."""
    last = window.last - timedelta(days=1)
    number = scene.tongue.ngettext("%(num)d Termin", "%(num)d Termine", total)
    if window.first == last:
        return number
    span = dates.day_span(window.first, last, scene.language)
    return scene.tongue.gettext("%(number)s vom %(span)s", number=number, span=span)


def search_subtitle(total: int, scene: Scene) -> str:
    """How much was found, and what else narrowed the search."""
    if scene.wanted.last and scene.wanted.last < scene.today:
        number = scene.tongue.ngettext("%(num)d Termin, der letzte zuerst", "%(num)d Termine, der letzte zuerst", total)
    else:
        number = scene.tongue.ngettext(
            "%(num)d Termin, der nächste zuerst", "%(num)d Termine, der nächste zuerst", total
        )
    narrowing = [words for words, _ in conditions(scene)][1 if scene.wanted.text else 0 :]
    parts = ([number] if total else []) + narrowing
    return ", ".join(parts)


def month_subtitle(total: int, initiatives: int, scene: Scene) -> str:
    """ "148 Termine von 27 Initiativen"."""
    number = scene.tongue.ngettext("%(num)d Termin", "%(num)d Termine", total)
    groups = scene.tongue.ngettext("%(num)d Initiative", "%(num)d Initiativen", initiatives)
    return scene.tongue.gettext("%(number)s von %(groups)s", number=number, groups=groups) if total else number

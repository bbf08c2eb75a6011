"""How the sources are, in words that those who can help will understand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from aggregator.errors import ErrorClass
from aggregator.export import dates
from aggregator.model.health import SourceOverview
from aggregator.model.sources import Source
from aggregator.model.times import EventTime, zone_info
from web.scene import Scene

HELD = (ErrorClass.HELD_EMPTY, ErrorClass.HELD_SHRANK, ErrorClass.HELD_MIXED)
MOST_REMARKS = 20


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong with single events, and how often."""

    sentence: str
    count: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source in the table: `kind` is the class of its state, never its address."""

    id: str
    name: str
    host: str
    kind: str
    icon: str
    word: str
    sentence: str
    read: str
    events: int
    notices: int
    remarks: tuple[Remark, ...]
    remark_count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A number above the table."""

    number: int
    word: str


@dataclass(frozen=True, slots=True)
class Health:
    """All sources: those that need help apart."""

    lines: tuple[SourceLine, ...]

    @property
    def troubled(self) -> tuple[SourceLine, ...]:
        """The sources that need help."""
        return tuple(line for line in self.lines if line.kind in ("held", "bad"))

    @property
    def healthy(self) -> tuple[SourceLine, ...]:
        """All others."""
        return tuple(line for line in self.lines if line.kind not in ("held", "bad"))


def health_of(overviews: Sequence[SourceOverview], scene: Scene) -> Health:
    """The table, in alphabetical order."""
    lines = [source_line(overview, scene) for overview in overviews]
    return Health(tuple(sorted(lines, key=lambda line: (line.name.casefold(), line.id))))


def tallies(health: Health, scene: Scene) -> tuple[Tally, ...]:
    """How many are well, not read yet, and in need of help."""
    say = scene.tongue.gettext
    count = Counter(line.kind for line in health.lines)
    made = (
        Tally(count["ok"], say("in Ordnung")),
        Tally(count["still"], say("noch nicht gelesen")),
        Tally(count["held"] + count["bad"], say("brauchen Hilfe")),
    )
    return tuple(tally for tally in made if tally.number or tally is not made[1])


def source_line(overview: SourceOverview, scene: Scene) -> SourceLine:
    """One source in words."""
    kind = kind_of(overview)
    failure = overview.state.failure
    remarks = Counter(defect.sentence(scene.language) for defect in overview.defects)
    return SourceLine(
        id=overview.source.id,
        name=overview.initiative_name,
        host=where_words(overview.source, scene),
        kind=kind,
        icon={"ok": "check", "still": "clock", "held": "pause", "bad": "warn"}[kind],
        word=state_words(overview, kind, scene),
        sentence=failure.sentence(scene.language) if failure else "",
        read=moment_words(overview.state.last_success_at, scene),
        events=overview.events,
        notices=overview.notices,
        remarks=tuple(Remark(sentence, number) for sentence, number in remarks.most_common(MOST_REMARKS)),
        remark_count=len(overview.defects),
    )


def kind_of(overview: SourceOverview) -> str:
    """Its state: ok, still (not read yet), held (we doubt its answer) or bad."""
    state = overview.state
    if state.held_since or (state.failure and state.failure.error_class in HELD):
        return "held"
    if state.failure:
        return "bad"
    return "ok" if state.last_success_at else "still"


def state_words(overview: SourceOverview, kind: str, scene: Scene) -> str:
    """The state in a few words, a failure with its first day."""
    say, since = scene.tongue.gettext, overview.state.first_failure_at
    if kind == "bad" and since:
        day = EventTime.of_instant(since, scene.zone).local_day(scene.zone)
        return say("gestört seit %(day)s", day=dates.day_span(day, day, scene.language))
    words = {
        "ok": say("in Ordnung"),
        "still": say("noch nicht gelesen"),
        "held": say("zurückgehalten"),
        "bad": say("gestört"),
    }
    return words[kind]


def where_words(source: Source, scene: Scene) -> str:
    """The host of a source and nothing more: the rest of an address may be a secret."""
    if source.is_local:
        return scene.tongue.gettext("Datei auf diesem Rechner")
    try:
        return urlsplit(source.url).hostname or ""
    except ValueError:
        return ""


def moment_words(moment: datetime | None, scene: Scene) -> str:
    """When it was last read well: "heute, 13:05", "21. November"."""
    if moment is None:
        return scene.tongue.gettext("noch nie")
    local = moment.astimezone(zone_info(scene.zone))
    if local.date() == scene.today:
        return scene.tongue.gettext("heute, %(time)s", time=dates.clock(local, scene.language))
    return dates.day_span(local.date(), local.date(), scene.language, with_year=local.year != scene.today.year)

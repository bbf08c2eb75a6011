"""A finished preview as a page shows it; nothing of it tells a stranger what our network looks like from inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aggregator.errors import ErrorClass, Failure
from aggregator.export import dates
from aggregator.model import advice
from aggregator.model.advice import spoken
from aggregator.model.events import EventOccurrence
from aggregator.model.jobs import Job, JobState, PreviewFound
from aggregator.model.preview import Coming, Outcome, Preview
from aggregator.model.registrations import WantedSource
from aggregator.model.secrets import shown_host
from aggregator.store.codec import decode
from web.scene import Scene
from web.suggestions.lines import when_words

# Whether nobody answered, or nobody may be asked: the same words, after the same time.
SILENT = frozenset(
    {ErrorClass.ADDRESS, ErrorClass.DNS, ErrorClass.CONNECT, ErrorClass.TIMEOUT, ErrorClass.TLS, ErrorClass.PROTOCOL}
)
TOLD_AFTER = timedelta(seconds=12)
MOST_FINDINGS = 12
MOST_BRICKS = 24
MUST, SHOULD, GOOD = "must", "should", "good"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say: `kind` is must, should or good."""

    kind: str
    icon: str
    weight: str
    sentence: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One of the next dates."""

    when: str
    hours: str
    title: str
    place: str
    known_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One calendar behind an address; `failure` is set instead when there is none."""

    host: str
    title: str = ""
    kind: str = ""
    failure: str = ""
    help: str = ""
    removed: bool = False
    known_as: bool = False
    events: int = 0
    series: int = 0
    upcoming: int = 0
    notices: int = 0
    known: int = 0
    known_by: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
    maybe: tuple[tuple[str, str, str], ...] = ()

    @property
    def bricks(self) -> tuple[bool, ...]:
        """The coming dates as a row of bricks, those first that are known; none for very many."""
        return (True,) * self.known + (False,) * (self.upcoming - self.known) if self.upcoming <= MOST_BRICKS else ()


def is_told(job: Job, now: datetime) -> bool:
    """Whether the answer may be shown: that nobody answers is told after the same time, whatever the reason."""
    if not job.is_over:
        return False
    if job.state is JobState.FAILED:
        return True
    failure = preview_of(job).preview.failure
    return failure is None or failure.error_class not in SILENT or now >= job.created_at + TOLD_AFTER


def preview_of(job: Job) -> PreviewFound:
    """What the worker found."""
    return decode(PreviewFound, job.result)


def found_of(job: Job, scene: Scene) -> Found:
    """The page's view of a finished job."""
    if job.state is JobState.FAILED:
        return Found("", failure=scene.tongue.gettext("Beim Nachsehen ging etwas schief, das liegt an uns."))
    told = preview_of(job)
    preview, language = told.preview, scene.language
    host = shown_host(preview.pasted) or preview.pasted.partition("/")[0]
    if preview.chosen is None:
        removed = bool(preview.removed)
        cure = scene.tongue.gettext(
            "Im eigenen Kalender heißt die Adresse oft „Abonnieren“, „Teilen“, „iCal“ oder „ICS“; auf WECHANGE genügt"
            " die Adresse der Gruppe."
        )
        return Found(host, failure=why_not(preview.failure, scene), help=cure, removed=removed)
    return Found(
        host=shown_host(preview.chosen.url) or host,
        title=preview.title,
        kind=preview.chosen.reason(language),
        removed=bool(preview.removed),
        known_as=bool(preview.known_as),
        events=preview.events,
        series=preview.series,
        upcoming=preview.upcoming,
        notices=preview.notices,
        known=told.known.count,
        known_by=tuple(scene.name_of(name) for name in told.known.by),
        rows=rows_of(told, scene),
        findings=tuple(findings_of(preview, scene)),
        maybe=maybe_of(preview, scene),
    )


def why_not(failure: Failure | None, scene: Scene) -> str:
    """Why nothing can be read; one sentence for all that would tell where somebody listens."""
    if failure is None or failure.error_class in SILENT:
        return scene.tongue.gettext(
            "Unter dieser Adresse antwortet uns niemand. Bitte prüfen, ob sie stimmt und für alle erreichbar ist."
        )
    return failure.sentence(scene.language)


def rows_of(told: PreviewFound, scene: Scene) -> tuple[Row, ...]:
    """The next dates."""
    known = dict(told.known.dates)
    return tuple(row_of(one, known.get(at, ()), scene) for at, one in enumerate(told.preview.coming))


def row_of(one: Coming, known: Sequence[str], scene: Scene) -> Row:
    """One date."""
    occurrence = EventOccurrence(one.start, one.start, one.end)
    first, last = occurrence.days(scene.zone)
    year = first.year != scene.today.year
    when = (
        dates.short_day(first, scene.language, year)
        if first == last
        else dates.day_span(first, last, scene.language, year)
    )
    return Row(
        when=when,
        hours=dates.times(occurrence, scene.zone, scene.language),
        title=one.title,
        place=one.place,
        known_by=tuple(scene.name_of(name) for name in known),
    )


def maybe_of(preview: Preview, scene: Scene) -> tuple[tuple[str, str, str], ...]:
    """What we are not sure enough of: when, the title, and the words that we read."""
    found = preview.doubtful
    return tuple((when_words(one.suggestion, scene), one.title, one.suggestion.evidence) for one in found)


def findings_of(preview: Preview, scene: Scene) -> list[Finding]:
    """What to change, what would be better, what is good."""
    say, language = scene.tongue.gettext, scene.language
    found = []
    if preview.outcome is Outcome.EMPTY:
        found.append(finding(MUST, scene, spoken(advice.EMPTY, language)))
    elif not preview.events:
        found.append(finding(SHOULD, scene, spoken(advice.NOTICES_ONLY, language)))
    of = say("%(count)s von %(all)s Terminen")
    lacks = (
        (preview.missing.places, advice.PLACES, MUST),
        (preview.missing.ends, advice.ENDS, SHOULD),
        (preview.missing.zones, advice.ZONES, SHOULD),
    )
    for count, sentences, kind in lacks:
        if count:
            number = of % {"count": count, "all": preview.events}
            found.append(finding(kind, scene, f"{number} {spoken(sentences, language)}"))
    groups = Counter((defect.kind, defect.sentence(language), defect.skipped) for defect in preview.defects)
    for (defect, sentence, is_lost), count in groups.most_common(MOST_FINDINGS):
        times = f" ({count}×)" if count > 1 else ""
        cure = advice.of_defect(defect, language)
        found.append(finding(MUST if is_lost else SHOULD, scene, sentence + times, cure))
    if preview.events and not found:
        found.append(finding(GOOD, scene, say("Alle Termine haben Zeit, Ende und Ort.")))
    return sorted(found, key=lambda one: (MUST, SHOULD, GOOD).index(one.kind))


def finding(kind: str, scene: Scene, sentence: str, cure: str = "") -> Finding:
    """A finding of one weight: what keeps dates from people, what would help, praise."""
    say = scene.tongue.gettext
    icon, weight = {
        MUST: ("warn", say("Bitte ändern")),
        SHOULD: ("info", say("Besser wäre")),
        GOOD: ("check", say("Gut so")),
    }[kind]
    return Finding(kind, icon, weight, sentence, cure)


def wanted_of(job: Job) -> WantedSource | None:
    """The source that the job's calendar would become; None where there is no new one."""
    told = preview_of(job) if job.state is JobState.DONE else None
    if told is None or told.source is None or told.preview.known_as:
        return None
    source, preview = told.source, told.preview
    return WantedSource(
        url=source.url,
        format=source.format,
        title=preview.title,
        timezone=source.timezone,
        language=source.language,
        events=preview.upcoming,
        known=told.known.count,
        known_by=told.known.by,
    )

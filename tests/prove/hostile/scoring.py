"""Is one case handled? The scoring rules 1 to 7 of the hostile server's README, each as a list of reasons against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aggregator.model.health import Outcome, SourceReport
from tests.prove.hostile.meters import Reading
from tests.prove.hostile.outputs import oracle, pages
from tests.prove.hostile.town import Town

GOOD = sorted(f"Good event {number}" for number in range(10))
HOUR = timedelta(hours=1)
WORKED = (Outcome.UPDATED, Outcome.UNCHANGED)
# What a first answer may come to. Outcomes of a later answer are judged in the sequence.
FIRST = {
    "accept": WORKED,
    "partial": WORKED,
    "unchanged": (*WORKED, Outcome.REJECTED),
    "reject": (Outcome.REJECTED,),
    "hold": (*WORKED, Outcome.REJECTED),
    "bounded": (*WORKED, Outcome.REJECTED),
}
STORED = ("accept", "partial")
LONGEST, LARGEST = 60.0, 512.0
# Beyond them a feed's series show their first date only.
MOST_OCCURRENCES = 21_000


Span = tuple[int, int] | None


@dataclass(frozen=True)
class Verdict:
    """What became of one case: handled when nothing speaks against it."""

    case: str
    against: tuple[str, ...] = ()
    told: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0
    is_second_try: bool = False


@dataclass(frozen=True)
class Case:
    """One route of the server and what is expected of it."""

    id: str
    expected: dict[str, Any]

    @property
    def outcome(self) -> str:
        return self.expected["outcome"]

    def range(self, name: str) -> Span:
        """A number or a span of numbers as a span."""
        found = self.expected.get(name)
        if found is None:
            return None
        return (found, found) if isinstance(found, int) else (found[0], found[1])


@dataclass(frozen=True)
class Visit:
    """The first visit to a case, and what it took."""

    case: Case
    town: Town
    report: SourceReport
    reading: Reading


def first_visit(case: Case, town: Town, watch: Callable[[], Any]) -> Visit:
    """One fetch of a new feed, measured."""
    with watch() as reading:
        report = town.refresh()
    return Visit(case, town, report, reading)


def against_first_visit(visit: Visit) -> Iterator[str]:
    """Rules 1, 3 and 5 for the first fetch, 6 and 7 after it, and the refetch that must make no doubles."""
    yield from against_outcome(visit)
    yield from against_bounds(visit)
    yield from against_schedule(visit)
    yield from against_output(visit)
    if visit.case.outcome in STORED:
        yield from against_refetch(visit)


def against_outcome(visit: Visit) -> Iterator[str]:
    case, report = visit.case, visit.report
    error = report.failure.error_class.value if report.failure else ""
    if report.outcome not in FIRST[case.outcome] and not is_all_notices(visit):
        yield f"outcome {report.outcome} {error}"
    if report.outcome is Outcome.REJECTED:
        yield from against_refusal(case, report, visit.town)
        return
    events = case.range("events")
    if events and not events[0] <= report.events <= events[1]:
        yield f"{report.events} events instead of {events[0]} to {events[1]}"
    if report.events != len(visit.town.titles()):
        yield f"{report.events} events told, {len(visit.town.titles())} shown"
    skipped = case.range("skipped")
    if case.outcome == "accept" and skipped == (0, 0) and report.skipped:
        yield f"skipped {[defect.kind.value for defect in report.skipped]}"
    if case.outcome == "partial" and not is_told_of_or_whole(visit, events, skipped):
        yield "nothing told of what is left out"
    if any(not defect.sentence("en") or not defect.sentence("de") for defect in report.skipped):
        yield "skipped without a reason"


def is_all_notices(visit: Visit) -> bool:
    """Whether a feed without any date was taken as notices, which is as good as the refusal E_NO_DATES."""
    report = visit.report
    expects = "E_NO_DATES" in visit.case.expected.get("errors", ())
    return expects and report.outcome is Outcome.UPDATED and report.events == 0 and report.notices > 0


def is_told_of_or_whole(visit: Visit, events: Span, skipped: Span) -> bool:
    """Whether what is left out is reported, or nothing had to be: every event is there."""
    may_be_none = skipped is not None and skipped[0] == 0
    return bool(visit.report.skipped) or may_be_none or (events is not None and visit.report.events == events[1])


def against_refusal(case: Case, report: SourceReport, town: Town) -> Iterator[str]:
    assert report.failure is not None
    error = report.failure.error_class.value
    if case.expected.get("errors") and error not in case.expected["errors"] and case.outcome == "reject":
        yield f"refused as {error}"
    if "\n" in report.failure.sentence("de") or not report.failure.sentence("en").endswith("."):
        yield "not one clear sentence"
    if town.titles():
        yield "refused, but events are stored"


def against_bounds(visit: Visit) -> Iterator[str]:
    expected = visit.case.expected
    if visit.reading.seconds > expected.get("max_s", LONGEST):
        yield f"{visit.reading.seconds:.0f} s"
    if visit.reading.megabytes > expected.get("max_mb", LARGEST):
        yield f"{visit.reading.megabytes:.0f} MB"
    most = expected.get("occurrences_max", MOST_OCCURRENCES + visit.report.events)
    if visit.town.occurrences() > most:
        yield f"{visit.town.occurrences()} occurrences"


def against_schedule(visit: Visit) -> Iterator[str]:
    assert visit.report.next_at is not None
    wait = (visit.report.next_at - visit.town.now).total_seconds()
    if not visit.case.expected.get("next_min_s", 900) <= wait <= visit.case.expected.get("next_max_s", 86_400):
        yield f"next visit after {wait:.0f} s"


def against_output(visit: Visit) -> Iterator[str]:
    """Rules 6 and 7: every page and the log are harmless, nothing broke inside, and the scheduler lives."""
    texts = []
    for page in pages(visit.town):
        yield from page.findings()
        texts.append(page.body)
    wanted = visit.case.expected.get("contains", "")
    if wanted.encode() not in b"".join(texts):
        yield f"{wanted!r} is not shown"
    yield from against_log(visit.reading.log)


def against_log(log: str) -> Iterator[str]:
    if "Traceback" in log:
        yield f"a traceback: {log.strip().splitlines()[-1][:200]}"
    yield from (f"log: {each}" for each in oracle().check("text", log.encode()))


def against_refetch(visit: Visit) -> Iterator[str]:
    """A day later the scheduler finds no doubles, and nothing is written where nothing changed."""
    events, town = visit.case.range("events"), visit.town
    generation, bodies = town.generation(), town.overview().state.body_hash
    reports = town.tick(25 * HOUR)
    if not reports or reports[0].outcome not in (*WORKED, Outcome.HELD):
        yield f"a second visit: {[(each.outcome.value, each.failure) for each in reports]}"
    elif events and not events[0] <= len(town.titles()) <= events[1]:
        yield f"{len(town.titles())} events after a second visit"
    if town.overview().state.body_hash == bodies and town.generation() != generation:
        yield "the same body was news"


def against_sequence(case: Case, town: Town) -> Iterator[str]:
    """Rule 2: the ten good events before, during and after; a suspicious answer is told of."""
    before, during, after = town.refresh(), town.refresh(HOUR), None
    yield from against_loss("after the good answer", town, before)
    yield from against_loss("after the bad one", town, during)
    if case.outcome == "hold" and during.outcome is not Outcome.UNCHANGED and not is_told(town, during):
        yield f"held, but told as {during.outcome} {during.failure}"
    after = town.refresh(HOUR)
    yield from against_loss("after the second good one", town, after)
    # After a larger calendar that was believed, the ten are suspiciously few.
    calm = (*WORKED, Outcome.HELD) if during.added else WORKED
    if after.outcome not in calm:
        yield f"not well again: {after.outcome} {after.failure}"


def against_loss(when: str, town: Town, report: SourceReport) -> Iterator[str]:
    shown = town.titles()
    lost = [title for title in GOOD if shown.count(title) != 1]
    if lost:
        yield f"{when} ({report.outcome}): {[(title, shown.count(title)) for title in lost][:3]}"


def is_told(town: Town, report: SourceReport) -> bool:
    """Whether owner and status page learn that the answer is doubted."""
    state, client = town.overview().state, town.client()
    with client.get("/sources?lang=de") as answer:
        page = answer.get_data(as_text=True)
    if report.outcome is Outcome.HELD:
        return state.held_since is not None and "zurückgehalten" in page
    return report.outcome is Outcome.REJECTED and "gestört" in page

"""Whatever feeds, clocks and restarts do, the calendar shows what the rules say: against a model without our code."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from aggregator.model.settings import Settings
from aggregator.pipeline.relink import relink
from aggregator.pipeline.rounds import Round, refresh_due
from aggregator.store import configuration, sources
from aggregator.store.database import Store, open_store
from benchmarks.days.feeds import Feed, Said, serving
from benchmarks.days.ledger import GONE, Ledger
from benchmarks.days.shown import shown
from benchmarks.days.worker import town

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORDS = ("Treffen", "Konzert")
FEEDS = st.integers(0, 1)
# More at once would make a removal look like a broken feed; an empty calendar is believed after three days.
MOST_OF_A_FEED, BLANK_AT_MOST = 4, 60 * HOUR


class Days(RuleBasedStateMachine):
    """Two feeds, the real pipeline between them and its calendar, and the ledger of what it must show."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="buendel-days-"))
        self.feeds, self.ledger, self.numbers = [Feed(0), Feed(1)], Ledger(), count()
        self.serving = serving(self.feeds)
        self.server = self.serving.__enter__()
        self.settings: Settings = town(self.server.origin, len(self.feeds), 5.0, 6.0)
        self.now, self.blank_since = NOON, dict[int, datetime]()

    @initialize()
    def open(self) -> None:
        shutil.copy(Days.template, self.folder / "town.sqlite")
        self.store: Store = open_store(f"sqlite:///{self.folder / 'town.sqlite'}", lambda: bytes(32))
        with self.store.writing() as connection:
            configuration.sync(connection, self.settings)
        for feed in self.feeds:
            self.add(feed.number, 30)
        self.tick()

    template = Path()

    def teardown(self) -> None:
        self.store.close()
        self.serving.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    # --- what happens to the feeds -------------------------------------------------------------------

    def coming(self, number: int) -> list[str]:
        """The entries that are far from over, also for a clock that goes wrong by a day."""
        found = self.feeds[number].listed.items()
        return [uid for uid, said in found if said.start > self.now + 48 * HOUR]

    def live(self, number: int) -> int:
        """How many of its events the calendar may still show as coming."""
        known = {uid for uid, one in self.ledger.known.get(number, {}).items() if one.state != GONE}
        return len(known | self.feeds[number].listed.keys())

    @rule(number=FEEDS, days=st.integers(3, 40))
    def add(self, number: int, days: int) -> None:
        if self.live(number) < MOST_OF_A_FEED:
            uid = f"e{next(self.numbers)}"
            # Never two at one hour: what is the same event is not the question here.
            start = self.now + days * 24 * HOUR + 5 * number * HOUR
            self.feeds[number].put(uid, Said(f"{WORDS[number]} K{number}x{uid} R0", start))

    @rule(number=FEEDS, later=st.integers(0, 2))
    def change(self, number: int, later: int) -> None:
        for uid in self.coming(number)[:1]:
            old = self.feeds[number].listed[uid]
            title = old.title.rpartition(" R")[0] + f" R{next(self.numbers)}"
            self.feeds[number].put(uid, Said(title, old.start + later * HOUR, old.cancelled))

    @rule(number=FEEDS)
    def cancel(self, number: int) -> None:
        for uid in self.coming(number)[-1:]:
            old = self.feeds[number].listed[uid]
            self.feeds[number].put(uid, Said(old.title, old.start, cancelled=True))

    @rule(number=FEEDS)
    def remove(self, number: int) -> None:
        if len(self.feeds[number].listed) > 1:
            for uid in self.coming(number)[-1:]:
                self.feeds[number].drop(uid)

    @rule(number=FEEDS)
    def restore(self, number: int) -> None:
        feed = self.feeds[number]
        back = [uid for uid in feed.removed if self.live(number) < MOST_OF_A_FEED]
        for uid in back[:1]:
            feed.put(uid, feed.removed[uid])

    @rule(number=FEEDS, kind=st.sampled_from(["503", "html", "empty", "cut", "blank"]))
    def fault(self, number: int, kind: str) -> None:
        self.feeds[number].fault = kind
        self.blank_since.pop(number, None)
        if kind == "blank":
            self.blank_since[number] = self.now

    @rule(number=FEEDS)
    def heal(self, number: int) -> None:
        self.feeds[number].fault = ""
        self.blank_since.pop(number, None)

    # --- what happens to us ---------------------------------------------------------------------------

    @rule(hours=st.integers(1, 30))
    def advance(self, hours: int) -> None:
        end = self.now + hours * HOUR
        for number in [number for number, since in self.blank_since.items() if end - since > BLANK_AT_MOST]:
            self.heal(number)
        while (due := self.next_due()) <= end:
            self.now = max(due, self.now)
            self.tick()
        self.now = end

    @rule(hours=st.sampled_from([1, -1, 24, -24]))
    def clock(self, hours: int) -> None:
        self.now += hours * HOUR
        for number, since in self.blank_since.items():
            self.blank_since[number] = min(since, self.now)

    @precondition(lambda self: hasattr(self, "store"))
    @rule()
    def restart(self) -> None:
        self.store.close()
        relink(self.store, self.settings, self.now, whole=True)

    def next_due(self) -> datetime:
        with self.store.reading() as connection:
            times = [state.next_at for _, state in sources.load_active(connection) if state.next_at]
        return min(times)

    def tick(self) -> None:
        refresh_due(Round(self.store, self.settings, lambda: self.now, lambda: 0.0))
        for delivery in self.server.taken()[0]:
            self.ledger.told(delivery.number, delivery.listing, self.now)

    @invariant()
    def the_calendar_is_as_the_ledger_says(self) -> None:
        if hasattr(self, "store"):
            findings = self.ledger.findings(shown(self.store))
            assert findings.is_clean, findings


@pytest.mark.prove
class TestDays(Days.TestCase):
    settings = settings(Days.TestCase.settings, max_examples=settings().max_examples // 5, stateful_step_count=30)

    @pytest.fixture(autouse=True)
    def template(self, sqlite_template: Path) -> None:
        Days.template = sqlite_template

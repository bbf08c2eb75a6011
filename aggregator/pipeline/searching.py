"""From an address to the best calendar behind it: candidate by candidate, with a budget of requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aggregator.discover.shapes import by_shape
from aggregator.discover.wechange import GroupPage, group_page, legacy_feed, profile_addresses, team_feed
from aggregator.errors import ErrorClass, Failure
from aggregator.fetch.client import fetch_from_web
from aggregator.fetch.transport import Network
from aggregator.model.discovery import Candidate, Profile
from aggregator.model.fetching import Body, FetchFailed, NotModified, SourceState
from aggregator.model.preview import Trial
from aggregator.model.records import FeedReading
from aggregator.model.settings import Settings
from aggregator.model.sources import Source
from aggregator.model.times import horizon, zone_info
from aggregator.pipeline.isolation import read_isolated
from aggregator.pipeline.probing import Probe, probe_isolated
from aggregator.pipeline.reading import OUR_KIND, ReadJob

MOST_REQUESTS = 7
PASTED = ("auto", "die eingegebene Adresse", "the address as given")
OTHER_INSTANCE = ("buendel", "Kalender eines anderen Bündel", "the calendar of another Bündel")


@dataclass(frozen=True, slots=True)
class Success:
    """A candidate that could be read, and what it says."""

    candidate: Candidate
    reading: FeedReading

    @property
    def worth(self) -> int:
        """Events are what we look for; notices are better than an empty calendar."""
        records = self.reading.records
        return 2 if any(not record.is_notice for record in records) else 1 if records else 0


class Search:
    """One search; `trials` tells afterwards what was asked, `profile` who publishes, if anybody said so."""

    def __init__(self, settings: Settings, now: datetime, network: Network) -> None:
        self.settings = settings
        self.now = now
        self.network = network
        self.address = ""
        self.trials: list[Trial] = []
        self.profile: Profile | None = None
        self.answers: dict[str, Body | Failure] = {}

    def run(self, address: str) -> Success | None:
        """The best of what lies behind a judged address, None if nothing can be read."""
        self.address = address
        group = group_page(address)
        queue = [*self.of_group(group), *by_shape(address), Candidate(address, *PASTED)]
        best = self.best_of(queue)
        if best and group and group.team:
            self.look_up_profile(group)
        return best

    def best_of(self, queue: Sequence[Candidate]) -> Success | None:
        """Try one after the other until one has events; what a page leads to is tried before the rest."""
        best: Success | None = None
        waiting, tried = list(queue), set()
        while waiting and (best is None or best.worth < 2):
            candidate = waiting.pop(0)
            if (candidate.url, candidate.format) in tried:
                continue
            tried.add((candidate.url, candidate.format))
            answer = self.ask(candidate)
            if isinstance(answer, Body) and candidate.format == "auto":
                waiting = [*self.probe(answer).candidates, *waiting]
            result = self.read(candidate, answer)
            if isinstance(result, Success) and (best is None or result.worth > best.worth):
                best = result
            elif result == Failure(ErrorClass.NOT_A_FEED, OUR_KIND) and candidate.format != OTHER_INSTANCE[0]:
                waiting.insert(0, Candidate(candidate.url, *OTHER_INSTANCE, rank=candidate.rank))
        return best

    def ask(self, candidate: Candidate) -> Body | Failure | None:
        """The answer of an address, asked once; None when the budget of requests is spent."""
        if candidate.url not in self.answers:
            if len(self.answers) >= MOST_REQUESTS:
                return None
            answer = fetch_from_web(self.source(candidate), SourceState(), self.settings.fetch, self.now, self.network)
            self.answers[candidate.url] = failure_or_body(answer)
        return self.answers[candidate.url]

    def read(self, candidate: Candidate, answer: Body | Failure | None) -> Success | Failure | None:
        """What an answer says as a calendar; told in `trials`, but for a page that is only a way to others."""
        if answer is None:
            return None
        result = answer if isinstance(answer, Failure) else self.reading_of(candidate, answer)
        if isinstance(result, Failure):
            self.trials.append(Trial(candidate, result))
            return result
        notices = sum(record.is_notice for record in result.records)
        events = sum(not (record.is_notice or record.is_override) for record in result.records)
        self.trials.append(Trial(candidate, events=events, notices=notices))
        return Success(candidate, result)

    def reading_of(self, candidate: Candidate, body: Body) -> FeedReading | Failure:
        """The records of an answer, read in a child."""
        settings = self.settings
        window = horizon(self.now.astimezone(zone_info(settings.site.timezone)).date())
        source = self.source(candidate)
        return read_isolated(ReadJob(body, source, settings.topics, window, settings.reading, settings.site.origin))

    def source(self, candidate: Candidate) -> Source:
        """The source that the candidate would become."""
        site = self.settings.site
        wanted = candidate.format
        return Source("preview", "preview", candidate.url, wanted, timezone=site.timezone, language=site.languages[0])

    def probe(self, body: Body) -> Probe:
        """What a page or an API answer leads to."""
        return probe_isolated(body, self.settings.reading)

    def of_group(self, group: GroupPage | None) -> list[Candidate]:
        """The calendar of the WECHANGE group whose page was pasted; its API tells the number of the group."""
        if group is None or group.team:
            return []
        self.look_up_profile(group)
        if self.profile and self.profile.team is not None:
            return [team_feed(group, self.profile.team)]
        legacy = legacy_feed(group)
        return [legacy] if legacy else []

    def look_up_profile(self, group: GroupPage) -> None:
        """Ask the portal's API who the group is."""
        for url in profile_addresses(group):
            answer = self.ask(Candidate(url, *PASTED))
            if isinstance(answer, Body) and (profile := self.probe(answer).profile):
                self.profile = profile
                return


def failure_or_body(answer: Body | NotModified | FetchFailed) -> Body | Failure:
    """The answer to an unconditional request in two words."""
    if isinstance(answer, FetchFailed):
        return answer.failure
    return answer if isinstance(answer, Body) else Failure(ErrorClass.PROTOCOL, "304")

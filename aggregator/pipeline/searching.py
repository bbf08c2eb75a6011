"""From an address to the best calendar behind it: candidate by candidate, with a budget of requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from aggregator.discover.shapes import by_shape
from aggregator.discover.wechange import GroupPage, group_page, legacy_feed, profile_addresses, team_feed
from aggregator.errors import ErrorClass, Failure
from aggregator.fetch.client import fetch_from_web
from aggregator.fetch.transport import Network
from aggregator.model.discovery import Candidate, Profile
from aggregator.model.fetching import Body, FetchFailed, NotModified, SourceState
from aggregator.model.preview import Trial
from aggregator.model.records import FeedReading
from aggregator.model.secrets import holds_secret, shown_host
from aggregator.model.settings import Settings
from aggregator.model.sources import Source
from aggregator.model.times import horizon, zone_info
from aggregator.pipeline.isolation import read_isolated
from aggregator.pipeline.probing import Probe, probe_isolated
from aggregator.pipeline.reading import OUR_KIND, ReadJob

MOST_REQUESTS = 7
MOST_WORTH = 2
# Nobody is there: the other addresses of this host are not asked in vain.
UNREACHABLE = (ErrorClass.ADDRESS, ErrorClass.DNS, ErrorClass.CONNECT, ErrorClass.TIMEOUT)
PASTED = ("auto", "die eingegebene Adresse", "the address as given")
# Their first page tells of the service, not of the group whose calendar lies there.
SERVICES = ("google.com", "office365.com", "office.com", "live.com", "icloud.com", "wordpress.com")
WEBSITE_FORMATS = ("ics", "rss", "atom", "html")
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
        return MOST_WORTH if any(not record.is_notice for record in records) else 1 if records else 0


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
        self.tried: set[tuple[str, str]] = set()
        self.settled: set[str] = set()
        self.unreachable: dict[str, Failure] = {}

    def run(self, address: str) -> Success | None:
        """The best of what lies behind a judged address, None if nothing can be read."""
        self.address = address
        group = group_page(address)
        queue = [*self.of_group(group), *by_shape(address), Candidate(address, *PASTED)]
        best = self.best_of(queue)
        if best and group and group.team:
            self.look_up_profile(group)
        if best and self.profile is None and is_of_a_website(address, best):
            self.look_up_website(address)
        return best

    def best_of(self, queue: Sequence[Candidate]) -> Success | None:
        """Try one after the other until one has events; what a page leads to is tried before the rest."""
        best: Success | None = None
        waiting = list(queue)
        while waiting and (best is None or best.worth < MOST_WORTH):
            candidate = waiting.pop(0)
            if candidate.url in self.settled or (candidate.url, candidate.format) in self.tried:
                continue
            result = self.attempt(candidate)
            if isinstance(result, Success):
                best = max(best or result, result, key=lambda success: success.worth)
            else:
                waiting = [*result, *waiting]
        return best

    def attempt(self, candidate: Candidate) -> Success | tuple[Candidate, ...]:
        """Ask and read one candidate; when it is no calendar itself, the candidates that it leads to."""
        answer = self.ask(candidate)
        if answer is None:
            return ()
        self.tried.add((candidate.url, candidate.format))
        probe = self.probe(answer) if isinstance(answer, Body) and candidate.format == "auto" else Probe()
        self.profile = self.profile or probe.profile
        further = probe.candidates
        # A page that names calendars is not read itself, unless it marks up its events and says no better.
        result = Failure(ErrorClass.NOT_A_FEED, "HTML") if further else self.read(candidate, answer)
        if isinstance(result, Failure):
            self.trials.append(Trial(candidate, result, leads_to=len(further)))
            is_marked = result == Failure(ErrorClass.NOT_A_FEED, OUR_KIND)
            return (Candidate(candidate.url, *OTHER_INSTANCE, rank=candidate.rank),) if is_marked else further
        notices = sum(record.is_notice for record in result.records)
        events = sum(not (record.is_notice or record.is_override) for record in result.records)
        self.trials.append(Trial(candidate, events=events, notices=notices))
        self.settled.add(candidate.url)
        return Success(candidate, result)

    def ask(self, candidate: Candidate) -> Body | Failure | None:
        """The answer of an address, asked once; None when the budget of requests is spent."""
        if candidate.url not in self.answers:
            if len(self.answers) >= MOST_REQUESTS:
                return None
            self.answers[candidate.url] = self.unreachable.get(shown_host(candidate.url)) or self.fetched(candidate)
        return self.answers[candidate.url]

    def fetched(self, candidate: Candidate) -> Body | Failure:
        """The answer of an address that was not asked yet."""
        source = self.source(candidate)
        found = failure_or_body(fetch_from_web(source, SourceState(), self.settings.fetch, self.now, self.network))
        if isinstance(found, Failure) and found.error_class in UNREACHABLE:
            self.unreachable[shown_host(candidate.url)] = found
        return found

    def read(self, candidate: Candidate, answer: Body | Failure) -> FeedReading | Failure:
        """What an answer says as a calendar, read in a child."""
        if isinstance(answer, Failure):
            self.settled.add(candidate.url)
            return answer
        settings = self.settings
        window = horizon(self.now.astimezone(zone_info(settings.site.timezone)).date())
        source = self.source(candidate)
        return read_isolated(ReadJob.of(answer, source, window, settings))

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

    def look_up_website(self, address: str) -> None:
        """Ask the first page of the website on which the calendar lies who they are."""
        answer = self.ask(Candidate(urljoin(address, "/"), *PASTED))
        if isinstance(answer, Body):
            self.profile = self.probe(answer).profile


def is_of_a_website(address: str, best: Success) -> bool:
    """Whether the calendar lies on its owner's website, not with a service that many use, nor behind a share link."""
    host = shown_host(address).lower()
    is_service = any(host == each or host.endswith(f".{each}") for each in SERVICES)
    is_plain = best.reading.format in WEBSITE_FORMATS and not holds_secret(address)
    return is_plain and not is_service and not by_shape(address) and group_page(address) is None


def failure_or_body(answer: Body | NotModified | FetchFailed) -> Body | Failure:
    """The answer to an unconditional request in two words."""
    if isinstance(answer, FetchFailed):
        return answer.failure
    return answer if isinstance(answer, Body) else Failure(ErrorClass.PROTOCOL, "304")

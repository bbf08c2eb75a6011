"""What a pasted address would give: the one front door of `check` and of the registration page. Stores nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.discover.shapes import with_scheme
from aggregator.discover.wechange import group_page
from aggregator.errors import ErrorClass, Failure
from aggregator.fetch.addresses import exempt_origins, judge
from aggregator.fetch.client import REAL_NETWORK
from aggregator.fetch.transport import Network
from aggregator.model.discovery import Candidate
from aggregator.model.preview import Outcome, Preview
from aggregator.model.secrets import LONGEST_SHOWN, holds_secret, masked, public_form
from aggregator.model.settings import FetchSettings, Settings
from aggregator.model.sources import Source
from aggregator.parse.buendel import is_ours
from aggregator.pipeline.reading import OUR_KIND
from aggregator.pipeline.searching import Search, Success
from aggregator.pipeline.understood import SHOWN, dated, doubtful, due, missing, upcoming


def preview(
    address: str, settings: Settings, known: Sequence[Source], now: datetime, network: Network = REAL_NETWORK
) -> Preview:
    """Look for a calendar behind an address and tell what we would take from it. Never raises.

    At most a handful of requests, each under the rules of every fetch. `known` are the sources that are pulled
    already; `now` is aware.
    """
    return look_behind(address, settings, known, now, network)[0]


def look_behind(
    address: str, settings: Settings, known: Sequence[Source], now: datetime, network: Network = REAL_NETWORK
) -> tuple[Preview, Success | None]:
    """The same, with the feed that was chosen and all that it says."""
    whole = with_scheme(address)
    form = public_form(whole)
    if form.refused_reason:
        return Preview(masked(whole), Outcome.REFUSED, failure=Failure(ErrorClass.SECRET, form.refused_reason)), None
    # As it was typed, unless we had to take something out or to look for it in a piece of HTML.
    typed = address.strip()
    shown = masked(form.url) if holds_secret(whole) or not whole.endswith(typed) else typed[:LONGEST_SHOWN]
    told = Preview(shown, Outcome.NOTHING_FOUND, removed=form.removed)
    targets = judge(form.url, exempt_origins(settings.fetch))
    if isinstance(targets, Failure):
        return replace(told, outcome=Outcome.REFUSED, failure=targets), None
    # Nobody is to be sent round in circles, nor to read our own pages for a stranger.
    if is_ours(form.url, settings.site.origin):
        return replace(told, outcome=Outcome.REFUSED, failure=Failure(ErrorClass.NOT_A_FEED, OUR_KIND)), None
    search = Search(settings, now, network)
    success = search.run(form.url)
    told = replace(told, trials=tuple(search.trials), profile=search.profile)
    if success is None:
        return replace(told, failure=_reason(search)), None
    return _with_reading(told, success, now, _known_as(success.candidate, known, settings.fetch)), success


def _with_reading(told: Preview, success: Success, now: datetime, known_as: str) -> Preview:
    reading = success.reading
    events = dated(reading)
    dates = upcoming(reading, now)
    return replace(
        told,
        outcome=Outcome.READABLE if reading.records else Outcome.EMPTY,
        chosen=success.candidate,
        format=reading.format,
        title=reading.title,
        singles=sum(not record.is_series for record in events),
        series=sum(record.is_series for record in events),
        notices=sum(record.is_notice for record in reading.records),
        upcoming=len(dates),
        coming=dates[:SHOWN],
        defects=reading.defects,
        missing=missing(reading),
        known_as=known_as,
        doubtful=doubtful(reading, now),
        due=due(reading, now),
    )


def _reason(search: Search) -> Failure:
    """Why nothing was found: what the address itself answered, not what our guesses did."""
    own = [trial.failure for trial in search.trials if trial.failure and trial.candidate.url == search.address]
    others = [trial.failure for trial in search.trials if trial.failure]
    return (own or others or [Failure(ErrorClass.NOT_A_FEED)])[0]


def _known_as(candidate: Candidate, known: Sequence[Source], settings: FetchSettings) -> str:
    """The id of the source that has this address already; http and https count as one."""
    wanted = _normal(candidate.url, settings)
    return next((source.id for source in known if wanted and _normal(source.url, settings) == wanted), "")


def _normal(url: str, settings: FetchSettings) -> str:
    """The address as it is compared; WECHANGE's calendar by its group."""
    targets = judge(public_form(with_scheme(url)).url, exempt_origins(settings))
    if isinstance(targets, Failure):
        return ""
    page = group_page(targets[0].url)
    if page and page.team:
        return f"{page.portal}/events/team/{page.team}".partition("://")[2]
    return targets[0].url.partition("://")[2].rstrip("/")

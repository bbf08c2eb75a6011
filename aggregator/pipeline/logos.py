"""Copies the logo of an initiative that said yes to it, by the rules of every fetch; visitors never ask its website."""

from __future__ import annotations

from datetime import datetime

from aggregator.fetch.client import fetch_from_web
from aggregator.fetch.transport import Network
from aggregator.model.fetching import Body, SourceState
from aggregator.model.jobs import LogoWish
from aggregator.model.pictures import Picture, hung_picture, without_hidden
from aggregator.model.settings import FetchSettings
from aggregator.model.sources import Source

# A logo is small; what is larger is a photograph, or a mistake.
MOST_BYTES = 300_000


def fetched_logo(wish: LogoWish, settings: FetchSettings, now: datetime, network: Network) -> Picture | None:
    """The picture without hidden data; None if there is none that we can show."""
    answer = fetch_from_web(Source("logo", wish.initiative, wish.url), SourceState(), settings, now, network)
    content = answer.content if isinstance(answer, Body) else b""
    is_picture = 0 < len(content) <= MOST_BYTES and without_hidden(content)[1]
    return hung_picture(content, wish.alt) if is_picture else None

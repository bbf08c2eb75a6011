"""All pages of the console."""

from __future__ import annotations

from web.manage.alliance import together
from web.manage.dates import owners_dates
from web.manage.events import owners_events
from web.manage.filters import short_addresses
from web.manage.leaving import leaving
from web.manage.overview import overview
from web.manage.pictures import hung
from web.manage.profile import profile
from web.manage.sources import calendars
from web.manage.suggestions import doubtful

CONSOLE = (
    overview,
    profile,
    hung,
    calendars,
    owners_events,
    owners_dates,
    doubtful,
    together,
    short_addresses,
    leaving,
)

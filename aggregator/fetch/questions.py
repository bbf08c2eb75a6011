"""Sources that are asked a question by POST instead of a plain GET: Mobilizon's GraphQL. Pure.

The question holds nothing secret and changes nothing there, so it may be asked again wherever the server
redirects to, under the same rules as every request.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from aggregator.model.sources import Source

GROUP = re.compile(r"^/@(?P<name>[\w.-]+)")
MOST_EVENTS = 100
HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}
# Only what we read; of people nothing but the group's own name.
FIELDS = """total elements { uuid url title description beginsOn endsOn status visibility draft updatedAt language
 onlineAddress tags { title } options { isOnline } attributedTo { name preferredUsername }
 physicalAddress { description street postalCode locality geom } }"""
OF_GROUP = f"""query ($name: String!, $after: DateTime, $limit: Int) {{ group(preferredUsername: $name) {{
 name organizedEvents(afterDatetime: $after, limit: $limit) {{ {FIELDS} }} }} }}"""
OF_INSTANCE = f"""query ($after: DateTime, $limit: Int) {{
 searchEvents(beginsOn: $after, limit: $limit) {{ {FIELDS} }} }}"""


def question(source: Source, address: str, now: datetime) -> tuple[str, bytes | None]:
    """Where to send a request for `source`, and the body to POST; None for a GET.

    `address` is that of the group's page or of the instance; events from the beginning of `now`'s day (UTC) on
    are asked for.
    """
    if source.format != "mobilizon":
        return address, None
    group = GROUP.match(urlsplit(address).path)
    variables = {"after": now.replace(hour=0, minute=0, second=0, microsecond=0).isoformat(), "limit": MOST_EVENTS}
    if group:
        asked = {"query": OF_GROUP, "variables": {"name": group["name"], **variables}}
    else:
        asked = {"query": OF_INSTANCE, "variables": variables}
    return urljoin(address, "/api"), json.dumps(asked).encode()

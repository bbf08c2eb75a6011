"""What it costs to publish one changed event, in processor milliseconds; the median of so many changes.

    python -m benchmarks.publish SOURCES_YAML DATABASE_URL TIMES

Prints one line of JSON: `write` puts the event and its rows into the store, `stretch` makes its stretch of the merged
calendar anew, `answer` is the first request for that calendar afterwards, gzip accepted.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from aggregator.clock import fixed_clock
from aggregator.config.loading import load_settings
from aggregator.export.ics import block, render_event
from aggregator.model.filters import EventFilter
from aggregator.model.linkage import Member, Relation
from aggregator.model.publishing import EventChanges, EventToWrite
from aggregator.store import events, feed_blocks, queries
from aggregator.store.database import open_store
from benchmarks.ours import NOW
from web.application import create_app

GZIP = {"Accept-Encoding": "gzip"}


def main() -> None:
    sources, url, times = sys.argv[1:]
    settings = load_settings(Path(sources), {})
    store = open_store(url)
    with store.writing() as connection:
        feed_blocks.renew(connection, block)
    client = create_app(store, settings, fixed_clock(NOW)).test_client()
    client.get("/calendar.ics", headers=GZIP)
    with store.reading() as connection:
        changed = queries.recently_changed(connection, EventFilter(), int(times))
    told: dict[str, list[float]] = {"write": [], "stretch": [], "answer": []}
    known = {one.id: one for one in settings.initiatives}
    for number, one in enumerate(changed):
        new = replace(one, event=replace(one.event, title=f"{one.event.title} {number}"))
        rendered = render_event(new, settings.site, known, settings.topics)
        change = EventToWrite(new, rendered, (Member(new.identity.founder, Relation.SAME),))
        with store.writing() as connection:
            at = time.process_time()
            events.write(connection, EventChanges(events=(change,)), settings.site.timezone)
            told["write"].append(time.process_time() - at)
            at = time.process_time()
            feed_blocks.renew(connection, block)
            told["stretch"].append(time.process_time() - at)
        at = time.process_time()
        assert client.get("/calendar.ics", headers=GZIP).status_code == 200
        told["answer"].append(time.process_time() - at)
    print(json.dumps({name: median(seconds) * 1000 for name, seconds in told.items()}))


if __name__ == "__main__":
    main()

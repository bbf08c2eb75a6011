"""What is newly announced or changed as JSON Feed 1.1, with an extension that holds the whole event."""

from __future__ import annotations

import json
from collections.abc import Sequence

from aggregator.export.announcing import announce
from aggregator.export.characters import one_line
from aggregator.export.description import FeedDescription
from aggregator.export.events_json import JsonObject, event_object
from aggregator.model.events import PublishedEvent

VERSION_OF_FORMAT = "https://jsonfeed.org/version/1.1"


def render_json_feed(entries: Sequence[PublishedEvent], feed: FeedDescription) -> bytes:
    """The feed in UTF-8, its items in the order given."""
    document: JsonObject = {
        "version": VERSION_OF_FORMAT,
        "title": one_line(feed.title),
        "home_page_url": feed.page_url,
        "feed_url": feed.self_url,
        "language": feed.language,
        "items": [item_object(published, feed) for published in entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def item_object(published: PublishedEvent, feed: FeedDescription) -> JsonObject:
    """One item; extensions begin with an underscore and say what they are in `about`."""
    announced = announce(published, feed)
    event = event_object(published, feed.site, feed.initiatives, feed.topics, feed.language)
    return {
        "id": announced.id,
        "url": announced.url,
        "title": announced.title,
        "content_text": announced.text,
        "date_published": announced.published.isoformat(),
        "date_modified": announced.updated.isoformat(),
        "authors": [{"name": name} for name in announced.initiatives],
        "tags": [label for _, label in announced.topics],
        "language": published.event.language or feed.language,
        "_event": {"about": f"{feed.site.base_url}/api/v1/openapi.json", **event},
    }

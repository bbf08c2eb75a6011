"""Answers of WECHANGE that belong to another group.

Its feeds are kept in memory between requests, and two requests at the same moment may mix them up: a group's address
then answers with another group's events (wechange.md section 1.4). Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from aggregator.model.records import Record, StoredRecord
from aggregator.normalise.identity import wechange_page
from aggregator.pipeline.absence import BELIEVED_AFTER
from aggregator.pipeline.recognising import is_over

Page = tuple[str, str, str]


def is_of_another_group(
    stored: Sequence[StoredRecord], fresh: Sequence[Record], held_since: datetime | None, now: datetime
) -> bool:
    """Whether an answer holds only events of other groups than all that we know of this source.

    A renamed group keeps the last parts of its addresses, so it is recognised. Told for 72 hours, an answer is
    believed: then it is the truth.
    """
    if held_since is not None and now - held_since >= BELIEVED_AFTER:
        return False
    coming = [each.record for each in stored if not each.withdrawn_at and not is_over(each.record, now)]
    ours, theirs = pages(coming), pages(fresh)
    if not ours or not theirs:
        return False
    is_new_group = {page[:2] for page in ours}.isdisjoint(page[:2] for page in theirs)
    return is_new_group and {page[2] for page in ours}.isdisjoint(page[2] for page in theirs)


def pages(records: Iterable[Record]) -> set[Page]:
    """The WECHANGE pages (host, group, event) that records are known by."""
    return {page for record in records if (page := wechange_page(record.uid))}

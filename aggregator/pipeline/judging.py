"""What a person said of a held answer, laid over what the rules of absence decide; pure."""

from __future__ import annotations

from dataclasses import replace

from aggregator.errors import ErrorClass
from aggregator.model.fetching import SourceState
from aggregator.model.records import RecordChanges
from aggregator.store.held import ACCEPT, KEEP, HeldAnswer


def as_judged(state: SourceState, judged: HeldAnswer | None) -> SourceState:
    """The state under a person's verdict: an answer that is not to be believed never grows old enough for it."""
    keeps = judged is not None and judged.verdict == KEEP
    return replace(state, held_since=None) if keeps else state


def judge(changes: RecordChanges, judged: HeldAnswer | None) -> RecordChanges:
    """The changes as a person accepted or kept them.

    Accepted: what they saw vanish is gone at once; what they did not see is held. Kept: what they saw stays, also when
    so little of it is still to come that its absence alone would be believed.
    """
    if judged is not None and judged.verdict == KEEP:
        return kept(changes, set(judged.lost))
    accepted = set(judged.lost) if judged is not None and judged.verdict == ACCEPT else set()
    if not changes.held or not set(changes.lost) <= accepted:
        return changes
    withdrawn = tuple(sorted({*changes.withdrawn, *changes.lost}))
    return replace(changes, held="", held_detail="", lost=(), withdrawn=withdrawn)


def kept(changes: RecordChanges, wanted: set[str]) -> RecordChanges:
    """The changes without the absence of what is to be kept; as long as there is any, the answer stays held."""
    lacking = wanted & {*changes.missing, *changes.withdrawn}
    if changes.held or not lacking:
        return changes
    return replace(
        changes,
        held=ErrorClass.HELD_SHRANK,
        held_detail=f"{len(lacking)}/{len(wanted)}",
        lost=tuple(sorted(lacking)),
        missing=tuple(one for one in changes.missing if one not in lacking),
        withdrawn=tuple(one for one in changes.withdrawn if one not in lacking),
    )

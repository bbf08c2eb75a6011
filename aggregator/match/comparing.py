"""One small function per feature: at which level two faces stand to each other.

A feature gives a level (a word) and, where it has one, an amount in bits; `weights.py` says what that is worth, and
`seeing.py` what was seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from aggregator.match.corpus import COMMON_PARTS, Corpus, minute_of_day
from aggregator.match.groups import are_two_groups, is_one_group, organiser_level
from aggregator.match.moments import NEAR, end_level, minutes, start_level
from aggregator.match.spots import place_level, place_of_text, room_level
from aggregator.match.standardising import Face
from aggregator.match.texts import (
    Shared,
    bits,
    compared_titles,
    is_in_other_area,
    names_beside,
    share_compound,
    shared_of,
    tell_one_thing,
)

# Levels of the feature "place" that let even a common title count (rule 9 of docs/design.md).
AGREEING = frozenset({"venue", "address", "point", "name", "named", "implied", "both_mention", "online"})
# Those which say that it is not one place.
APART = frozenset(
    {"differs", "far", "elsewhere", "away", "unclear", "corrected", "beside", "street", "root", "overlap"}
)

# Starts that need one title to agree at all.
HALF_TIMES = ("all_day", "near", "shifted", "same_end")


@dataclass(frozen=True)
class Pair:
    """Two faces with what their words share."""

    left: Face
    right: Face
    shared: Shared
    corpus: Corpus

    @cached_property
    def place(self) -> str:
        """How their places relate, whatever else they say."""
        return place_level(self.left.spot, self.right.spot)

    @property
    def shared_title(self) -> frozenset[str]:
        """The words of both titles."""
        return frozenset(word for word, _ in self.shared.title)

    @property
    def is_instance(self) -> bool:
        """Whether a single meets a date of a series."""
        return bool(self.right.occurrence)


class Finding(NamedTuple):
    """One feature of a pair: its name, level and amount."""

    name: str
    level: str
    amount: float = 1.0


def paired(left: Face, right: Face, corpus: Corpus) -> Pair:
    """Two faces ready to be compared."""
    return Pair(left, right, shared_of(left, right, corpus), corpus)


def compare(pair: Pair) -> list[Finding]:
    """All features of a pair, always in the same order."""
    return [feature(pair) for feature in FEATURES]


def compare_start(pair: Pair) -> Finding:
    """Good at telling dates apart; one source may mean doors, set-up or another zone, hence the many levels."""
    level = start_level(pair.left, pair.right)
    first = pair.left.times[0]
    rarity = pair.corpus.start_rarity(minute_of_day(first)) if level == "equal" else 1.0
    return Finding("start", level, rarity)


def compare_end(pair: Pair) -> Finding:
    """Good at confirming one start; bad alone, since evenings end at ten everywhere."""
    return Finding("end", end_level(pair.left, pair.right))


def compare_place(pair: Pair) -> Finding:
    """Good where names, addresses or coordinates meet; bad at what a text mentions only by the way."""
    left, right = pair.left, pair.right
    level = pair.place
    if level in APART and (meets_before(left, right) or meets_before(right, left)):
        level = "gathering"
    if level not in AGREEING and (is_in_other_area(left, right) or is_in_other_area(right, left)):
        level = "other_area"
    return Finding("place", level)


def meets_before(one: Face, other: Face) -> bool:
    """Whether people meet somewhere first, to go to the other together."""
    return one.spot.gathering and 0 < minutes(one.times[0], other.times[0]) <= NEAR


def compare_room(pair: Pair) -> Finding:
    """Good at two events of one house; bad at rooms that have two names."""
    return Finding("room", room_level(pair.left.spot, pair.right.spot))


def compare_title(pair: Pair) -> Finding:
    """Good at rare words in whatever spelling; common ones ("Plenum") tell next to nothing. In bits."""
    amount = bits(pair.shared.title)
    return Finding("title", "shared" if amount else "none", amount or 1.0)


def compare_cover(pair: Pair) -> Finding:
    """Good at nicknames and subtitles: whether the shorter title is found whole in the longer one."""
    left, right = compared_titles(pair.left, pair.right)
    if not pair.shared.title and (is_guest(pair.left, pair.right) or is_guest(pair.right, pair.left)):
        return Finding("cover", "guest")
    if not (pair.left.title_words and pair.right.title_words) and not pair.shared.title:
        return Finding("cover", "empty")
    cover, is_common = pair.shared.cover, all(word in COMMON_PARTS for word, _ in pair.shared.title)
    if cover and is_common:
        if are_two_groups(pair.left, pair.right, pair.shared_title):
            return Finding("cover", "other_group")
        place = pair.place
        # Behind one house number several groups may have their open meeting.
        is_equal = left == right and place != "address"
        is_agreed = place in AGREEING or is_one_group(pair.left, pair.right)
        if not is_agreed:
            return Finding("cover", "compound" if share_compound(pair.left, pair.right, pair.corpus) else "common_only")
        return Finding("cover", "equal_common" if is_equal else "common")
    if left == right:
        return Finding("cover", "equal")
    if not cover:
        return Finding("cover", told_level(pair))
    return Finding("cover", "whole" if cover >= 0.95 else "half" if cover >= 0.45 else "part")


def told_level(pair: Pair) -> str:
    """What two titles without a common word have to do with each other: long texts of one house have some in common."""
    if not pair.shared.across:
        return "none"
    return "hinted" if start_level(pair.left, pair.right) in HALF_TIMES else "told"


def is_guest(host: Face, guest: Face) -> bool:
    """Whether a house's own calendar says only who comes, as hosts do."""
    return host.spot.at_home and host.title_words <= COMMON_PARTS and guest.initiative in host.named_in_title


def compare_rest(pair: Pair) -> Finding:
    """Good at look-alikes, whose titles each say something of which the other announcement knows nothing. In bits."""
    return Finding("rest", "both" if pair.shared.rest else "none", pair.shared.rest or 1.0)


def compare_across(pair: Pair) -> Finding:
    """Good at two titles for one thing: a word of one title stands in the other's text. In bits."""
    amount = bits(pair.shared.across)
    return Finding("across", "shared" if amount else "none", amount or 1.0)


def compare_text(pair: Pair) -> Finding:
    """Good at names and numbers of a programme; bad at phrases that everybody uses. In bits, rarest words only."""
    if not pair.left.wording.text or not pair.right.wording.text:
        return Finding("text", "untold")
    amount = bits(pair.shared.text)
    return Finding("text", "shared" if amount else "none", amount or 1.0)


def compare_copy(pair: Pair) -> Finding:
    """Good at copied announcements; phrases that many use tell little. In bits."""
    told, _ = copied_by(pair)
    return Finding("copy", "copied" if told else "none", told or 1.0)


def copied_by(pair: Pair) -> tuple[float, str]:
    """What the rarest sentence that both have tells, and that sentence."""
    copied = pair.left.wording.sentences & pair.right.wording.sentences
    return max(((pair.corpus.sentence_rarity(each), each) for each in copied), default=(0.0, ""))


def compare_organiser(pair: Pair) -> Finding:
    """Good where a host, a paper or a partner names the group; bad at groups that name many partners."""
    return Finding("organiser", organiser_level(pair.left, pair.right, pair.shared_title))


def compare_link(pair: Pair) -> Finding:
    """Good at announcements of one page; a link in the text may also lead to a related event."""
    left, right = pair.left, pair.right
    if left.url == right.url != "":
        level = "same_page"
    elif left.url in right.links or right.url in left.links:
        level = "refers" if left.url or right.url else "unknown"
    else:
        level = "both_refer" if left.links & right.links else "unknown"
    return Finding("link", level)


def compare_uid(pair: Pair) -> Finding:
    """Good at copied calendar entries; different UIDs say nothing, every program mints its own."""
    same = pair.left.uid == pair.right.uid != ""
    return Finding("uid", "same" if same else "unknown")


def compare_source(pair: Pair) -> Finding:
    """Speaks against two entries of one calendar: who enters an evening twice means two things."""
    left, right = pair.left, pair.right
    if left.source != right.source:
        return Finding("source", "two")
    together = left.moments & right.moments and place_of_text(left.place) == place_of_text(right.place)
    if (
        together
        and left.title_key == right.title_key != ""
        and place_of_text(left.place)
        and tell_one_thing(left, right)
    ):
        # Without a place nothing but a title and an hour is the same: a calendar's own identifiers tell more.
        level = "listed_twice"
    elif together and pair.is_instance and right.title_words and right.title_words <= left.title_words:
        level = "own_date"
    elif pair.is_instance:
        level = "own_series"
    else:
        level = "one"
    return Finding("source", level)


def compare_marks(pair: Pair) -> Finding:
    """Good at parts, groups and courses: "Teil 1" is never "Teil 2"; a series may count its dates as it likes."""
    one, other = dict(pair.left.wording.marks), dict(pair.right.wording.marks)
    both = one.keys() & other.keys()
    level = "unknown" if not both else "differ" if any(one[kind] != other[kind] for kind in both) else "agree"
    return Finding("marks", level)


def compare_side(pair: Pair) -> Finding:
    """Good at set-up, rehearsal and afterparty, which share everything with the event but their purpose."""
    left, right = pair.left.wording.side, pair.right.wording.side
    level = "unknown" if left == right else "one_sided" if not (left and right) else "differ"
    if names_beside(pair.left, pair.right) or names_beside(pair.right, pair.left):
        level = "beside"
    return Finding("side", level)


def compare_audience(pair: Pair) -> Finding:
    """Good at a children's concert beside the concert; bad where one title leaves out whom it calls."""
    left, right = pair.left.wording.audiences, pair.right.wording.audiences
    level = "unknown" if left == right else "one_sided" if not (left and right) else "differ"
    return Finding("audience", level)


def compare_price(pair: Pair) -> Finding:
    """A little good at confirming; bad at reductions and advance sale."""
    left, right = pair.left.wording.prices, pair.right.wording.prices
    level = "unknown" if not (left and right) else "agree" if left & right else "differ"
    return Finding("price", level)


FEATURES: tuple[Callable[[Pair], Finding], ...] = (
    compare_start,
    compare_end,
    compare_place,
    compare_room,
    compare_title,
    compare_cover,
    compare_rest,
    compare_across,
    compare_text,
    compare_copy,
    compare_organiser,
    compare_link,
    compare_uid,
    compare_source,
    compare_marks,
    compare_side,
    compare_audience,
    compare_price,
)

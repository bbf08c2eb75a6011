"""One small function per feature: how much it speaks for (+) or against (-) two faces being one event.

With exact rungs a weight is 1 (agrees), 0 (says nothing) or -1 (speaks against); a probabilistic model
may put finer weights into the same features.
"""

from __future__ import annotations

from collections.abc import Callable

from aggregator.match.standardising import Face
from aggregator.model.linkage import Feature
from aggregator.model.places import Place, distance_km
from aggregator.model.text import key

AGREES, UNKNOWN, DIFFERS = 1.0, 0.0, -1.0

# Two geocoders put one house about this far apart; the next venue may be nearer, so names come first.
SAME_HOUSE_KM = 0.05

# Titles that many groups give to different events of one evening, without blanks.
GENERIC = """
    plenum offenesplenum treffen offenestreffen gruppentreffen aktiventreffen vernetzungstreffen stammtisch
    sitzung vorstandssitzung mitgliederversammlung jahreshauptversammlung vollversammlung sprechstunde
    offenesprechstunde beratung arbeitseinsatz aktionstag infoabend infoveranstaltung informationsabend
    spieleabend filmabend flohmarkt sommerfest weihnachtsfeier weihnachtsmarkt konzert lesung vortrag workshop
    probe chorprobe krabbelgruppe gottesdienst yoga meeting openmeeting generalmeeting assembly
"""
GENERIC_TITLES = frozenset(GENERIC.split())


def compare_start(left: Face, right: Face) -> Feature:
    """Good at telling dates of a series apart; bad where one source means doors, another the beginning."""
    shown = (" / ".join(time.iso() for time in face.times) for face in (left, right))
    weight = AGREES if left.moments & right.moments else DIFFERS
    return Feature("start", weight, *shown)


def compare_title(left: Face, right: Face) -> Feature:
    """Good at copies; bad at nicknames and prefixes, and proves nothing for generic titles."""
    if not (left.title_key and right.title_key):
        return Feature("title", UNKNOWN, left.title, right.title)
    same = left.title_key == right.title_key
    return Feature("title", AGREES if same else DIFFERS, left.title, right.title)


def compare_distinctiveness(left: Face, right: Face) -> Feature:
    """Speaks against pairs whose title could stand over any group's evening."""
    generic = any(face.title_key.replace(" ", "") in GENERIC_TITLES for face in (left, right))
    return Feature("generic_title", DIFFERS if generic else UNKNOWN, left.title, right.title)


def compare_place(left: Face, right: Face) -> Feature:
    """Good where both copy one address; bad at a house that is known under two names."""
    return Feature("place", place_weight(left.place, right.place), left.place.text, right.place.text)


def compare_uid(left: Face, right: Face) -> Feature:
    """Good at copied calendar entries; different UIDs say nothing, every program mints its own."""
    same = left.uid == right.uid != ""
    return Feature("uid", AGREES if same else UNKNOWN, left.uid, right.uid)


def compare_url(left: Face, right: Face) -> Feature:
    """Good at announcements that link to one page; different pages say nothing."""
    same = left.url == right.url != ""
    return Feature("url", AGREES if same else UNKNOWN, left.url, right.url)


def compare_source(left: Face, right: Face) -> Feature:
    """Speaks against two entries of one calendar: who enters an evening twice means two things."""
    return Feature("source", DIFFERS if left.source == right.source else UNKNOWN, left.source, right.source)


def compare_organiser(left: Face, right: Face) -> Feature:
    """Speaks for entries of one initiative in its several channels; different announcers say nothing."""
    same = left.initiative == right.initiative != ""
    return Feature("organiser", AGREES if same else UNKNOWN, left.initiative, right.initiative)


FEATURES: tuple[Callable[[Face, Face], Feature], ...] = (
    compare_start,
    compare_title,
    compare_distinctiveness,
    compare_place,
    compare_uid,
    compare_url,
    compare_source,
    compare_organiser,
)


def compare(left: Face, right: Face) -> tuple[Feature, ...]:
    """All features of a pair, always in the same order."""
    return tuple(feature(left, right) for feature in FEATURES)


def place_weight(left: Place, right: Place) -> float:
    """Whether two places are one: by full text, else by name without a contradicting address, else by coordinates."""
    if left.online != right.online:
        return DIFFERS
    texts = key(left.text), key(right.text)
    if texts[0] == texts[1] != "":
        return AGREES
    names = key(left.name), key(right.name)
    if all(names):
        same = names[0] == names[1] and not addresses_conflict(left, right)
        return AGREES if same else DIFFERS
    if left.has_coordinates and right.has_coordinates:
        return AGREES if kilometres(left, right) <= SAME_HOUSE_KM else DIFFERS
    return DIFFERS if all(texts) else UNKNOWN


def addresses_conflict(left: Place, right: Place) -> bool:
    """Whether each address says something that the other does not: a shorter spelling is no conflict."""
    words = set(key(left.address).split()), set(key(right.address).split())
    return not (words[0] <= words[1] or words[1] <= words[0])


def kilometres(left: Place, right: Place) -> float:
    """The distance of two places that have coordinates."""
    return distance_km(left.latitude or 0.0, left.longitude or 0.0, right.latitude or 0.0, right.longitude or 0.0)

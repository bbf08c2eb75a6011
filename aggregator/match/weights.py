"""The one table of the matcher: what every finding is worth, in bits of evidence for (+) or against (-).

Two records of one day are strangers unless something speaks for them, hence the prior. A finding with an
amount (the bits of a common hour, of shared words, of a copied sentence) is worth its weight times that
amount, up to its cap. Every weight is a round number that a person can argue about; `benchmarks/
fit_matching.py` shows what a logistic regression would put in its place.
"""

from __future__ import annotations

PRIOR = -6.5
MATCH, REVIEW = 0.5, -2.0
# Evidence that no other can outweigh: vetoes.
NEVER = -40.0
# Below MATCH two records are known to differ, whatever chain lies between, if one finding contradicts or all is weak.
CONTRADICTION, DIFFERENT = -5.0, -6.0

WEIGHTS: dict[str, dict[str, float]] = {
    "start": {
        "equal": 1.0,  # for each bit of the hour's rarity
        "one_rhythm": 4.5,
        "near_rhythm": 3.5,
        "told": 3.5,
        "same_days": 4.0,
        "doors": 2.0,
        "shifted": 2.0,
        "same_end": 2.0,
        "booked": 2.0,
        "all_day": 1.0,
        "first_day": 0.0,
        "moved": 1.0,
        "near": 0.5,
        "hours": -4.0,
        "inside": -8.0,
        "apart": -12.0,
        "other_day": -18.0,
    },
    "end": {"equal": 1.0, "differs": -1.5},
    "place": {
        "venue": 4.0,
        "name": 3.0,
        "named": 3.0,
        "implied": 3.0,
        "both_mention": 3.0,
        "point": 2.0,
        "online": 2.0,
        "gathering": 2.0,
        "address": 0.5,
        "street": 0.5,
        "at_home": 0.0,
        "beside": 0.5,
        "unclear": -0.5,
        "away": -1.0,
        "root": -1.0,
        "elsewhere": -2.0,
        "overlap": -3.0,
        "online_and_on_site": -7.0,
        "differs": -7.5,
        "far": -9.0,
        "other_area": -6.0,
        "home_town": -5.5,
        "worded_town": -8.0,
        "other_town": -18.0,
    },
    "room": {"equal": 1.0, "differs": -7.0},
    "title": {"shared": 0.5, "none": -0.5},
    "cover": {
        "equal": 1.0,
        "equal_common": 0.5,
        "whole": 0.5,
        "half": 0.0,
        "part": 0.0,
        "guest": 0.0,
        "common": -0.5,
        "told": -0.5,
        "empty": -1.5,
        "none": -2.5,
        "hinted": -3.0,
        "compound": -1.0,
        "common_only": -3.0,
        "other_group": -6.5,
    },
    "rest": {"both": -0.5},
    "across": {"shared": 0.4},
    "text": {"shared": 0.35},
    "copy": {"copied": 0.9},
    "organiser": {"in_title": 3.0, "third": 2.5, "in_text": 2.0, "same": 1.5, "each_own": -2.0, "strangers": -3.0},
    "link": {"same_page": 7.0, "refers": 6.0, "both_refer": 2.0},
    "uid": {"same": 9.0},
    "source": {"listed_twice": 3.0, "own_date": 2.0, "own_series": -4.5, "one": NEVER},
    "marks": {"agree": 1.0, "differ": -12.0},
    "side": {"one_sided": -9.0, "differ": -9.0, "beside": -9.0},
    "audience": {"differ": -4.0},
    "price": {"agree": 0.5, "differ": -1.0},
}
# Findings whose weight is for each bit, and the most bits that count.
CAPS = {
    ("start", "equal"): 5.0,
    ("title", "shared"): 16.0,
    ("across", "shared"): 14.0,
    ("rest", "both"): 14.0,
    ("text", "shared"): 14.0,
    ("copy", "copied"): 5.0,
}


def weight(name: str, level: str, amount: float) -> float:
    """What a finding is worth."""
    worth = WEIGHTS[name].get(level, 0.0)
    return worth * min(amount, CAPS.get((name, level), 1.0)) if worth else 0.0

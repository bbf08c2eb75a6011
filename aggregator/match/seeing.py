"""What was seen on either side of a pair, feature by feature: for people, and only where somebody will ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from aggregator.match.comparing import Pair, copied_by
from aggregator.match.spots import place_of_text
from aggregator.match.standardising import Face

OfFace = Callable[[Face], str]


def seen(name: str, pair: Pair) -> tuple[str, str]:
    """What the feature of this name saw left and right, "" where there is nothing to show."""
    if name in BY_SIDE:
        return BY_SIDE[name](pair.left), BY_SIDE[name](pair.right)
    both = TOGETHER[name](pair) if name in TOGETHER else ""
    return both, both


def words_of(shared: Iterable[tuple[str, float]]) -> str:
    """Shared words without their bits."""
    return ", ".join(word for word, _ in shared)


# What each side tells by itself.
BY_SIDE: Mapping[str, OfFace] = {
    "start": lambda face: " / ".join(time.iso() for time in face.times),
    "end": lambda face: face.end.iso() if face.end else "",
    "place": lambda face: place_of_text(face.place),
    "room": lambda face: ", ".join(sorted(face.spot.rooms)),
    "title": lambda face: face.title,
    "organiser": lambda face: face.initiative,
    "link": lambda face: face.url,
    "uid": lambda face: face.uid,
    "source": lambda face: face.source,
    "marks": lambda face: " ".join(f"{kind} {value}" for kind, value in sorted(dict(face.wording.marks).items())),
    "side": lambda face: ", ".join(sorted(face.wording.side)),
    "audience": lambda face: ", ".join(sorted(face.wording.audiences)),
    "price": lambda face: ", ".join(map(str, sorted(face.wording.prices))),
}
# What both have in common.
TOGETHER: Mapping[str, Callable[[Pair], str]] = {
    "across": lambda pair: words_of(pair.shared.across),
    "text": lambda pair: words_of(pair.shared.text),
    "copy": lambda pair: copied_by(pair)[1],
}

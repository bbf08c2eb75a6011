"""Whose event it is: what the groups that two announcements name have to do with each other."""

from __future__ import annotations

from collections.abc import Set

from aggregator.match.corpus import COMMON_PARTS
from aggregator.match.lexicon import FORMAL, MEETINGS
from aggregator.match.standardising import Face
from aggregator.match.wording import meaning

MEETING_PARTS, FORMAL_PARTS = (frozenset(map(meaning, words)) for words in (MEETINGS, MEETINGS | FORMAL))


def organiser_level(left: Face, right: Face, shared: Set[str]) -> str:
    """How the announcers of two faces relate, as a level of "organiser"; `shared` are words of both titles."""
    sides = ((left, right), (right, left))
    if left.initiative == right.initiative != "":
        return "same"
    if any(names_group(one, other) for one, other in sides):
        return "in_title"
    if any(one.initiative in other.named_in_text for one, other in sides):
        return "in_text"
    if (left.named_in_title | left.named_in_text) & (right.named_in_title | right.named_in_text):
        return "third"
    if all(face.initiative in face.named_in_title for face in (left, right)):
        return "each_own"
    return "strangers" if are_strangers(left, right, shared) else "unknown"


def names_group(one: Face, other: Face) -> bool:
    """Whether the title of one names the group that announces the other."""
    return one.initiative != "" and one.initiative in other.named_in_title


def is_one_group(left: Face, right: Face) -> bool:
    """Whether the titles name one group, or that of the other's announcer."""
    return names_group(left, right) or names_group(right, left) or bool(left.named_in_title & right.named_in_title)


def are_two_groups(left: Face, right: Face, shared: Set[str]) -> bool:
    """Whether two titles share nothing but what groups hold for themselves, and each is told to be another group's."""
    if shared.isdisjoint(MEETING_PARTS) or not shared <= FORMAL_PARTS:
        return False
    one, other = who_meets(left, shared), who_meets(right, shared)
    return bool(one and other) and not (is_told(one, right) or is_told(other, left))


def who_meets(face: Face, shared: Set[str]) -> Set[str]:
    """Whose meeting a title says it is, else its announcer's if it is a group's own calendar."""
    where = face.spot.words - face.names if face.is_own else face.spot.words
    words = face.wording.title - shared - where - FORMAL_PARTS
    return words or (face.names - COMMON_PARTS if face.is_own and not is_host(face) else frozenset())


def is_host(face: Face) -> bool:
    """Whether it takes place in the house that its announcer is, where guests meet too; a group may only be at home."""
    return face.spot.at_home and not face.names.isdisjoint(face.spot.words)


def is_told(words: Set[str], face: Face) -> bool:
    """Whether any of some words, or its beginning, is found in an announcement or in its announcer's name."""
    here = face.wording.title | face.wording.text | face.wording.place | face.names
    return any(word.startswith(each) or each.startswith(word) for word in words for each in here)


def are_strangers(left: Face, right: Face, shared: Set[str]) -> bool:
    """Whether two groups announce what many call so ("Stammtisch"), and neither lends the other its house."""
    if not shared or not shared <= COMMON_PARTS:
        return False
    # One adds its own name and nothing else, the other something else: "SPD-Stammtisch" and "Grüner Stammtisch".
    faces = (left, right)
    if any(face.wording.title <= shared for face in faces) or not any(face.title_words <= shared for face in faces):
        return False
    if left.spot.at_home or right.spot.at_home:
        return False
    one, other = (face.named_in_title | ({face.initiative} if face.is_own else set()) for face in (left, right))
    return bool(one and other) and one.isdisjoint(other)

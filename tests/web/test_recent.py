"""What was asked for last stays, up to a number of bytes."""

from __future__ import annotations

from web.kept import Reply
from web.recent import Recent


def reply(size: int) -> Reply:
    return Reply(b"x" * size, "text/plain")


def test_what_was_not_asked_for_longest_goes_first():
    recent = Recent(25)
    for name in "ab":
        recent.put(name, reply(10))
    recent.get("a")
    recent.put("c", reply(10))
    assert (list(recent.things), recent.size) == (["a", "c"], 20)


def test_a_thing_takes_the_place_of_what_had_its_name():
    recent = Recent(25)
    for size in (20, 5):
        recent.put("a", reply(size))
    assert (recent.get("a"), recent.size) == (reply(5), 5)


def test_what_is_too_large_by_itself_is_not_kept():
    recent = Recent(25)
    recent.put("a", reply(30))
    assert (recent.get("a"), recent.size) == (None, 0)


def test_what_no_longer_holds_is_forgotten():
    recent = Recent(25)
    for name, size in (("a", 10), ("b", 5)):
        recent.put(name, reply(size))
    recent.keep_only(lambda one: one.size < 10)
    assert (list(recent.things), recent.size) == (["b"], 5)

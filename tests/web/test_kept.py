"""Replies kept in memory: found again, and never more than allowed."""

from __future__ import annotations

from web.kept import KeptReplies, Reply


def reply(size: int) -> Reply:
    return Reply(b"x" * size, "text/plain")


def test_a_reply_is_found_by_its_tag() -> None:
    kept = KeptReplies()
    kept.put("a", reply(1))
    assert kept.get("a") == reply(1)
    assert kept.get("b") is None


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    kept = KeptReplies(most_bytes=25)
    kept.put("old", reply(10))
    kept.put("new", reply(10))
    kept.get("old")
    kept.put("newest", reply(10))
    assert [kept.get(tag) is not None for tag in ("old", "new", "newest")] == [True, False, True]
    assert kept.replies.size == 20


def test_a_reply_larger_than_all_room_is_not_kept() -> None:
    kept = KeptReplies(most_bytes=5)
    kept.put("a", reply(10))
    assert (kept.get("a"), kept.replies.size) == (None, 0)


def test_putting_a_reply_twice_counts_it_once() -> None:
    kept = KeptReplies()
    kept.put("a", reply(10))
    kept.put("a", reply(10))
    assert kept.replies.size == 10


def test_a_new_generation_forgets_what_nobody_will_ask_for_again() -> None:
    kept = KeptReplies()
    kept.begin(3)
    kept.put("a", reply(10))
    kept.begin(3)
    kept.begin(2)
    assert kept.get("a") is not None
    kept.begin(4)
    assert (kept.get("a"), kept.replies.size) == (None, 0)

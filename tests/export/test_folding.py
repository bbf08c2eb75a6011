"""Folding keeps to what the library does, only faster."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some
from icalendar.parser import Contentline

from aggregator.export.folding import folded

TEXT = some.text(some.sampled_from("aé€𝄞\\^,; ") | some.characters(exclude_categories=("Cs", "Cc")), max_size=400)


@given(TEXT)
def test_a_line_is_folded_as_the_library_folds_it(text):
    assert folded(text.encode()) == Contentline(text).to_ical()


@given(TEXT)
def test_a_folded_line_is_short_and_whole(text):
    lines = folded(text.encode()).split(b"\r\n")
    assert all(len(line) <= 75 and line.decode() for line in lines[1:])
    assert b"".join([lines[0], *(line[1:] for line in lines[1:])]).decode() == text

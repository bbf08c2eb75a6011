from __future__ import annotations

from dataclasses import replace

from aggregator.model.records import Record, altered


def test_an_altered_record_is_what_replace_makes() -> None:
    record = Record("s.1", "k", "s", "vevent", "Probe", "Probe", "", uid="u", links=("https://chor.example.org/",))
    assert altered(record, key="other", occurrences=()) == replace(record, key="other", occurrences=())
    assert record.key == "k"

"""The ledger of very many gives the pairs that looking at all units would give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aggregator.match.blocking import candidate_pairs, crowded_keys, narrowed
from aggregator.match.ledger import Ledger
from aggregator.match.standardising import standardise
from aggregator.match.units import bare_unit, hints_of, marks_of, unit_of

TOLD = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Salzstadt-Slam", "Slam im Glockenhaus", "Plenum", "Lesung"]),
        "start": st.sampled_from(["2026-12-05T10:00", "2026-12-05T18:00", "2026-12-05T19:30", "2026-12-12T18:00"]),
        "place": st.sampled_from(["Glockenhaus", "Glockenhaus", "Museum", ""]),
        "uid": st.sampled_from(["", "", "eins@example.org", "zwei@example.org"]),
        "weeks": st.sampled_from([0, 0, 0, 3]),
    }
)


def entered(standard):
    ledger = Ledger()
    for profile in standard.profiles.values():
        ledger.put_down(bare_unit(profile, standard.learnt.town.zone), marks_of(profile.face), hints_of(profile))
    ledger.enter(standard.corpus, frozenset())
    ledger.narrow(standard.corpus, ledger.crowded())
    return ledger


@given(told=st.lists(TOLD, max_size=30))
def test_the_ledger_finds_the_same_pairs_and_keys(record, town, told):
    standard = standardise([record(f"{'ab'[at % 2]}.{at:02}", **each) for at, each in enumerate(told)], town)
    units = [unit_of(profile, standard.learnt) for profile in standard.profiles.values()]
    crowded = crowded_keys(units)
    units, ledger = narrowed(units, crowded), entered(standard)
    assert sorted(ledger.pairs()) == candidate_pairs(units, ())
    assert sorted(ledger.of_days()) == sorted((unit.record, key) for unit in units for key in unit.held)
    assert sorted(ledger.of_marks()) == sorted((unit.record, key) for unit in units for key in unit.marks)


def test_what_is_crowded_is_told_apart_by_the_hour(record, town):
    hours = [f"2026-12-05T{8 + number % 14:02}:00" for number in range(14)]
    records = [record(f"a.{number:02}", title="", start=start) for number, start in enumerate(hours)]
    standard = standardise([*records, record("b.1", title="", start="2026-12-05T09:00")], town)
    assert entered(standard).pairs() == [("a.01", "b.1")]

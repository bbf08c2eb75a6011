"""What is still to be matched: nothing is forgotten before it was seen to."""

from aggregator.store import matching
from aggregator.store.database import open_store


def test_a_note_that_came_after_the_look_stays(town):
    with town.writing() as connection:
        matching.touch(connection, ["seen"])
    with town.reading() as connection:
        _, notes = matching.load_touched(connection)
    with town.writing() as connection:
        matching.touch(connection, ["later"])
        matching.settle(connection, notes)
    with town.reading() as connection:
        assert (matching.load_touched(connection)[0], matching.is_behind(connection)) == ({"later"}, True)


def test_a_lower_number_that_appears_later_stays(postgresql_databases):
    store = open_store(postgresql_databases.migrated())
    with store.writing() as slow:
        matching.touch(slow, ["slow"])
        with store.writing() as quick:
            matching.touch(quick, ["quick"])
        with store.reading() as connection:
            _, notes = matching.load_touched(connection)
    with store.writing() as connection:
        matching.settle(connection, notes)
    with store.reading() as connection:
        assert matching.load_touched(connection)[0] == {"slow"}
    store.close()

"""What an initiative lets us repeat."""

from datetime import date

import pytest

from aggregator.model.prose import Suggestion
from aggregator.model.records import Record
from aggregator.model.sources import Consent, Source
from aggregator.model.times import EventTime
from aggregator.normalise.consent import as_agreed

MAYBE = Suggestion(EventTime.of_date(date(2026, 12, 5), "Europe/Berlin"), 0.5, "am 5. oder 6. Dezember")
NOTICE = Record("r", "k", "chor", "rss", "Basar", "Basar", "f", description="Kommt alle.", suggestions=(MAYBE,))


@pytest.mark.parametrize(("consent", "words"), [(Consent.WHOLE, MAYBE.evidence), (Consent.TITLE, "")])
def test_the_words_that_may_tell_a_date_are_kept_only_where_the_text_may_be(consent, words):
    kept = as_agreed(NOTICE, Source("chor", "chor", "", consent=consent))
    assert [(one.start, one.evidence) for one in kept.suggestions] == [(MAYBE.start, words)]

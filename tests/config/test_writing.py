"""What is written back is read again as it was, and holds no secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from aggregator.config.loading import load_settings
from aggregator.config.writing import written
from aggregator.model.places import Circle
from aggregator.model.sources import OWN_FORMAT, Consent, Initiative, Priority, Source, Topic
from aggregator.store.topic_words import GivenWord, with_words

SITE = "site: {title: Stadt, timezone: Europe/Berlin, base_url: 'https://stadt.example.org'}\n"
GROUP = Initiative(
    "chor", "Chor „Querbeet“", "Verein", "https://chor.example.org", "Wir singen.\n\nMittwochs.", "Saal",
    latitude=53.25, longitude=10.4, umbrella="haus",
)  # fmt: skip
FEED = Source(
    "chor-ics", "chor", "https://chor.example.org/cal.ics", "ics", timedelta(hours=2), Priority.PRESS,
    default_place="Saal", base_url="https://chor.example.org", within=Circle(53.2, 10.4, 5), follow=True,
)  # fmt: skip
SECRET = replace(FEED, id="chor-2", url="https://cloud.example.org/public-calendars/hUnTeR2hUnTeR2?export")


def test_what_is_written_is_read_again_as_it_was(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text(SITE + written([Initiative("haus", "Haus"), GROUP], [FEED]), "utf-8")
    found = load_settings(path, {})
    assert found.initiatives == (Initiative("haus", "Haus"), GROUP)
    assert found.sources == (FEED,)


def test_words_that_operators_gave_are_written_with_their_topics(tmp_path):
    path = tmp_path / "sources.yaml"
    topics = (
        Topic("essen", (("de", "Essen"), ("en", "Food")), ("essen", "food", "kochen")),
        Topic("x", (("de", "X"),), ("x",)),
    )
    given = with_words(topics, (GivenWord("kuefa", "essen", "Küfa"), GivenWord("kochen", "x", "Kochen")))
    path.write_text(SITE + written([replace(GROUP, umbrella=None)], [FEED], given), "utf-8")
    found = load_settings(path, {})
    assert [(one.id, one.labels, one.words) for one in found.topics] == [
        ("essen", (("de", "Essen"), ("en", "Food")), ("essen", "food", "kochen", "kuefa")),
        ("x", (("de", "X"),), ("x",)),
    ]
    assert with_words(topics, ()) == ()


@pytest.mark.parametrize(
    ("source", "why"),
    [
        pytest.param(SECRET, "(cloud.example.org), its address is a secret", id="a secret"),
        pytest.param(replace(FEED, consent=Consent.TITLE), "(chor.example.org), it allows title", id="title and link"),
        pytest.param(replace(FEED, paused=True), "(chor.example.org), its owner has paused it", id="paused"),
        pytest.param(replace(FEED, licence="CC BY 4.0"), "(chor.example.org), its licence cannot", id="a licence"),
        pytest.param(replace(FEED, url="own:", format=OWN_FORMAT), "(–), its dates were typed in", id="typed in"),
    ],
)
def test_what_may_not_stand_in_the_file_is_named_with_the_reason(source, why):
    text = written([GROUP], [source])
    assert f"# Left out: {source.id} of chor {why}" in text
    assert "hUnTeR2" not in text
    assert "url:" not in text

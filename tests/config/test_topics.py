from __future__ import annotations

from collections import Counter

from aggregator.config.topics import DEFAULT_TOPICS


def test_there_are_the_thirteen_topics_of_wechange():
    assert len(DEFAULT_TOPICS) == 13
    assert DEFAULT_TOPICS[5].label("de") == "Ernährung, Konsum und Landwirtschaft"


def test_every_topic_has_both_languages():
    assert {language for topic in DEFAULT_TOPICS for language, _ in topic.labels} == {"de", "en"}


def test_a_label_is_one_of_the_words_of_its_topic():
    assert all("ernaehrung konsum und landwirtschaft" in topic.words for topic in DEFAULT_TOPICS[5:6])


def test_no_word_means_two_topics():
    counted = Counter(word for topic in DEFAULT_TOPICS for word in topic.words)
    assert [word for word, times in counted.items() if times > 1] == []

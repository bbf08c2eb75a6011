"""A pasted text: what it tells is ticked, what it may tell is asked, and only what a person ticks is entered."""

from __future__ import annotations

import re

from aggregator.model.jobs import JobKind, ProseFound
from aggregator.model.prose import Suggestion
from aggregator.model.records import Record
from aggregator.store import own_dates, registered
from tests.web import town

TICK = re.compile(r'type="checkbox" name="take" value="(\d+)"( checked)?')


def told(title, *, start=None, suggestions=()):
    return Record("", "", "", "rss", title, title, "", start=start, suggestions=suggestions)


def entered(choir):
    own = next(each.source for each in choir.read(registered.sources_of, "chor") if each.source.is_own)
    return [(one.title, one.start) for one in choir.read(own_dates.load, own.id)]


def found(choir, found):
    choir.post("/newsletter", text="Konzert\nam 5. Dezember")
    return f"/newsletter/{choir.finish(JobKind.PROSE, found)}"


def test_a_newsletter_is_read_and_only_what_is_ticked_is_entered(choir):
    choir.post("/newsletter", text="Konzert\nam 5. Dezember")
    told = [
        Record("", "", "", "rss", t, t, "", start=town.moment(f"2026-12-0{n}T19:00")) for n, t in ((5, "A"), (6, "B"))
    ]
    job = choir.finish(JobKind.PROSE, ProseFound(tuple(told)))
    assert "So, 6. Dezember 2026, 19:00" in choir.get(f"/newsletter/{job}").text
    choir.post(f"/newsletter/{job}", take="1")
    own = next(each.source for each in choir.read(registered.sources_of, "chor") if each.source.is_own)
    assert [one.title for one in choir.read(own_dates.load, own.id)] == ["B"]


def test_what_the_text_may_tell_is_asked_with_its_words_and_entered_when_ticked(choir):
    maybe = Suggestion(town.moment("2026-12-19"), 0.6, "19. oder 20. Dezember")
    sure = told("Konzert", start=town.moment("2026-12-05T19:00"))
    page = found(choir, ProseFound((sure,), (told("Konzert", suggestions=(maybe,)),)))
    text = choir.get(page).text
    assert TICK.findall(text) == [("0", " checked"), ("1", "")]
    assert "Im Text steht: „19. oder 20. Dezember“" in text
    choir.post(page, take=["0", "1"])
    assert entered(choir) == [("Konzert", "2026-12-05T19:00"), ("Konzert", "2026-12-19")]


def test_a_text_that_only_may_tell_a_date_is_asked_too(choir):
    maybe = Suggestion(town.moment("2026-12-19T18:00"), 0.5, "irgendwann um den 19. Dezember")
    page = found(choir, ProseFound((), (told("Ausflug", suggestions=(maybe,)),)))
    assert TICK.findall(choir.get(page).text) == [("0", "")]
    choir.post(page)
    assert entered(choir) == []

"""What is known of an event beside time and place, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

from aggregator.model.events import MergedEvent
from aggregator.model.facts import Reply
from web.calendar.quick import SIGN_LANGUAGE, language_words
from web.scene import Scene
from web.typesetting import inner_quotes


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: its words and icon, and whose statement it is."""

    icon: str
    words: str
    source: str


def fact_lines(event: MergedEvent, scene: Scene) -> tuple[FactLine, ...]:
    """The known facts, each with its source; what nobody told is not mentioned."""
    facts, say = event.facts, scene.tongue.gettext
    paid = say("Eintritt: %(price)s", price=facts.price) if facts.price else say("nicht kostenlos")
    told = (
        ("free", "free", facts.free, say("kostenlos"), paid),
        ("accessible", "accessible", facts.accessible, say("barrierefrei"), say("nicht barrierefrei")),
        ("children", "child", facts.children, say("für Kinder"), say("nicht für Kinder")),
        ("online", "online", facts.online, say("Teilnahme von zu Hause möglich"), say("nur vor Ort")),
    )
    lines = [
        FactLine(icon, yes if fact.reply is Reply.YES else no, source_words(name, fact.evidence, event, scene))
        for name, icon, fact, yes, no in told
        if fact.is_known
    ]
    if facts.accessible.evidence and not facts.accessible.is_known:
        lines.append(FactLine("accessible", say("Zum Haus: %(text)s", text=facts.accessible.evidence), ""))
    if facts.languages:
        icon = "sign" if facts.languages == (SIGN_LANGUAGE,) else "globe"
        words = ", ".join(language_words(code, scene) for code in facts.languages)
        lines.append(FactLine(icon, words, source_words("languages", facts.languages_evidence, event, scene)))
    return tuple(lines)


def source_words(name: str, evidence: str, event: MergedEvent, scene: Scene) -> str:
    """Who says it in which words: "laut Klimaentscheid: „Eintritt frei“"; as far as that is known."""
    record = dict(event.provenance).get(name, "")
    teller = next((one.initiative for one in event.statements if one.record == record), "")
    # What stands in a property of the page and not in its text would be no words to quote.
    say = scene.tongue.gettext
    quote = say("„%(text)s“", text=inner_quotes(evidence, scene.language)) if evidence and ": " not in evidence else ""
    return ": ".join(filter(None, (say("laut %(name)s", name=scene.name_of(teller)) if teller else "", quote)))

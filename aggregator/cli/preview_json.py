"""A preview as JSON; the keys are a promise to those who build on it."""

from __future__ import annotations

from aggregator.model import advice
from aggregator.model.defects import Defect
from aggregator.model.discovery import Profile
from aggregator.model.facts import Fact
from aggregator.model.preview import Coming, Doubtful, Preview, Trial
from aggregator.model.secrets import masked

Object = dict[str, object]
FACTS = ("free", "accessible", "children", "online")


def preview_object(found: Preview, language: str) -> Object:
    """The whole answer."""
    failure = found.failure
    return {
        "pasted": found.pasted,
        "outcome": found.outcome.value,
        "removed": list(found.removed),
        "error": {"class": failure.error_class.value, "sentence": failure.sentence(language)} if failure else None,
        "tried": [trial_object(trial, language) for trial in found.trials],
        "feed": masked(found.chosen.url) if found.chosen else None,
        "format": found.format or None,
        "title": found.title,
        "known_as": found.known_as or None,
        "events": found.events,
        "series": found.series,
        "notices": found.notices,
        "upcoming": found.upcoming,
        "next": [coming_object(date) for date in found.coming],
        "due": [{"title": each.title, "day": each.day.iso()} for each in found.due],
        "doubtful": [doubtful_object(each) for each in found.doubtful],
        "missing": {"places": found.missing.places, "ends": found.missing.ends, "zones": found.missing.zones},
        "defects": [defect_object(defect, language) for defect in found.defects],
        "profile": profile_object(found.profile) if found.profile else None,
    }


def trial_object(trial: Trial, language: str) -> Object:
    """One candidate that was asked."""
    return {
        "address": masked(trial.candidate.url),
        "format": trial.candidate.format,
        "reason": trial.candidate.reason(language),
        "error": trial.failure.error_class.value if trial.failure else None,
        "events": trial.events,
        "notices": trial.notices,
    }


def profile_object(profile: Profile) -> Object:
    """Who publishes."""
    return {
        "name": profile.name,
        "text": profile.text,
        "homepage": profile.homepage,
        "place": profile.place,
        "topics": list(profile.topics),
        "tags": list(profile.tags),
    }


def coming_object(date: Coming) -> Object:
    """One coming date."""
    return {
        "title": date.title,
        "start": date.start.iso(),
        "end": date.end.iso() if date.end else None,
        "all_day": date.start.is_date,
        "place": date.place,
        "status": date.status.value,
        "series": date.repeats,
        "link": date.link,
        "facts": {
            **{name: fact_object(getattr(date.facts, name)) for name in FACTS},
            "price": date.facts.price,
            "languages": list(date.facts.languages),
        },
    }


def doubtful_object(doubtful: Doubtful) -> Object:
    """One date that we are not sure enough of."""
    told = doubtful.suggestion
    return {
        "title": doubtful.title,
        "link": doubtful.link,
        "start": told.start.iso(),
        "end": told.end.iso() if told.end else None,
        "rule": told.rule or None,
        "confidence": told.confidence,
        "evidence": told.evidence,
    }


def fact_object(fact: Fact) -> Object:
    """One answer with its evidence."""
    return {"reply": fact.reply.value, "evidence": fact.evidence}


def defect_object(defect: Defect, language: str) -> Object:
    """One defect with its line and the advice."""
    return {
        "kind": defect.kind.value,
        "uid": defect.uid or None,
        "line": defect.line,
        "skipped": defect.skipped,
        "sentence": defect.sentence(language),
        "advice": advice.of_defect(defect.kind, language),
    }

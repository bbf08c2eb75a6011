"""What the form begins with: what the platform, the website or the calendar says of the group."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from aggregator.model.discovery import Profile
from aggregator.model.jobs import Job, JobState
from aggregator.model.sources import Topic
from aggregator.model.text import key
from web.registration.found import preview_of
from web.registration.typed import LONGEST_NAME, LONGEST_TEXT, Typed
from web.scene import Scene


def prefilled(jobs: Sequence[Job], scene: Scene) -> Typed:
    """The fields of the first calendar that says anything."""
    previews = [preview_of(job).preview for job in jobs if job.state is JobState.DONE]
    profile = next((each.profile for each in previews if each.profile), None)
    title = next((each.title for each in previews if each.title), "")
    if profile is None:
        return Typed(name=title[:LONGEST_NAME])
    return Typed(
        name=(profile.name or title)[:LONGEST_NAME],
        description=profile.text[:LONGEST_TEXT],
        homepage=profile.homepage or profile.page,
        place=profile.place,
        topics=topics_of(profile, scene.settings.topics),
    )


def offered_logo(jobs: Sequence[Job]) -> str:
    """The address of the first picture that one of the websites calls its own, "" for none."""
    previews = [preview_of(job).preview for job in jobs if job.state is JobState.DONE]
    return next((each.profile.logo for each in previews if each.profile and each.profile.logo), "")


def logo_words(jobs: Sequence[Job]) -> str:
    """Host and name of the file that is offered as logo: it is not shown, since nobody asks a foreign website."""
    parts = urlsplit(offered_logo(jobs))
    return f"{parts.hostname}/…/{parts.path.rpartition('/')[2]}" if parts.hostname else ""


def topics_of(profile: Profile, topics: Sequence[Topic]) -> tuple[str, ...]:
    """Our topics that the group's own words name."""
    said = {key(word) for word in (*profile.topics, *profile.tags)}
    return tuple(topic.id for topic in topics if said & names_of(topic))


def names_of(topic: Topic) -> set[str]:
    """Everything a topic is called."""
    return {key(name) for name in (topic.id, *topic.words, *(label for _, label in topic.labels))}

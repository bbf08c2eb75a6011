"""What no single value can tell: ids given twice, names that lead nowhere, files that do not exist.

These checks read the documents, not the schema's result, so that they also speak when something else
is wrong: a person gets all mistakes at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from aggregator.config.documents import Document, Steps
from aggregator.config.filters import wrong_filters
from aggregator.config.spelling import quoted, suggestion
from aggregator.config.topics import DEFAULT_TOPICS
from aggregator.config.values import local_path
from aggregator.errors import Mistake

Entry = tuple[Document, Steps]


def check_across(documents: Sequence[Document]) -> list[Mistake]:
    """The mistakes between the values of all files; the main file is the first of them."""
    main = documents[0]
    initiatives = [(document, steps) for document in documents for steps in steps_of_initiatives(document)]
    sources = [(document, steps) for document in documents for steps in steps_of_sources(document)]
    topics = [(main, steps) for steps, _ in main.items("topics")]
    return [
        *doubled_ids("initiative", initiatives),
        *doubled_ids("source", sources),
        *doubled_ids("topic", topics),
        *unknown_topics(initiatives, topics),
        *wrong_filters(main, known_topics(topics), {stated for stated, _, _ in ids_of(initiatives)}),
        *unknown_umbrellas(initiatives),
        *missing_files(sources),
        *missing_map(main),
        *circles_without_centre(main, [*((document, ("defaults",)) for document in documents), *sources]),
    ]


def steps_of_initiatives(document: Document) -> Iterator[Steps]:
    """Where the initiatives of a file stand."""
    return (steps for steps, _ in document.items("initiatives"))


def steps_of_sources(document: Document) -> Iterator[Steps]:
    """Where the sources of a file stand."""
    for initiative in steps_of_initiatives(document):
        yield from (steps for steps, _ in document.items(*initiative, "sources"))


def ids_of(entries: Sequence[Entry]) -> Iterator[tuple[str, Document, Steps]]:
    """The stated id of each entry that has one, with its place."""
    for document, steps in entries:
        stated = document.get(*steps, "id")
        if isinstance(stated, str):
            yield stated, document, (*steps, "id")


def doubled_ids(what: str, entries: Sequence[Entry]) -> Iterator[Mistake]:
    """Ids that are used a second time; both places are told."""
    first: dict[str, str] = {}
    for stated, document, steps in ids_of(entries):
        if stated in first:
            sentence = f"id: there are two of the {what} id {quoted(stated)}; the first is at {first[stated]}"
            yield document.mistake(steps, sentence)
        first.setdefault(stated, document.where(steps))


def unknown_topics(initiatives: Sequence[Entry], topics: Sequence[Entry]) -> Iterator[Mistake]:
    """Topics of initiatives that are not in the list of topics."""
    known = known_topics(topics)
    for document, steps in initiatives:
        for place, topic in document.items(*steps, "topics"):
            if isinstance(topic, str) and topic not in known:
                yield document.mistake(place, f"topics: {quoted(topic)} is not a topic; {suggestion(topic, known)}")


def known_topics(topics: Sequence[Entry]) -> list[str]:
    """The ids of the topics of the file, else of the default ones."""
    return [stated for stated, _, _ in ids_of(topics)] or [topic.id for topic in DEFAULT_TOPICS]


def unknown_umbrellas(initiatives: Sequence[Entry]) -> Iterator[Mistake]:
    """Umbrellas that are not the id of another initiative."""
    known = {stated for stated, _, _ in ids_of(initiatives)}
    for document, steps in initiatives:
        umbrella = document.get(*steps, "umbrella")
        if isinstance(umbrella, str) and umbrella not in known - {document.get(*steps, "id")}:
            yield document.mistake(
                (*steps, "umbrella"), f"umbrella: there is no other initiative with the id {quoted(umbrella)}"
            )


def missing_files(sources: Sequence[Entry]) -> Iterator[Mistake]:
    """Local files that are not there."""
    for document, steps in sources:
        url = document.get(*steps, "url")
        if isinstance(url, str) and url.lower().startswith("file:") and local_path(url):
            path = local_file(document.path, url)
            if not path.is_file():
                yield document.mistake((*steps, "url"), f"url: there is no file at {path}")


def missing_map(main: Document) -> Iterator[Mistake]:
    """A file with the map that is not there."""
    stated = main.get("site", "map", "file")
    if isinstance(stated, str) and not (main.path.parent / stated).is_file():
        yield main.mistake(("site", "map", "file"), f"file: there is no file at {main.path.parent / stated}")


def local_file(naming_file: Path, address: str) -> Path:
    """The absolute path of a `file:` address; a relative one starts beside the file that names it."""
    return (naming_file.parent / local_path(address)).resolve()


def circles_without_centre(main: Document, entries: Sequence[Entry]) -> Iterator[Mistake]:
    """Circles that mean the region's centre where there is no region."""
    if main.get("site", "region") is not None:
        return
    for document, steps in entries:
        within = document.get(*steps, "within")
        if isinstance(within, str) or (isinstance(within, dict) and not {"lat", "lon"} & within.keys()):
            sentence = 'within: around which place? Give "lat" and "lon" here, or a "region" in "site"'
            yield document.mistake((*steps, "within"), sentence)

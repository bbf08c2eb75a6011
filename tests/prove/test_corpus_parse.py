"""The large collections beside the checkout: 395 real files of other projects, and the labelled set."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from aggregator.errors import Failure
from aggregator.model.components import ParsedFeed
from aggregator.model.fetching import Body
from aggregator.model.settings import ReadingLimits
from aggregator.parse.bodies import parse_body

SHARED = Path(__file__).resolve().parents[3] / "shared"
CORPUS = SHARED / "corpus"
GOLD = SHARED / "gold"
BODIES = sorted(path for folder in ("ics", "feeds") for path in (CORPUS / folder).glob("*"))
LONGEST = 30.0

pytestmark = pytest.mark.prove
Require = Callable[[str], NoReturn]


def read(path: Path, base_url: str = "") -> ParsedFeed | Failure:
    return parse_body(Body(path.read_bytes()), "auto", base_url, ReadingLimits())


def test_the_corpus_is_all_there(require: Require) -> None:
    if not CORPUS.is_dir():
        require("no corpus beside the checkout")
    assert len(BODIES) == 395


@pytest.mark.parametrize("path", BODIES, ids=lambda path: path.name)
def test_a_real_file_is_read_or_refused_in_time(path: Path) -> None:
    begun = time.process_time()
    answer = read(path)
    assert isinstance(answer, (ParsedFeed, Failure))
    assert time.process_time() - begun < LONGEST


def test_no_event_that_a_whole_stream_parser_finds_is_lost(require: Require) -> None:
    if not CORPUS.is_dir():
        require("no corpus beside the checkout")
    index = json.loads((CORPUS / "index.json").read_text("utf-8"))["files"]
    for entry in index:
        answer = read(CORPUS / entry["file"])
        if entry.get("vevents") and not entry.get("exception"):
            assert isinstance(answer, ParsedFeed), entry["file"]
            told = len(answer.components) + sum(defect.skipped for defect in answer.defects)
            assert told >= entry["vevents"], entry["file"]


def test_every_labelled_record_is_found_by_its_locator(require: Require) -> None:
    if not GOLD.is_dir():
        require("no labelled set beside the checkout")
    sources = {source["id"]: source["file"] for source in json.loads((GOLD / "sources.json").read_text("utf-8"))}
    found = {name: read(GOLD / file, f"https://{name}.example.org/") for name, file in sources.items()}
    for record in json.loads((GOLD / "gold.json").read_text("utf-8"))["records"]:
        feed = found[record["source"]]
        assert isinstance(feed, ParsedFeed), record["source"]
        located = {value for key, value in record["locator"].items() if key != "recurrence_id"}
        hits = [each.title for each in feed.components if located <= {each.uid, each.guid, each.link}]
        assert record["title"] in hits, record["id"]

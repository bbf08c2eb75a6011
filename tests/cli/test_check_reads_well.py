"""What `check` says to people of twenty-seven kinds of address, word for word (tests/data/check).

Read the transcripts as somebody would who helps initiatives and knows nothing of feeds. After a change of the words:
`UPDATE=1 python -m pytest tests/cli/test_check_reads_well.py`, and read what `git diff` shows.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aggregator.cli.preview_json import preview_object
from aggregator.cli.preview_text import preview_lines
from aggregator.model.preview import Preview
from aggregator.model.settings import FetchSettings, Settings, Site
from aggregator.pipeline.preview import preview
from tests.cli.pasted import PASTES, Paste
from tests.pipeline.conftest import NOON, FeedServer
from tests.pipeline.conftest import server as server

TRANSCRIPTS = Path(__file__).resolve().parents[1] / "data" / "check"


def look(paste: Paste, server: FeedServer) -> Preview:
    for path, answer in paste.served.items():
        server.put(path, *(("", answer) if isinstance(answer, int) else (answer,)))
    fetch = FetchSettings(allow_origins=frozenset({server.origin}), total_seconds=5)
    settings = Settings(Path("sources.yaml"), Site("Town", "Europe/Berlin", base_url="https://town.example.org"), fetch)
    pasted = f"http://{server.origin}{paste.pasted}" if paste.pasted.startswith("/") else paste.pasted
    return preview(pasted, settings, (), NOON)


@pytest.mark.parametrize("name", PASTES)
def test_check_says_what_a_person_wants_to_read(name: str, server: FeedServer) -> None:
    found = look(PASTES[name], server)
    told = [*preview_lines(found, "Europe/Berlin", "de"), "", *preview_lines(found, "Europe/Berlin", "en"), ""]
    said = "\n".join(told).replace(server.origin, "verein.example")
    transcript = TRANSCRIPTS / f"{name.replace(' ', '_')}.txt"
    if os.environ.get("UPDATE"):
        transcript.write_text(said, "utf-8")
    assert said == transcript.read_text("utf-8")
    assert "GEHEIM" not in said and "GEHEIM" not in str(preview_object(found, "de")) and "GEHEIM" not in repr(found)


def test_every_transcript_is_of_a_kind_that_is_tried() -> None:
    assert {path.stem for path in TRANSCRIPTS.iterdir()} == {name.replace(" ", "_") for name in PASTES}

"""Lines of the log: text for people, one JSON object for machines."""

from __future__ import annotations

import json
import logging

import pytest

from aggregator.cli.logs import start_logging


@pytest.fixture(autouse=True)
def as_before():
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    yield
    root.setLevel(before[0])
    root.handlers[:] = before[1]


def test_machines_read_one_object_a_line_also_of_a_mistake(capsys):
    start_logging("INFO", "json")
    try:
        raise ValueError("ein\nZeilenumbruch")
    except ValueError:
        logging.getLogger("aggregator.test").exception("source=%s outcome=failed", "chor")
    [line] = capsys.readouterr().err.splitlines()
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == (
        "ERROR",
        "aggregator.test",
        "source=chor outcome=failed",
    )
    assert "Zeilenumbruch" in told["exception"]


def test_people_read_text(capsys):
    start_logging("WARNING", "text")
    logging.getLogger("aggregator.test").info("not asked for")
    logging.getLogger("aggregator.test").warning("source=chor outcome=held")
    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith("WARNING source=chor outcome=held")


def test_libraries_that_name_addresses_are_silent(capsys):
    start_logging("DEBUG", "text")
    logging.getLogger("urllib3.connectionpool").info("GET https://cloud.example.org/secret")
    logging.getLogger("urllib3.connection").warning("Failed to parse headers (url=https://cloud.example.org/secret)")
    assert capsys.readouterr().err == ""

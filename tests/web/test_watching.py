"""The dashboard and the alerts ask for nothing that /metrics does not tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from aggregator.clock import fixed_clock
from aggregator.store import configuration, feed_counts
from aggregator.store.database import Store
from aggregator.store.ticks import Tick, note
from tests.web import town
from web.application import create_app

DOCS = Path(__file__).resolve().parents[2] / "docs"
BOARD = json.loads((DOCS / "grafana.json").read_text("utf-8"))
RULES = yaml.safe_load((DOCS / "prometheus.rules.yml").read_text("utf-8"))
ALERTS = [rule for group in RULES["groups"] for rule in group["rules"]]
# What Prometheus adds to whatever it reads.
ADDED = {"up", "job", "instance"}


def questions() -> Iterator[str]:
    """Every expression of the dashboard and of the alerts."""
    yield from (target["expr"] for panel in BOARD["panels"] for target in panel["targets"])
    yield from (variable["query"]["query"] for variable in BOARD["templating"]["list"])
    yield from (alert["expr"] for alert in ALERTS)


@pytest.fixture
def told(sqlite_store: Store) -> dict[str, list[dict[str, str]]]:
    """The labels of every sample, by the name of its metric, of a town whose scheduler has ticked."""
    with sqlite_store.writing() as connection:
        configuration.sync(connection, town.settings())
        note(connection, Tick(town.NOW, 10**12))
        feed_counts.add(connection, town.NOW.date(), {"calendar": 1})
    client = create_app(sqlite_store, town.settings(), fixed_clock(town.NOW)).test_client()
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {family.name: [one.labels for one in family.samples] for family in families}


def test_every_metric_asked_for_is_told(told) -> None:
    asked = {name for question in questions() for name in re.findall(r"buendel_\w+", question)}
    assert asked <= told.keys()
    assert told.keys() <= asked, "the dashboard shows all there is"


def test_every_label_and_value_asked_for_is_told(told) -> None:
    for question in questions():
        for name, matchers in re.findall(r"(buendel_\w+)\{([^}]*)\}", question):
            for label, values in re.findall(r'(\w+)=~?"([^"]*)"', matchers):
                known = {labels.get(label) for labels in told[name]}
                assert label in ADDED or set(values.split("|")) <= known, question


def test_what_is_grouped_by_is_a_label(told) -> None:
    labels = {label for samples in told.values() for sample in samples for label in sample} | ADDED
    grouped = [words for question in questions() for words in re.findall(r"by \(([^)]*)\)", question)]
    assert {word for words in grouped for word in words.split(", ")} <= labels


@pytest.mark.parametrize("question", list(questions()))
def test_every_expression_closes_what_it_opens(question: str) -> None:
    assert all(question.count(opened) == question.count(closed) for opened, closed in ("()", "{}", "[]"))


def test_the_dashboard_can_be_imported_anywhere() -> None:
    assert [each["name"] for each in BOARD["__inputs"]] == ["DS_PROMETHEUS"]
    assert {panel["datasource"]["uid"] for panel in BOARD["panels"]} == {"${DS_PROMETHEUS}"}
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_every_alert_says_what_is_to_be_done(alert: dict[str, dict[str, str]]) -> None:
    assert set(alert["annotations"]) == {"summary", "description"}
    assert alert["labels"]["severity"] in {"critical", "warning", "info"}

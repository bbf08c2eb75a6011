"""A gold set in memory: its records as the product reads them, its labels, and the scores of a linkage."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

from aggregator.config.loading import load_settings
from aggregator.match.linking import Linkage
from aggregator.match.standardising import Town
from aggregator.model.linkage import Relation
from aggregator.model.records import Record
from aggregator.pipeline.relink import town_of
from aggregator.store import records as stored_records
from aggregator.store import sources as stored_sources
from aggregator.store.database import open_store

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT.parent / "shared" / "gold"


@dataclass(frozen=True)
class Score:
    """Pairwise precision and recall, instance-of F1, hard negatives merged, open questions."""

    precision: float
    recall: float
    instance_f1: float
    hard: int
    questions: int

    @property
    def f1(self) -> float:
        return f1(self.precision, self.recall)


@dataclass(frozen=True)
class Gold:
    """The set: records by our id, what matching knows beside them, the labels, and our id of each gold record."""

    records: dict[str, Record]
    town: Town
    labels: dict[str, Any]
    ours: dict[str, str]

    @property
    def sources(self) -> list[str]:
        return sorted({label["source"] for label in self.labels["records"]})

    def score(self, linkage: Linkage, held: frozenset[str] = frozenset()) -> Score:
        """The scores over all pairs, or over those that touch a source of `held`."""
        place, series, links = self.places(linkage)
        source = {label["id"]: label["source"] for label in self.labels["records"]}

        def counts(pair: tuple[str, str]) -> bool:
            return not held or bool({source[each] for each in pair} & held)

        neutral = {frozenset(pair[:2]) for pair in self.labels["instance_of"]}
        cluster = {label["id"]: label["cluster"] for label in self.labels["records"]}
        true = {p for p in pairs_of(cluster) if counts(p) and frozenset(p) not in neutral}
        said = {p for p in pairs_of(place) if counts(p) and frozenset(p) not in neutral}
        hard = sum(place.get(a, a) == place.get(b, b) for a, b, _ in self.labels["hard_negatives"] if counts((a, b)))
        want = {tuple(pair[:2]) for pair in self.labels["instance_of"] if counts(tuple(pair[:2]))}
        got = {(i, s) for i, event in links for s in series[event] if counts((i, s))}
        return Score(
            share(true & said, said),
            share(true & said, true),
            f1(share(want & got, got), share(want & got, want)),
            hard,
            len(linkage.questions),
        )

    def places(self, linkage: Linkage) -> tuple[dict[str, str], dict[int, list[str]], list[tuple[str, int]]]:
        """Where each gold record ended up: its label, the series of each event, and the instances."""
        members = {member.record: (at, member) for at, c in enumerate(linkage.clusters) for member in c.members}
        place, series, links = {}, defaultdict(list), []
        for label in self.labels["records"]:
            if self.ours[label["id"]] not in members:
                continue
            at, member = members[self.ours[label["id"]]]
            place[label["id"]] = str(at)
            if member.relation is Relation.INSTANCE_OF:
                place[label["id"]] += f"|{member.occurrence[:10]}"
                links.append((label["id"], at))
            elif label.get("series") or label.get("kind") in ("series", "vevent-series"):
                series[at].append(label["id"])
        return place, series, links


def pairs_of(labels: dict[str, str]) -> set[tuple[str, str]]:
    groups = defaultdict(list)
    for record, label in labels.items():
        groups[label].append(record)
    return {tuple(sorted(pair)) for group in groups.values() for pair in combinations(group, 2)}  # type: ignore[misc]


def share(part: set[Any], whole: set[Any]) -> float:
    return len(part) / len(whole) if whole else 1.0


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def load(folder: Path, work: Path) -> Gold:
    """Run the product over the set (by the set's own run.py) and read what it stored."""
    runner = folder / "run.py" if (folder / "run.py").exists() else DEFAULT / "run.py"
    copied = work / "set"
    shutil.copytree(folder, copied)
    if not (copied / "score.py").exists():
        shutil.copy(DEFAULT / "score.py", copied)
    command = [sys.executable, str(runner), "--gold", str(copied), "--project", str(ROOT), "--keep", str(work)]
    subprocess.run([*command, "--python", sys.executable], check=True, capture_output=True)
    settings = load_settings(work / "sources.yaml", {})
    store = open_store(f"sqlite:///{work / 'gold.sqlite'}")
    with store.reading() as connection:
        records = {stored.record.id: stored.record for stored in stored_records.load(connection)}
        town = town_of(settings, {source.id: source for source, _ in stored_sources.load_active(connection)})
    labels = json.loads((folder / "gold.json").read_text("utf-8"))
    lines = defaultdict(list)
    for line in (work / "records.jsonl").read_text("utf-8").splitlines():
        lines[json.loads(line)["source"]].append(json.loads(line))
    find = module_of(runner).find
    ours = {label["id"]: find(label, lines[label["source"]])["id"] for label in labels["records"]}
    return Gold(records, town, labels, ours)


def module_of(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_runner", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

"""The public gold set, end to end: feeds in, records out, scored by the set's own scorer."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "gold"

pytestmark = pytest.mark.prove


@pytest.fixture(scope="module")
def scores(require: Callable[[str], NoReturn]) -> str:
    """What the scorer prints."""
    if not GOLD.is_dir():
        require("the gold set is not beside this checkout")
    program = [sys.executable, str(GOLD / "run.py"), "--project", str(ROOT), "--python", sys.executable]
    done = subprocess.run(program, capture_output=True, text=True, timeout=300, check=True)
    print(*done.stdout.splitlines()[:8], sep="\n")
    return done.stdout


def figure(text: str, pattern: str) -> float:
    found = re.search(pattern, text)
    assert found, f"{pattern} is not in what the scorer printed"
    return float(found[1])


def test_every_gold_record_is_a_record_of_ours(scores: str) -> None:
    assert figure(scores, r"(\d+) gold records") == 685
    assert figure(scores, r"wrong local day: (\d+)") == 0


def test_no_pair_is_merged_that_must_stay_apart(scores: str) -> None:
    assert figure(scores, r"hard negatives merged: (\d+) of") == 0
    assert figure(scores, r"pairwise\s+P ([\d.]+)") >= 0.99


def test_one_evening_told_by_many_is_one_event(scores: str) -> None:
    assert figure(scores, r"pairwise\s+P [\d.]+\s+R ([\d.]+)") >= 0.95
    assert figure(scores, r"pairwise\s+P [\d.]+\s+R [\d.]+\s+F1 ([\d.]+)") >= 0.97


def test_a_date_announced_alone_belongs_to_its_series(scores: str) -> None:
    assert figure(scores, r"instance-of links\s+P ([\d.]+)") >= 0.99
    assert figure(scores, r"instance-of links.*F1 ([\d.]+)") >= 0.97


def test_weights_fitted_without_a_source_hold_for_it(require: Callable[[str], NoReturn]) -> None:
    if not GOLD.is_dir():
        require("the gold set is not beside this checkout")
    program = [sys.executable, "-m", "benchmarks.fit_matching", "--validate"]
    told = subprocess.run(program, capture_output=True, text=True, timeout=600, check=True, cwd=ROOT).stdout
    apart = [float(value) for value in re.findall(r"R [\d.]+ F1 ([\d.]+) hard", told)]
    assert sum(apart) / len(apart) >= figure(told, r"fitted on all: F1 ([\d.]+)") - 0.02

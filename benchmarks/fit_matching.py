#!/usr/bin/env python3
"""What a regression would put into the table of weights, how that holds unseen, and what each feature brings.

    python -m benchmarks.fit_matching                fit on all pairs, beside the table
    python -m benchmarks.fit_matching --validate     leave-sources-out: fit without them, score what touches them;
                                                     then each set by weights that were fitted on the others only
    python -m benchmarks.fit_matching --ablate       the whole pipeline without one feature at a time

The regression starts from nothing (every weight 0, drawn there by a ridge) and never sees a pair of the
sources that it is scored on. Vetoes are no weights and stay as they are; what speaks for or against by its meaning
stays on its side of zero.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from math import exp, log
from pathlib import Path

from aggregator.match import deciding, weights
from aggregator.match.blocking import candidate_pairs, crowded_keys, narrowed
from aggregator.match.comparing import compare, paired
from aggregator.match.linking import link
from aggregator.match.standardising import standardise
from aggregator.match.units import unit_of
from benchmarks.gold import DEFAULT, ROOT, Gold, load

Row = dict[str, float]
Example = tuple[Row, bool, frozenset[str]]
PRIOR = "prior"
FURTHER = [ROOT / "tests" / "data" / name for name in ("gold", "gold_third", "gold_fourth", "gold_fifth")]
FOLDS, RIDGE, ROUNDS = 8, 0.2, 40


def examples(gold: Gold) -> list[Example]:
    """Every candidate pair of two sources: its findings, whether it is true, and its sources."""
    standard = standardise(list(gold.records.values()), gold.town)
    theirs = {ours: label for label in gold.labels["records"] for ours in [gold.ours[label["id"]]]}
    instances = {tuple(pair[:2]) for pair in gold.labels["instance_of"]}
    found = []
    units = [unit_of(profile, standard.learnt) for profile in standard.profiles.values()]
    for one, other in candidate_pairs(narrowed(units, crowded_keys(units)), ()):
        left, right = deciding.ordered(standard.profiles[one], standard.profiles[other])
        if left.record not in theirs or right.record not in theirs or left.face.source == right.face.source:
            continue
        a, b = theirs[left.record], theirs[right.record]
        same = a["cluster"] == b["cluster"] or (a["id"], b["id"]) in instances or (b["id"], a["id"]) in instances
        row = {PRIOR: 1.0}
        for each in compare(paired(*deciding.facing(left, right), standard.corpus)):
            if each.level in weights.WEIGHTS[each.name]:
                row[f"{each.name}.{each.level}"] = min(each.amount, weights.CAPS.get((each.name, each.level), 1.0))
        found.append((row, same, frozenset((a["source"], b["source"]))))
    return found


def fitted(rows: list[Example]) -> Row:
    """Ridge regression by damped Newton steps; weights in bits, none on the other side of zero than in the table."""
    names = sorted({name for row, _, _ in rows for name in row})
    at = {name: index for index, name in enumerate(names)}
    beta = [0.0] * len(names)
    for _ in range(ROUNDS):
        gradient, curvature = slopes(rows, at, beta)
        # What would leave its side of zero stays there this time.
        free = [i for i, name in enumerate(names) if beta[i] or gradient[i] * sign(name) <= 0]
        step = solved([[curvature[i][j] for j in free] for i in free], [gradient[i] for i in free])
        before = list(beta)
        for i, change in zip(free, step, strict=True):
            side = sign(names[i])
            beta[i] = beta[i] - change if not side else side * max(0.0, side * (beta[i] - change))
        if max(abs(one - other) for one, other in zip(beta, before, strict=True)) < 1e-4:
            break
    return {name: beta[at[name]] / log(2) for name in names}


def slopes(rows: list[Example], at: Mapping[str, int], beta: list[float]) -> tuple[list[float], list[list[float]]]:
    """The gradient and the curvature of the loss."""
    gradient = [RIDGE * value for value in beta]
    curvature = [[RIDGE if i == j else 0.0 for j in range(len(beta))] for i in range(len(beta))]
    for row, same, _ in rows:
        sum_ = sum(beta[at[name]] * amount for name, amount in row.items())
        chance = 1 / (1 + exp(-max(-30.0, min(30.0, sum_))))
        spread = max(chance * (1 - chance), 1e-3)
        items = [(at[name], amount) for name, amount in row.items()]
        for i, amount in items:
            gradient[i] += (chance - same) * amount
            for j, other in items:
                curvature[i][j] += spread * amount * other
    return gradient, curvature


def sign(name: str) -> int:
    """Whether a finding speaks for (1) or against (-1) by what it means: agreement is never evidence against."""
    feature, _, level = name.partition(".")
    worth = 0.0 if name == PRIOR else weights.WEIGHTS[feature][level]
    return (worth > 0) - (worth < 0)


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss with pivots; small and dense."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        pivot = max(range(i, len(rows)), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, len(rows)):
            factor = rows[r][i] / rows[i][i]
            if factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    solution = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        rest = sum(rows[i][j] * solution[j] for j in range(i + 1, len(rows)))
        solution[i] = (rows[i][-1] - rest) / rows[i][i]
    return solution


@contextmanager
def table(found: Mapping[str, float]) -> Iterator[None]:
    """Let the matcher decide by other weights; vetoes stay."""
    before, prior = deepcopy(weights.WEIGHTS), deciding.PRIOR
    for name, value in found.items():
        feature, _, level = name.partition(".")
        if name != PRIOR and weights.WEIGHTS[feature][level] > weights.NEVER:
            weights.WEIGHTS[feature][level] = round(value * 2) / 2 if abs(value) >= 1 else round(value, 2)
    deciding.PRIOR = found.get(PRIOR, prior)  # type: ignore[misc]
    try:
        yield
    finally:
        weights.WEIGHTS.update(before)
        deciding.PRIOR = prior  # type: ignore[misc]


def show_fit(gold: Gold) -> None:
    rows = examples(gold)
    found = fitted(rows)
    for name in sorted(found):
        feature, _, level = name.partition(".")
        own = weights.PRIOR if name == PRIOR else weights.WEIGHTS[feature][level]
        seen = [same for row, same, _ in rows if name in row]
        print(f"{name:<28} table {own:+6.2f}   fitted {found[name]:+6.2f}   {sum(seen)} of {len(seen)} pairs true")


def validate(gold: Gold, further: list[Gold]) -> None:
    rows = examples(gold)
    beside = [row for other in further for row in examples(other)]
    sources = gold.sources
    random.Random(4).shuffle(sources)
    records = list(gold.records.values())
    shipped = link(records, gold.town)
    print(f"{'sources left out':<72} fitted without them     the table")
    for fold in range(FOLDS):
        held = frozenset(sources[fold::FOLDS])
        with table(fitted([each for each in rows if not each[2] & held] + beside)):
            apart = gold.score(link(records, gold.town), held)
        own = gold.score(shipped, held)
        print(
            f"{', '.join(sorted(held)):<72.72} P {apart.precision:.3f} R {apart.recall:.3f} F1 {apart.f1:.3f}"
            f" hard {apart.hard}   F1 {own.f1:.3f}"
        )
    with table(fitted(rows + beside)):
        everything = gold.score(link(records, gold.town))
    print(f"fitted on all: F1 {everything.f1:.3f}, hard negatives merged {everything.hard}")
    show_other_sets([gold, *further])


def show_other_sets(sets: list[Gold]) -> None:
    """Each set by the table, and by weights that never saw any of it."""
    rows = [examples(each) for each in sets]
    for at, each in enumerate(sets):
        records = list(each.records.values())
        own = each.score(link(records, each.town))
        with table(fitted([row for other in (*rows[:at], *rows[at + 1 :]) for row in other])):
            unseen = each.score(link(records, each.town))
        print(
            f"set {at + 1}: fitted on the others P {unseen.precision:.3f} R {unseen.recall:.3f} F1 {unseen.f1:.3f}"
            f" hard {unseen.hard}; the table F1 {own.f1:.3f} hard {own.hard}, {own.questions} questions",
            flush=True,
        )


def ablate(gold: Gold) -> None:
    records = list(gold.records.values())
    print("| without | precision | recall | F1 | instance-of F1 | hard negatives merged | questions |")
    print("|---|---|---|---|---|---|---|")
    for feature in ("", *weights.WEIGHTS):
        with table({}):
            for level in weights.WEIGHTS.get(feature, {}):
                weights.WEIGHTS[feature][level] = 0.0
            score = gold.score(link(records, gold.town))
        print(
            f"| {feature or '(nothing)'} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f}"
            f" | {score.instance_f1:.3f} | {score.hard} | {score.questions} |",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=DEFAULT)
    parser.add_argument("--validate", action="store_true")
    parser.add_argument("--ablate", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        gold = load(chosen.gold, Path(work) / "public")
        if chosen.validate:
            validate(gold, [load(folder, Path(work) / folder.name) for folder in FURTHER])
        else:
            (ablate if chosen.ablate else show_fit)(gold)


if __name__ == "__main__":
    main()

"""The budgets and rules of docs/design.md that no linter knows."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(path for room in ("aggregator", "web") for path in (ROOT / room).rglob("*.py"))
PURE = ("model", "discover", "parse", "normalise", "match", "export")
PURE_MODULES = (
    "pipeline/absence.py",
    "pipeline/changes.py",
    "pipeline/identities.py",
    "pipeline/incidents.py",
    "pipeline/recognising.py",
    "fetch/conditional.py",
    "fetch/schedule.py",
)
VAGUE_NAMES = {"utils", "util", "misc", "helpers", "helper", "common"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_pure(path: Path) -> bool:
    inside = path.relative_to(ROOT / "aggregator").as_posix() if path.is_relative_to(ROOT / "aggregator") else ""
    return inside.split("/")[0] in PURE or inside in PURE_MODULES


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_file_is_one_thing(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(path) if f.end_lineno}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", [path for path in MODULES if is_pure(path)], ids=relative)
def test_a_pure_room_opens_nothing(path: Path) -> None:
    names = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not names & {"open", "print", "input"}


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=relative)
def test_a_package_file_holds_a_docstring_only(path: Path) -> None:
    body = ast.parse(path.read_text("utf-8")).body
    assert [type(node).__name__ for node in body] == ["Expr"]


def test_no_module_has_a_vague_name() -> None:
    assert [relative(path) for path in MODULES if path.stem in VAGUE_NAMES] == []


def test_the_pipeline_on_one_screen_names_real_modules() -> None:
    screen = (ROOT / "aggregator/__init__.py").read_text("utf-8")
    named = [line.split()[0] for line in screen.splitlines() if line.startswith("    ") and "." in line.split()[0]]
    missing = []
    for name in named:
        room, modules = name.split(".", 1)
        missing += [m for m in modules.split("|") if m != "…" and not (ROOT / f"aggregator/{room}/{m}.py").exists()]
    assert named
    assert missing == []


def test_no_test_replaces_a_real_part_by_a_mock() -> None:
    own = Path(__file__)
    mocked = [p for p in (ROOT / "tests").rglob("*.py") if p != own and "unittest.mock" in p.read_text("utf-8")]
    assert mocked == []


def test_no_town_stands_in_code_or_templates() -> None:
    files = [*MODULES, *(ROOT / "web").rglob("*.html"), *(ROOT / "web").rglob("*.po")]
    named = [relative(path) for path in files if "lüneburg" in path.read_text("utf-8").lower()]
    assert named == []


def test_no_test_sleeps() -> None:
    own = Path(__file__)
    asleep = [relative(p) for p in (ROOT / "tests").rglob("*.py") if p != own and "sleep(" in p.read_text("utf-8")]
    assert asleep == []

"""The interface keeps every promise of its own description, whatever schemathesis makes up from it.

`tests/prove/clients.sh` installs it. It may be refused what only a person can know to be wrong: an id that nobody has,
an end before its beginning.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from aggregator.clock import fixed_clock
from aggregator.store.database import open_store
from tests.browser.conftest import served
from tests.web import town
from web.application import create_app

pytestmark = pytest.mark.prove

TOOLS = Path(__file__).resolve().parents[2] / "var" / "clients"
EXAMPLES = 40


def test_the_interface_does_what_its_description_says(tmp_path: Path, require: Callable[[str], NoReturn]) -> None:
    programs = sorted(TOOLS.glob("schemathesis-*/bin/schemathesis"))
    if not programs:
        require("schemathesis is not in var/clients")
    store = open_store(f"sqlite:///{tmp_path / 'town.sqlite'}", lambda: bytes(32))
    town.publish(store, town.settings())
    with served(create_app(store, town.settings(), fixed_clock(town.NOW))) as address:
        description = f"{address}/api/v1/openapi.json"
        options = ["--checks=all", "--exclude-checks=positive_data_acceptance", "--seed=1", "--no-color"]
        ran = subprocess.run(
            [programs[-1], "run", description, f"--url={address}", f"--max-examples={EXAMPLES}", *options],
            capture_output=True,
            text=True,
            cwd=tmp_path,
        )
    store.close()
    print(ran.stdout[-400:])
    assert ran.returncode == 0, ran.stdout
    assert "No issues found" in ran.stdout

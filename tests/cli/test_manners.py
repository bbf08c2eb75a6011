"""What our processes ask of the machine."""

from __future__ import annotations

import os
import subprocess
import sys

from aggregator.cli import manners

STEPPING = """
import os
from aggregator.cli import manners
manners.step_behind_pages()
manners.step_behind_pages()
print(os.nice(0))
"""


def test_who_fetches_goes_behind_pages_but_no_further() -> None:
    found = subprocess.run([sys.executable, "-c", STEPPING], capture_output=True, text=True, check=True)
    assert int(found.stdout) == max(os.nice(0), manners.BEHIND_PAGES)

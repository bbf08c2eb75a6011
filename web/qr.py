"""QR codes as drawings inside a page: no picture to load, no foreign service."""

from __future__ import annotations

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""The white border around the code, in modules, without which some cameras do not find it (ISO/IEC 18004)."""


def qr_drawing(address: str, words: str) -> Markup:
    """The code of an address as SVG, black on white whatever the page's colours; `words` say it aloud."""
    code = segno.make_qr(address, error="m", boost_error=False)
    width = code.symbol_size(border=QUIET_ZONE)[0]
    # One run of dark modules is one stroke: a path of a few kilobytes.
    runs = "".join(
        f"M{start + QUIET_ZONE} {row + QUIET_ZONE}.5h{length}"
        for row, line in enumerate(code.matrix)
        for start, length in dark_runs(line)
    )
    return Markup(
        '<svg viewBox="0 0 {width} {width}" role="img" aria-label="{words}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{width}v{width}H0z"/><path stroke="#000" d="{runs}"/></svg>'
    ).format(width=width, words=words, runs=runs)


def dark_runs(line: bytes | bytearray) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow."""
    runs: list[tuple[int, int]] = []
    for place, module in enumerate(line):
        if not module:
            continue
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs

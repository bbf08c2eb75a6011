"""What people copy into their own website, ready to be pasted."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


@dataclass(frozen=True, slots=True)
class Snippets:
    """The same embed three ways: its bare address, a frame, an element without a frame."""

    address: str
    frame: str
    element: str


def snippets(address: str, calendar: str, title: str, height: int, words: str) -> Snippets:
    """The snippets for the embed at `address`.

    `calendar` is the page that shows the same in full; `words` lead there where the element cannot be shown.
    """
    home = address.rpartition("/embed")[0]
    return Snippets(
        address=address,
        frame=f"{frame(address, title, height)}\n{script(home, 'buendel-height.js')}",
        element=(
            f"{script(home, 'buendel-calendar.js')}\n"
            f'<buendel-calendar src="{escape(address)}"><a href="{escape(calendar)}">{escape(words)}</a>'
            "</buendel-calendar>"
        ),
    )


def frame(address: str, title: str, height: int, width: str = "100%") -> str:
    """The frame alone, as high as most towns need it where no script can tell."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}"'
        f' loading="lazy" sandbox="{SANDBOX}" style="border:0"></iframe>'
    )


def script(home: str, name: str) -> str:
    """One of our files for websites, under an address that stays."""
    return f'<script async src="{escape(home)}/static/embed/{name}"></script>'

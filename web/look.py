"""The operator's colours and fonts put into our style sheet, and what follows from them."""

from __future__ import annotations

import re

from aggregator.model.colours import contrast, mixed
from aggregator.model.settings import Look, Palette

DARK = "@media (prefers-color-scheme: dark)"
SOFT_TEXT = 7.0


def dressed(tokens: str, look: Look) -> str:
    """tokens.css with the look in it; unchanged for our own."""
    ours = Look()
    light, mark, dark = tokens.partition(DARK)
    plain = {"--radius": look.radius, "--font-title": look.font_title, "--font-text": look.font_text}
    light = with_values(light, {**derived(look.light, ours.light), **{n: value for n, value in plain.items() if value}})
    return light + mark + with_values(dark, derived(look.dark, ours.dark))


def with_values(rules: str, values: dict[str, str]) -> str:
    """The rules with these values in place of their own."""
    for name, value in values.items():
        # No value holds a backslash, so none can be taken for a part of the expression.
        rules = re.sub(rf"(?<![\w-]){name}: [^;]+;", f"{name}: {value};", rules, count=1)
    return rules


def derived(wanted: Palette, ours: Palette) -> dict[str, str]:
    """Every colour that differs when these do: lines, soft text, soft grounds, bricks."""
    made = {f"--{name}": value for name, value in wanted.values.items() if value != ours.values[name]}
    ink, paper = wanted.ink, wanted.paper
    if (ink, paper) != (ours.ink, ours.paper):
        made |= {"--ink-soft": soft(ink, paper), "--line": mixed(ink, paper, 0.2)}
        made |= {"--line-strong": mixed(ink, paper, 0.55), "--paper-sunk": mixed(ink, paper, 0.05)}
        made |= {"--paper-raised": mixed(ink, paper, 0.02)}
    if (wanted.accent, paper) != (ours.accent, ours.paper):
        made |= {"--accent-soft": mixed(wanted.accent, paper, 0.12), "--on-accent": on(wanted.accent)}
    if (wanted.mark, paper) != (ours.mark, ours.paper):
        made |= {"--mark-soft": mixed(wanted.mark, paper, 0.1)}
        made |= {"--brick": wanted.mark, "--mark-2": mixed(wanted.mark, paper, 0.8)}
    return made


def soft(ink: str, paper: str) -> str:
    """Text of less weight that can still be read by everybody."""
    mixtures = (mixed(ink, paper, share / 100) for share in range(82, 100, 3))
    return next((colour for colour in mixtures if contrast(colour, paper) >= SOFT_TEXT), ink)


def on(accent: str) -> str:
    """The colour of words on a button: black or white, whichever stands out more."""
    return max("#ffffff", "#000000", key=lambda colour: contrast(colour, accent))

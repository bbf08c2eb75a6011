"""Colours as #rrggbb: how much one stands out from another, and what lies between them."""

from __future__ import annotations


def mixed(ink: str, paper: str, share: float) -> str:
    """A colour with `share` of the ink and the rest of the paper."""
    pairs = zip(channels(ink), channels(paper), strict=True)
    return "#" + "".join(f"{round(dark * share + light * (1 - share)):02x}" for dark, light in pairs)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(value: float) -> float:
    """One channel of sRGB as light."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of #rrggbb, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

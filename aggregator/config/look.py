"""The town's own face: seven values of the style sheet, checked so that everybody can still read."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import model_validator

from aggregator.config.section import Section, read_by
from aggregator.config.spelling import quoted
from aggregator.model.colours import contrast
from aggregator.model.settings import Look, Palette

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# Nothing that could end the rule in the style sheet.
FONTS = re.compile(r"[A-Za-z0-9 ,'\"-]{1,200}")
LENGTH = re.compile(r"(?:[0-9]|1[0-6])px")
# WCAG 2.2: enhanced contrast for text, the least for what can be pressed and what marks.
LEAST = {"ink": 7.0, "accent": 4.5, "mark": 4.5}


def colour_of(text: str) -> str:
    """A colour as #rrggbb."""
    if not COLOUR.fullmatch(text):
        raise ValueError(f'{quoted(text)} is not a colour; write it like "#2c5727"')
    return text.lower()


def fonts_of(text: str) -> str:
    """The names of fonts that visitors may have, the wanted one first."""
    if not FONTS.fullmatch(text) or text.count('"') % 2 or text.count("'") % 2:
        raise ValueError(f"{quoted(text)} is not a list of fonts; write it like Georgia, serif")
    return text


def length_of(text: str) -> str:
    """How round corners are."""
    if not LENGTH.fullmatch(text):
        raise ValueError(f'{quoted(text)} is not a radius of corners; write it like "3px" (0 to 16)')
    return text


Colour = Annotated[str, read_by(colour_of)]
Fonts = Annotated[str, read_by(fonts_of)]
Length = Annotated[str, read_by(length_of)]


class PaletteShape(Section):
    """Four colours; those that are not written are ours."""

    paper: Colour | None = None
    ink: Colour | None = None
    accent: Colour | None = None
    mark: Colour | None = None


class LookShape(Section):
    """Colours for day and night, corners and fonts."""

    light: PaletteShape | None = None
    dark: PaletteShape | None = None
    radius: Length | None = None
    font_title: Fonts | None = None
    font_text: Fonts | None = None

    @model_validator(mode="after")
    def readable(self) -> LookShape:
        """Text, links and marks must stand out from the paper, by day and by night."""
        look = look_of(self)
        for name, palette in (("light", look.light), ("dark", look.dark)):
            for colour, least in LEAST.items():
                found = contrast(getattr(palette, colour), palette.paper)
                if found < least:
                    raise ValueError(
                        f"{name}: {colour} stands out from paper by {found:.1f} to 1 only; {least:g} to 1 is needed"
                    )
        return self


def look_of(stated: LookShape) -> Look:
    """The look, with ours for everything that was not written."""
    ours = Look()
    given = stated.given("light", "dark")
    light = Palette(**{**ours.light.values, **(stated.light.given() if stated.light else {})})
    dark = Palette(**{**ours.dark.values, **(stated.dark.given() if stated.dark else {})})
    return Look(light, dark, **given)

"""A town wears its own colours and fonts, and everybody can still read them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aggregator.model.colours import contrast
from aggregator.model.settings import Look, Palette
from web.assets import FOLDER, load_assets
from web.embed.colours import tokens_of
from web.look import derived, dressed

TOKENS = (FOLDER / "tokens.css").read_text("utf-8")
NIGHT = Palette("#101820", "#f4f4f4", "#ffd166", "#ff9f9f")
BLUE = Look(Palette("#ffffff", "#10233f", "#0b4f9e", "#a3123a"), NIGHT, "0px", "Georgia, serif")


def test_our_own_look_is_the_style_sheet_as_it_stands() -> None:
    assert dressed(TOKENS, Look()) == TOKENS
    light, dark = tokens_of(TOKENS)
    for palette, found in ((Look().light, light), (Look().dark, dark)):
        assert palette.values == {name: found[f"--{name}"] for name in palette.values}


def test_a_look_replaces_its_values_and_what_follows_from_them() -> None:
    sheet = dressed(TOKENS, BLUE)
    light, dark = tokens_of(sheet)
    assert (light["--accent"], light["--brick"], light["--on-accent"]) == ("#0b4f9e", "#a3123a", "#ffffff")
    assert (dark["--paper"], dark["--accent"], dark["--on-accent"]) == ("#101820", "#ffd166", "#000000")
    assert "--radius: 0px;" in sheet and "--font-title: Georgia, serif;" in sheet
    assert sheet.count("{") == TOKENS.count("{")


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_what_follows_can_be_read_as_well(mode: int) -> None:
    tokens = {**tokens_of(dressed(TOKENS, BLUE))[0], **(tokens_of(dressed(TOKENS, BLUE))[1] if mode else {})}
    for name, ground, least in (
        ("--ink-soft", "--paper", 7.0),
        ("--ink", "--paper-sunk", 7.0),
        ("--on-accent", "--accent", 4.5),
        ("--line-strong", "--paper", 3.0),
    ):
        assert contrast(tokens[name], tokens[ground]) >= least, name


def test_only_one_changed_colour_leaves_the_others_alone() -> None:
    accented = replace(Look().light, accent="#0b4f9e")
    assert set(derived(accented, Look().light)) == {"--accent", "--accent-soft", "--on-accent"}


def test_pages_and_embeds_get_another_address_for_another_look() -> None:
    assert load_assets(BLUE).files["tokens.css"].digest != load_assets().files["tokens.css"].digest

"""Colours chosen by others: judged by contrast, completed from ours."""

from __future__ import annotations

import pytest

from aggregator.errors import FilterError
from web.assets import load_assets
from web.embed.colours import (
    Colours,
    completed,
    contrast,
    contrasts,
    mixed,
    read_colours,
    refuse_unreadable,
    rules,
    tokens_of,
)

TOKENS = tokens_of(load_assets().files["tokens.css"].content.decode())


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        pytest.param("#000000", "#ffffff", 21.0, id="black on white"),
        pytest.param("#ffffff", "#ffffff", 1.0, id="white on white"),
        pytest.param("#767676", "#ffffff", 4.54, id="the lightest grey that may be read"),
        pytest.param("#777777", "#ffffff", 4.48, id="one that may not"),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_our_own_colours_can_be_read_in_light_and_dark() -> None:
    for scheme in ("light", "dark"):
        assert all(found >= 7 for _, found in contrasts(Colours(scheme), TOKENS))


def test_a_dark_paper_is_completed_from_our_dark_colours() -> None:
    whole = completed(Colours("own", paper="#101820"), TOKENS)
    assert whole["--ink"] == TOKENS[1]["--ink"]
    assert "color-scheme:dark" in rules(Colours("own", paper="#101820"), TOKENS, ":host")


def test_soft_text_and_marks_can_be_read_on_every_paper_that_ink_can_be_read_on() -> None:
    for paper, ink in (("#f2a48f", "#1b1d19"), ("#ffffff", "#6b6b6b"), ("#8e2f1c", "#ffffff"), ("#5a5a00", "#fffff0")):
        chosen = Colours("own", paper=paper, ink=ink, accent=ink)
        refuse_unreadable(chosen, TOKENS)
        whole = completed(chosen, TOKENS)
        assert all(contrast(whole[name], paper) >= 4.5 for name in ("--ink-soft", "--mark", "--caution"))


def test_an_accent_alone_is_judged_on_our_paper() -> None:
    with pytest.raises(FilterError) as refused:
        refuse_unreadable(Colours("own", accent="#ffcc00"), TOKENS)
    assert refused.value.sentences["en"].endswith("needed is 4.5 to 1 (accent).")


def test_a_scheme_of_ours_beside_colours_wins() -> None:
    assert read_colours({"colours": "light", "ink": "777777"}) == Colours("light")
    assert read_colours({"ink": "#777777"}) == Colours("own", ink="#777777")
    assert read_colours({"colours": "own"}) == Colours()


def test_mixing_goes_from_paper_to_ink() -> None:
    assert [mixed("#000000", "#ffffff", share) for share in (0, 0.5, 1)] == ["#ffffff", "#808080", "#000000"]

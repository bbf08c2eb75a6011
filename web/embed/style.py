"""The style of an embed: its colours as a style sheet, and all of it in one piece for the element's shadow."""

from __future__ import annotations

import re
from functools import lru_cache

from web.assets import Assets
from web.embed.colours import Colours, Tokens, rules, tokens_of

REM = re.compile(r"(?<![\w.])(\d*\.?\d+)rem\b")
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
PIXELS = 16


def our_tokens(assets: Assets) -> tuple[Tokens, Tokens]:
    """Our colours, light and dark."""
    return tokens_of(assets.files["tokens.css"].content.decode())


def colour_sheet(colours: Colours, assets: Assets) -> str:
    """The rules that pin the colours in a frame; stronger than those of tokens.css."""
    return rules(colours, our_tokens(assets), ":root:root:root")


def element_sheet(colours: Colours, assets: Assets) -> str:
    """Everything that the element needs: tokens, lines, colours."""
    sheets = (assets.files[name].content.decode() for name in ("tokens.css", "embed.css"))
    return in_shadow("\n".join(sheets)) + rules(colours, our_tokens(assets), ":host")


@lru_cache(maxsize=4)
def in_shadow(sheet: str) -> str:
    """A style sheet of a page made one of a shadow tree, where the host stands for the root and the body.

    Lengths in rem follow the page around, which may say that one is ten pixels: so they are fixed.
    """
    sheet = COMMENT.sub("", sheet).replace(':root:not([data-theme="light"])', ":host")
    sheet = sheet.replace(':root[data-theme="light"]', ':host([data-theme="light"])').replace(":root", ":host")
    sheet = re.sub(r"(?m)^body\b", ":host", sheet)
    return REM.sub(lambda match: f"{float(match[1]) * PIXELS:g}px", sheet) + ":host { display: block; }\n"

"""The colours of an embed: chosen by the website around it, judged by their contrast, completed from ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from aggregator.model.colours import contrast, luminance, mixed
from aggregator.model.filters import refusal

AUTO, LIGHT, DARK, OWN = "auto", "light", "dark", "own"
SCHEMES = (AUTO, LIGHT, DARK, OWN)
HEX = re.compile(r"#?([0-9a-fA-F]{6})")
DECLARATION = re.compile(r"(--[\w-]+):\s*([^;]+);")
READABLE = 4.5
"""The least contrast of text on its ground (WCAG 2.2, 1.4.3)."""
VISIBLE = 3.0

Tokens = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Colours:
    """What was asked for: a scheme, and up to three colours as #rrggbb that pin it; "" keeps ours."""

    scheme: str = AUTO
    accent: str = ""
    paper: str = ""
    ink: str = ""

    @property
    def is_own(self) -> bool:
        """Whether any colour was chosen."""
        return bool(self.accent or self.paper or self.ink)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The parameters that ask for these colours; none for ours in light and dark."""
        if self.is_own:
            named = (("accent", self.accent), ("paper", self.paper), ("ink", self.ink))
            return tuple((name, value.lstrip("#")) for name, value in named if value)
        return () if self.scheme == AUTO else (("colours", self.scheme),)


def read_colours(own: Mapping[str, str]) -> Colours:
    """The colours that a query asks for; single colours count unless one of our schemes is named beside them.

    Raises FilterError for a scheme that does not exist and for what is no colour.
    """
    scheme = own.get("colours", OWN)
    if scheme not in SCHEMES:
        raise refusal("colours", "Hier geht nur auto, light oder dark", "Only auto, light or dark is possible here")
    if scheme != OWN:
        return Colours(scheme)
    accent, paper, ink = (read_colour(name, own.get(name, "")) for name in ("accent", "paper", "ink"))
    return Colours(OWN, accent, paper, ink) if accent or paper or ink else Colours()


def read_colour(name: str, value: str) -> str:
    """A colour as #rrggbb in lower case, "" for none; the # may be missing, since it ends an address."""
    match = HEX.fullmatch(value)
    if match:
        return f"#{match[1].lower()}"
    if value:
        raise refusal(name, "Das ist keine Farbe der Form 2c5727", "This is not a colour of the form 2c5727")
    return ""


def refuse_unreadable(colours: Colours, tokens: tuple[Tokens, Tokens]) -> None:
    """Refuse colours in which text could not be read.

    Raises FilterError that names the pair with its contrast.
    """
    for name, found in contrasts(colours, tokens):
        if found < READABLE:
            raise too_faint(name, found)


def too_faint(name: str, found: float) -> Exception:
    """The error for one colour that does not stand out from its paper."""
    german, english = {
        "ink": ("Die Schrift ist auf diesem Grund nicht zu lesen", "The text cannot be read on this ground"),
        "accent": ("Die Links sind auf diesem Grund nicht zu lesen", "The links cannot be read on this ground"),
    }[name]
    figure = f"{found:.1f}"
    return refusal(
        name,
        f"{german}: Kontrast {figure.replace('.', ',')} zu 1, nötig sind 4,5 zu 1",
        f"{english}: contrast {figure} to 1, needed is 4.5 to 1",
    )


def contrasts(colours: Colours, tokens: tuple[Tokens, Tokens]) -> tuple[tuple[str, float], ...]:
    """How much text and links stand out from the paper, once what was not chosen is taken from ours."""
    whole = completed(colours, tokens)
    return tuple((name, contrast(whole[f"--{name}"], whole["--paper"])) for name in ("ink", "accent"))


def is_dark(colours: Colours) -> bool:
    """Which of our two sets completes the chosen colours: that which fits the paper."""
    return luminance(colours.paper) < 0.18 if colours.paper else colours.scheme == DARK


def completed(colours: Colours, tokens: tuple[Tokens, Tokens]) -> dict[str, str]:
    """Every colour of an embed by its token; `tokens` are ours for light and for dark.

    Lines and soft text are mixed from the chosen ink and paper; a mark that would not stand out
    becomes ink, since its word says the same.
    """
    light, dark = tokens
    whole = {**light, **dark} if is_dark(colours) else dict(light)
    chosen = {"--accent": colours.accent, "--paper": colours.paper, "--ink": colours.ink}
    whole.update({name: value for name, value in chosen.items() if value})
    if not (colours.paper or colours.ink):
        return whole
    ink, paper = whole["--ink"], whole["--paper"]
    shares = {"--ink-soft": 0.82, "--line-strong": 0.55, "--line": 0.2, "--paper-sunk": 0.07, "--paper-raised": 0.03}
    whole.update({name: mixed(ink, paper, share) for name, share in shares.items()})
    for name, least in (("--ink-soft", READABLE), ("--mark", READABLE), ("--caution", READABLE), ("--focus", VISIBLE)):
        if contrast(whole[name], paper) < least:
            whole[name] = ink
    return whole


def rules(colours: Colours, tokens: tuple[Tokens, Tokens], root: str) -> str:
    """The style sheet that pins these colours on `root`; "" when ours follow the reader's device."""
    if colours.scheme == AUTO:
        return ""
    scheme = DARK if is_dark(colours) else LIGHT
    declarations = "".join(f"{name}:{value};" for name, value in completed(colours, tokens).items())
    return f"{root}{{color-scheme:{scheme};{declarations}}}\n"


def tokens_of(style_sheet: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours of tokens.css: those of the light set, and those that the dark one puts in their place."""
    light, _, dark = style_sheet.partition("@media (prefers-color-scheme: dark)")
    sets = (dict(DECLARATION.findall(part)) for part in (light, dark))
    first, second = ({name: value for name, value in one.items() if HEX.fullmatch(value)} for one in sets)
    return first, second


def without_choice(colours: Colours) -> Colours:
    """The same scheme with our own colours, for showing something while a choice cannot be read."""
    return replace(colours, scheme=AUTO, accent="", paper="", ink="")

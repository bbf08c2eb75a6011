"""One request, read: the language, the filter, and the parameters of the path's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Request

from aggregator.errors import FilterError
from aggregator.model.filters import LONGEST_VALUE, PARAMETERS, EventFilter, checked, parse_filter, refusal
from aggregator.model.sources import Initiative
from aggregator.model.umbrellas import umbrellas_of
from web.languages import Tongue, preferred
from web.links import Links

LONGEST_ADDRESS = 2000
HARMLESS = ("lang", "expand", "limit", "page")


@dataclass(frozen=True, slots=True)
class Visit:
    """What was asked for. `own` are the path's own parameters, the last value of each."""

    path: str
    tongue: Tongue
    links: Links
    wanted: EventFilter
    own: Mapping[str, str]

    @property
    def question(self) -> str:
        """Everything of the request that the answer depends on, in one canonical string."""
        own = "&".join(f"{name}={value}" for name, value in sorted(self.own.items()))
        return "\n".join((self.path, self.wanted.query(), own, self.tongue.code, self.links.language))


def tongue_of(request: Request, tongues: Mapping[str, Tongue], negotiates: bool = True) -> Tongue:
    """The language of the answer: `lang`, else what the browser prefers, else the site's first."""
    given = request.args.get("lang", "")
    if given in tongues:
        return tongues[given]
    languages = tuple(tongues)
    return tongues[preferred(request.headers.get("Accept-Language", ""), languages) if negotiates else languages[0]]


def links_of(request: Request, tongues: Mapping[str, Tongue]) -> Links:
    """Links that keep the language, when one was chosen."""
    given = request.args.get("lang", "")
    return Links(given if given in tongues else "")


def read_visit(request: Request, tongues: Mapping[str, Tongue], own: Sequence[str], negotiates: bool) -> Visit:
    """The request as a visit; `own` are the parameter names of this path beside the filter's.

    One of these called `url` holds a whole address of ours, and so may be longer than a word.

    Raises FilterError for a value or name that we do not know.
    """
    pairs = list(request.args.items(multi=True))
    refuse_unknown(pairs, tongues, own)
    return Visit(
        path=request.path,
        tongue=tongue_of(request, tongues, negotiates),
        links=links_of(request, tongues),
        wanted=parse_filter(pairs),
        own={name: checked(name, value, longest_of(name)) for name, value in pairs if name in own and value.strip()},
    )


def longest_of(name: str) -> int:
    """How long a value may be."""
    return LONGEST_ADDRESS if name == "url" else LONGEST_VALUE


def refuse_unknown(pairs: Iterable[tuple[str, str]], tongues: Mapping[str, Tongue], own: Sequence[str]) -> None:
    """Refuse names that mean nothing here: a mistyped filter must not silently show everything."""
    for name, value in pairs:
        if name == "lang" and value and value not in tongues:
            raise refusal(name, "Diese Sprache gibt es hier nicht", "This language does not exist here")
        known = name in PARAMETERS or name in HARMLESS or name in own or name.startswith("utm_")
        if not known:
            shown = name[:40]
            raise refusal(shown, "Diese Angabe kennen wir nicht", "We do not know this parameter")


def refuse_unknown_ids(wanted: EventFilter, topics: Iterable[str], initiatives: Mapping[str, Initiative]) -> None:
    """Refuse topics, initiatives and umbrellas that do not exist, naming the first.

    Raises FilterError.
    """
    for name, values, known in (
        ("topic", wanted.topics, set(topics)),
        ("initiative", wanted.initiatives, initiatives),
        ("umbrella", wanted.umbrellas, umbrellas_of(initiatives) if wanted.umbrellas else ()),
    ):
        missing = next((value for value in values if value not in known), None)
        if missing is not None:
            raise unknown_id(name, missing)


def unknown_id(name: str, value: str) -> FilterError:
    """The error for one id that does not exist."""
    german, english = {
        "topic": ("Dieses Thema gibt es hier nicht: „{}“", "This topic does not exist here: “{}”"),
        "initiative": ("Diese Initiative gibt es hier nicht: „{}“", "This initiative does not exist here: “{}”"),
        "umbrella": ("Dieser Dachverband ist hier nicht bekannt: „{}“", "This umbrella is not known here: “{}”"),
    }[name]
    return refusal(name, german.format(value), english.format(value))


def number_of(visit: Visit, name: str, usual: int, most: int) -> int:
    """A whole number from 1 to `most` among the path's own parameters; `usual` when it is not given.

    Raises FilterError.
    """
    value = visit.own.get(name, str(usual))
    if value.isascii() and value.isdigit() and len(value) <= 6 and 1 <= int(value) <= most:
        return int(value)
    raise refusal(name, f"Hier geht eine Zahl von 1 bis {most}", f"This must be a number from 1 to {most}")

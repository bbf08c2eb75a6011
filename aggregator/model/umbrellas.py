"""Which initiatives belong to which alliance."""

from __future__ import annotations

from collections.abc import Mapping

from aggregator.model.sources import Initiative


def umbrellas_of(initiatives: Mapping[str, Initiative]) -> tuple[str, ...]:
    """The ids of all initiatives that others name as their umbrella, in the order of the directory."""
    named = {initiative.umbrella for initiative in initiatives.values()}
    return tuple(name for name in initiatives if name in named)


def members_of(umbrella: str, initiatives: Mapping[str, Initiative]) -> tuple[Initiative, ...]:
    """Those that belong to the umbrella, or to a member of it, in the order of the directory."""
    inside = {umbrella}
    while joining := {name for name, one in initiatives.items() if one.umbrella in inside} - inside:
        inside |= joining
    return tuple(one for name, one in initiatives.items() if name in inside and name != umbrella)

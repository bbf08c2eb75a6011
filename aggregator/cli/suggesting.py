"""A command that does not exist: what was probably meant, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

import click


class SuggestingGroup(click.Group):
    """A group that names the nearest of its commands when somebody mistyped one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command and its arguments, as click finds them."""
        known, name = self.list_commands(ctx), args[0]
        if name not in known and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(mistyped(name, known), ctx)
        return super().resolve_command(ctx, args)


def mistyped(name: str, known: Iterable[str]) -> str:
    """That there is no such command, and which may be meant."""
    # Imported here: only who mistypes needs it, and every start would pay for it.
    from difflib import get_close_matches

    near = get_close_matches(name.casefold(), list(known), n=1, cutoff=0.6)
    german = f"Meinten Sie „{near[0]}“?" if near else "Alle zeigt --help."
    english = f'Did you mean "{near[0]}"?' if near else "--help lists them all."
    return f'Den Befehl „{name[:60]}“ gibt es nicht. {german} / There is no command "{name[:60]}". {english}'

"""`check`: what a pasted address would give, for those who help initiatives."""

from __future__ import annotations

import json
import sys

import click

from aggregator.cli.invocation import Invocation
from aggregator.cli.preview_json import preview_object
from aggregator.cli.preview_text import preview_lines
from aggregator.model.preview import Outcome
from aggregator.pipeline.preview import preview

LANGUAGES = ("de", "en")


@click.command()
@click.argument("address")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="The language of the answer (LANG, else de).")
@click.pass_obj
def check(invocation: Invocation, address: str, as_json: bool, lang: str | None) -> None:
    """Look behind ADDRESS: which calendar we would use, and how we understand it. Nothing is stored."""
    settings = invocation.settings
    found = preview(address, settings, settings.sources, invocation.standing_clock()())
    language = lang or language_of(invocation.environ.get("LANG", ""))
    if as_json:
        click.echo(json.dumps(preview_object(found, language), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(preview_lines(found, settings.site.timezone, language)))
    sys.exit(0 if found.outcome in (Outcome.READABLE, Outcome.EMPTY) else 1)


def language_of(locale: str) -> str:
    """German for whoever reads it or has set nothing, English for an English terminal."""
    return "en" if locale.startswith("en") else "de"

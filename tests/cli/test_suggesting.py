"""Who mistypes a command is told which was meant."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from aggregator.cli.main import commands


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param(["refesh"], "refresh", id="a letter too few"),
        pytest.param(["Status"], "status", id="in capitals"),
        pytest.param(["chekc-config"], "check-config", id="letters swapped"),
        pytest.param(["operator", "ad"], "add", id="inside a group"),
        pytest.param(["sources", "exprot"], "export", id="inside another group"),
    ],
)
def test_the_nearest_command_is_named(typed, meant):
    told = CliRunner().invoke(commands, typed)
    assert told.exit_code == 2
    assert f"Meinten Sie „{meant}“?" in told.output
    assert f'Did you mean "{meant}"?' in told.output


def test_where_nothing_is_near_help_is_named():
    told = CliRunner().invoke(commands, ["xylophon"])
    assert (told.exit_code, "Alle zeigt --help." in told.output) == (2, True)


@pytest.mark.parametrize("typed", [["--help"], ["operator", "--help"], ["--version"]])
def test_options_are_no_commands(typed):
    assert CliRunner().invoke(commands, typed).exit_code == 0

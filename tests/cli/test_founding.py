"""Another town is set up in five questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aggregator.cli.main import commands
from aggregator.config.loading import load_settings
from tests.cli.conftest import CHOIR, Keyboard

ANSWERS = ("Neustadt: was los ist", "Neustadt", "51.03, 13.75", "https://neustadt.example.org/", "team@example.org")


def answered(folder: Path, *answers: str) -> Result:
    return CliRunner().invoke(commands, ["init", str(folder)], input="\n".join(answers) + "\n")


def test_five_answers_make_a_configuration_that_holds(tmp_path: Path) -> None:
    done = answered(tmp_path / "neustadt", *ANSWERS)
    site = load_settings(tmp_path / "neustadt" / "sources.yaml", {}).site
    assert done.exit_code == 0
    assert (site.title, site.region.latitude, site.region.longitude) == ("Neustadt: was los ist", 51.03, 13.75)
    assert (site.base_url, site.contact) == ("https://neustadt.example.org", "team@example.org")
    assert "check-config" in done.output


@pytest.mark.parametrize(
    ("number", "wrong", "told"),
    [
        pytest.param(0, "  ", "Please enter something", id="no title"),
        pytest.param(2, "im Norden", "53.25, 10.41", id="no coordinates"),
        pytest.param(2, "95, 10", "53.25, 10.41", id="beyond the pole"),
        pytest.param(3, "neustadt.example.org", "https://kalender", id="an address without https"),
        pytest.param(4, "team", "e-mail", id="no mail address"),
    ],
)
def test_a_wrong_answer_is_told_and_asked_again(tmp_path: Path, number: int, wrong: str, told: str) -> None:
    done = answered(tmp_path, *ANSWERS[:number], wrong, *ANSWERS[number:])
    assert (done.exit_code, told in done.output) == (0, True)


@pytest.mark.parametrize("title", ['"Quer" & [Beet]', "#eins: {zwei}", "O'Hara\\n"])
def test_no_answer_breaks_the_file(tmp_path: Path, title: str) -> None:
    answered(tmp_path, title, *ANSWERS[1:])
    assert load_settings(tmp_path / "sources.yaml", {}).site.title == title


def test_a_town_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    answered(tmp_path, *ANSWERS)
    before = (tmp_path / "sources.yaml").read_text("utf-8")
    assert answered(tmp_path, "Andere", *ANSWERS[1:]).exit_code == 2
    assert (tmp_path / "sources.yaml").read_text("utf-8") == before


@pytest.mark.prove
def test_a_second_town_runs_beside_the_first(keyboard: Keyboard, tmp_path: Path) -> None:
    keyboard.type("refresh")
    other = Keyboard(tmp_path / "neustadt")
    answered(other.folder, *ANSWERS)
    with (other.folder / "sources.yaml").open("a", encoding="utf-8") as configuration:
        configuration.write('initiatives: [{id: chor, name: Chor, sources: [{id: chor, url: "file:chor.ics"}]}]\n')
    (other.folder / "chor.ics").write_text(CHOIR.replace("Konzert im Advent", "Sommerfest"), "utf-8")
    assert other.type("refresh").returncode == 0
    titles = [{event["title"] for event in town.lines("events", "--json")} for town in (keyboard, other)]
    assert titles == [{"Konzert im Advent", "Probe"}, {"Sommerfest", "Probe"}]

"""Another town: five questions, and a folder that holds its configuration."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from aggregator.cli.invocation import Invocation
from aggregator.config.loading import load_settings

NEW_TOWN = Path(__file__).parent / "new_town.yaml"
TAKEN = (
    "{path} gibt es schon; bitte einen anderen Ordner nennen. / {path} is there already; please name another folder."
)
COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
DONE = """
{sources} ist angelegt. So geht es weiter: / {sources} is written. What comes next:

  export SOURCES={sources} DATABASE_URL=sqlite:///{database}
  ./run.sh check-config     nach jeder Änderung / after every change
  ./run.sh check ADRESSE    was hinter einer Adresse steckt / what an address would give
  ./run.sh                  holt die Termine und zeigt den Kalender / fetches and serves"""


@dataclass(frozen=True, slots=True)
class Question:
    """What we ask: the option that answers it beforehand, the words, and how an answer is read."""

    name: str
    words: str
    read: Callable[[str], str]


def stated(text: str) -> str:
    """Any text that says something."""
    if not text.strip():
        raise click.BadParameter("Bitte etwas eintragen. / Please enter something.")
    return text.strip()


def coordinates(text: str) -> str:
    """Latitude and longitude, as two numbers."""
    found = COORDINATES.fullmatch(text)
    if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        raise click.BadParameter("Bitte so: 53.25, 10.41 / Please like this: 53.25, 10.41")
    return f"{found[1]}, {found[2]}"


def web_address(text: str) -> str:
    """The address under which visitors will find the calendar."""
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.BadParameter("Bitte so: https://kalender.example.org / Please like that")
    return text.strip().rstrip("/")


def mail_address(text: str) -> str:
    """Whom people write to."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text.strip()):
        raise click.BadParameter("Bitte eine E-Mail-Adresse. / Please enter an e-mail address.")
    return text.strip()


QUESTIONS = (
    Question("title", "1  Wie heißt der Kalender? / What is the calendar called?", stated),
    Question("town", "2  Für welchen Ort ist er? / Which town is it for?", stated),
    Question("centre", "3  Wo ist dessen Mitte (Breite, Länge)? / Its centre (latitude, longitude)?", coordinates),
    Question("address", "4  Unter welcher Adresse im Netz? / At which web address?", web_address),
    Question("contact", "5  An welche E-Mail-Adresse wendet man sich? / Whom do people write to?", mail_address),
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def init(invocation: Invocation, folder: Path) -> None:
    """Set up another town in FOLDER, in five questions."""
    path = folder / "sources.yaml"
    if path.exists():
        raise click.UsageError(TAKEN.format(path=path))
    answers = {
        question.name: click.prompt(question.words, prompt_suffix=" ", value_proc=question.read)
        for question in QUESTIONS
    }
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(configuration(answers), "utf-8")
    load_settings(path, {})
    click.echo(DONE.format(sources=path.absolute(), database=folder.absolute() / "var" / "buendel.sqlite"))


def configuration(answers: dict[str, str]) -> str:
    """The text of sources.yaml; JSON's quotation marks are YAML's, so no answer can break it."""
    latitude, longitude = answers["centre"].split(", ")
    quoted = {name: json.dumps(answer, ensure_ascii=False) for name, answer in answers.items()}
    return NEW_TOWN.read_text("utf-8").format(**{**quoted, "latitude": latitude, "longitude": longitude})

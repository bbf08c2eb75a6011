"""What each command prints, and how it ends."""

from __future__ import annotations

import icalendar
import pytest

from tests.cli.conftest import Keyboard

RECORD_KEYS = "id source kind uid recurrence_id guid link title start end all_day event relation occurrence".split()
REPORT_KEYS = "source outcome error added changed withdrawn events notices skipped next_at".split()


def test_refresh_tells_of_every_source(keyboard: Keyboard) -> None:
    reports = keyboard.lines("refresh", "--json")
    assert [list(report) for report in reports] == [REPORT_KEYS] * 2
    assert [(report["source"], report["outcome"], report["events"]) for report in reports] == [
        ("chor", "updated", 2),
        ("zeitung", "updated", 1),
    ]


def test_a_second_refresh_finds_nothing_due_and_a_forced_one_nothing_new(keyboard: Keyboard) -> None:
    keyboard.type("refresh")
    assert {report["outcome"] for report in keyboard.lines("refresh", "--json")} == {"not_due"}
    assert {report["outcome"] for report in keyboard.lines("refresh", "--force", "--json")} == {"unchanged"}


def test_records_have_exactly_the_promised_keys(town: Keyboard) -> None:
    records = town.lines("records", "--json")
    assert [list(record) for record in records] == [RECORD_KEYS] * 4


def test_an_override_is_a_record_of_its_own_that_belongs_to_its_series(town: Keyboard) -> None:
    records = {record["title"]: record for record in town.lines("records", "--json")}
    override, series = records["Probe in der Kirche"], records["Probe"]
    assert (override["kind"], series["kind"]) == ("vevent-override", "vevent-series")
    assert (override["relation"], override["event"]) == ("instance_of", series["event"])
    assert override["occurrence"] == override["recurrence_id"] == "2026-12-08T19:30:00+01:00"
    assert override["start"] == "2026-12-08T18:00:00+01:00"


def test_events_name_their_sources_and_who_said_what(town: Keyboard) -> None:
    concert = next(event for event in town.lines("events", "--json") if len(event["sources"]) == 2)
    assert concert["title"] == "Konzert im Advent"
    assert {source["source"] for source in concert["sources"]} == {"chor", "zeitung"}
    assert concert["provenance"]["title"].startswith("chor.")


def test_export_gives_a_calendar_that_others_read(town: Keyboard) -> None:
    calendar = icalendar.Calendar.from_ical(town.type("export", "ics").stdout.encode())
    assert sorted(str(event["SUMMARY"]) for event in calendar.walk("VEVENT")) == [
        "Konzert im Advent",
        "Probe",
        "Probe in der Kirche",
    ]


@pytest.mark.parametrize("kind", ["atom", "json"])
def test_export_knows_other_shapes(town: Keyboard, kind: str) -> None:
    assert "Konzert im Advent" in town.type("export", kind).stdout


def test_an_export_can_be_filtered(town: Keyboard) -> None:
    assert "Konzert" not in town.type("export", "ics", "--filter", "q=probe").stdout


def test_explain_says_why_records_are_together(town: Keyboard) -> None:
    concert = next(event for event in town.lines("events", "--json") if len(event["sources"]) == 2)
    assert "title, start and place are the same" in town.type("explain", concert["id"]).stdout


def test_explain_says_why_two_records_are_apart(town: Keyboard) -> None:
    ids = {record["title"]: record["id"] for record in town.lines("records", "--json")}
    answer = town.type("explain", ids["Konzert im Advent"], ids["Probe"])
    assert answer.stdout.startswith("Not the same event")


def test_status_and_check_config_are_content(town: Keyboard) -> None:
    assert town.type("status").returncode == 0
    assert "2 initiatives, 2 sources" in town.type("check-config").stdout


def test_replay_reads_again_without_the_files(keyboard: Keyboard) -> None:
    keyboard.type("refresh")
    for name in ("chor.ics", "zeitung.ics"):
        (keyboard.folder / name).write_text("", "utf-8")
    assert keyboard.type("replay").stdout == "Sources: 2 unchanged.\n"
    assert len(keyboard.lines("events", "--json")) == 2


def test_a_failing_source_is_named_with_its_sentence_and_exit_code_1(keyboard: Keyboard) -> None:
    (keyboard.folder / "zeitung.ics").write_text("<html><title>Anmelden</title></html>", "utf-8")
    done = keyboard.type("refresh")
    assert done.returncode == 1
    assert done.stderr.startswith("zeitung: There is no calendar at this address")
    assert keyboard.type("status").returncode == 1
    assert "zeitung" in keyboard.type("status").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(["refresh", "opera"], "There is no source called opera", id="an unknown source"),
        pytest.param(["explain", "nothing"], "There is no event or merged record called nothing", id="an unknown id"),
        pytest.param(["export", "ics", "--filter", "from=gestern"], "not a date", id="a filter nobody can mean"),
        pytest.param(["export", "pdf"], "'pdf' is not one of", id="an unknown shape"),
        pytest.param(["sing"], 'There is no command "sing"', id="an unknown command"),
    ],
)
def test_a_persons_mistake_is_one_sentence_and_exit_code_2(town: Keyboard, words: list[str], sentence: str) -> None:
    done = town.type(*words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_every_mistake_of_the_configuration_is_told_at_once(keyboard: Keyboard) -> None:
    path = keyboard.folder / "sources.yaml"
    path.write_text(path.read_text("utf-8").replace("timezone: Europe/Berlin", "timezone: Europe/Bärlin, colour: red"))
    done = keyboard.type("check-config", PORT="high")
    assert done.returncode == 2
    assert "sources.yaml:1:" in done.stderr
    assert "Traceback" not in done.stderr
    assert sum(word in done.stderr for word in ("Bärlin", "colour", "PORT")) == 3


def test_a_wrong_moment_is_explained(keyboard: Keyboard) -> None:
    done = keyboard.type_alone("--now", "tomorrow", "status")
    assert (done.returncode, "is not a time like" in done.stderr) == (2, True)

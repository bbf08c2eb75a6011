"""VTIMEZONE definitions are read, never run."""

from __future__ import annotations

from time import process_time

import pytest

from aggregator.normalise.vtimezones import zone_defined_by

SPRING = "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"
AUTUMN = "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"


def observance(kind: str, offset: str, rule: str = "", since: str = "19700329T020000") -> str:
    repeated = f"RRULE:{rule}\n" if rule else ""
    return f"BEGIN:{kind}\nDTSTART:{since}\nTZOFFSETFROM:+0000\nTZOFFSETTO:{offset}\n{repeated}END:{kind}\n"


def definition(standard: str, daylight: str = "") -> str:
    return f"BEGIN:VTIMEZONE\nTZID:Own\n{standard}{daylight}END:VTIMEZONE\n"


BERLIN = definition(observance("STANDARD", "+0100", AUTUMN), observance("DAYLIGHT", "+0200", SPRING))
NEW_YORK = definition(
    observance("STANDARD", "-0500", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
    observance("DAYLIGHT", "-0400", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
)
OUTDATED = definition(
    observance("STANDARD", "+0100", "FREQ=YEARLY;BYMONTH=9;BYDAY=-1SU"), observance("DAYLIGHT", "+0200", SPRING)
)


@pytest.mark.parametrize(
    ("text", "home", "zone"),
    [
        pytest.param(BERLIN, "Europe/Berlin", "Europe/Berlin", id="does what the home zone does"),
        pytest.param(BERLIN, "Europe/Vienna", "Europe/Vienna", id="the home zone first"),
        pytest.param(BERLIN.replace("\n", "\r\n"), "Europe/Berlin", "Europe/Berlin", id="CRLF"),
        pytest.param(OUTDATED, "Europe/Berlin", "Europe/Berlin", id="out of date change days, same seasons"),
        pytest.param(definition(observance("STANDARD", "+0300")), "Europe/Berlin", "Etc/GMT-3", id="never changes"),
        pytest.param(definition(observance("STANDARD", "+0530")), "Europe/Berlin", "Asia/Calcutta", id="half an hour"),
    ],
)
def test_a_definition_is_taken_for_the_zone_that_does_the_same(text: str, home: str, zone: str) -> None:
    assert zone_defined_by(text, home) == zone


def test_a_definition_from_elsewhere_is_found_by_what_it_does() -> None:
    zone = zone_defined_by(NEW_YORK, "Europe/Berlin")
    assert zone is not None
    assert zone.startswith("America/")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            definition(
                observance("STANDARD", "+0100", "FREQ=SECONDLY"), observance("DAYLIGHT", "+0200", "FREQ=SECONDLY")
            ),
            id="repeats every second",
        ),
        pytest.param(
            definition(
                observance("STANDARD", "+0100", f"{AUTUMN};INTERVAL=0"), observance("DAYLIGHT", "+0200", SPRING)
            ),
            id="INTERVAL=0",
        ),
        pytest.param(definition(observance("STANDARD", "+9999")), id="impossible offset"),
        pytest.param(definition("BEGIN:STANDARD\nEND:STANDARD\n"), id="nothing inside"),
        pytest.param(definition(""), id="hollow"),
        pytest.param("x" * 70_000, id="too long"),
    ],
)
def test_an_unsound_definition_is_no_zone_and_costs_no_time(text: str) -> None:
    began = process_time()
    assert zone_defined_by(text, "Europe/Berlin") is None
    assert process_time() - began < 0.5

"""The gate before expansion (reliability.md section 3.1)."""

from __future__ import annotations

from time import process_time

import pytest

from aggregator.model.defects import DefectKind
from aggregator.normalise.judging import judge

BAD, LIMIT = DefectKind.BAD_RECURRENCE, DefectKind.RECURRENCE_LIMIT
EVERY_SECOND = ",".join(str(second) for second in range(60))
EVERY_HOUR = ",".join(str(hour) for hour in range(24))


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param("FREQ=WEEKLY;BYDAY=MO", id="every Monday"),
        pytest.param("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU", id="every other week"),
        pytest.param("FREQ=MONTHLY;BYDAY=2SA", id="second Saturday"),
        pytest.param("FREQ=MONTHLY;BYDAY=-1FR", id="last Friday"),
        pytest.param("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", id="last working day"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=-1", id="last day of the month"),
        pytest.param("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", id="29 February does occur"),
        pytest.param("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", id="week of the year"),
        pytest.param("FREQ=DAILY;COUNT=10000", id="the largest count"),
        pytest.param("FREQ=DAILY;UNTIL=20261224", id="until a date"),
        pytest.param("FREQ=DAILY;UNTIL=99991231T235959Z", id="until the end of time"),
        pytest.param("FREQ=DAILY;BYHOUR=9,12,15", id="three times a day"),
        pytest.param("FREQ=HOURLY;INTERVAL=2", id="every other hour"),
        pytest.param("FREQ=MINUTELY;INTERVAL=20;COUNT=6", id="six film slots"),
        pytest.param("freq=weekly;byday=mo;", id="lower case and a last semicolon"),
        pytest.param("FREQ=DAILY;BYDAY=MO, TU, WE", id="blanks in a list"),
    ],
)
def test_a_sound_rule_is_accepted(rule: str) -> None:
    assert judge(rule) is None


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        pytest.param("FREQ=SECONDLY", LIMIT, id="every second"),
        pytest.param("FREQ=MINUTELY", LIMIT, id="every minute"),
        pytest.param("FREQ=SECONDLY;COUNT=1000000", LIMIT, id="a million seconds"),
        pytest.param("FREQ=DAILY;INTERVAL=0", BAD, id="INTERVAL=0 never ends"),
        pytest.param("FREQ=MONTHLY;INTERVAL=0;UNTIL=20271231T000000Z", BAD, id="INTERVAL=0 with UNTIL"),
        pytest.param("FREQ=DAILY;INTERVAL=-1", BAD, id="INTERVAL=-1 never ends"),
        pytest.param("FREQ=DAILY;INTERVAL=1000000000000", LIMIT, id="huge interval"),
        pytest.param("FREQ=DAILY;COUNT=0", BAD, id="COUNT=0 never ends"),
        pytest.param("FREQ=DAILY;COUNT=-5", BAD, id="negative count"),
        pytest.param("FREQ=HOURLY;COUNT=1000000000", LIMIT, id="a thousand million hours"),
        pytest.param("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", BAD, id="30 February"),
        pytest.param("FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=31,-31", BAD, id="31 April and June"),
        pytest.param("FREQ=MINUTELY;COUNT=5;BYMONTH=2;BYMONTHDAY=30", BAD, id="30 February by minutes"),
        pytest.param("FREQ=HOURLY;BYMONTHDAY=30", BAD, id="hours with days of the month"),
        pytest.param(f"FREQ=DAILY;BYHOUR={EVERY_HOUR};BYMINUTE=0,30", LIMIT, id="48 a day"),
        pytest.param(f"FREQ=DAILY;BYSECOND={EVERY_SECOND}", LIMIT, id="60 a day"),
        pytest.param("FREQ=HOURLY;BYMINUTE=0,15,30,45", LIMIT, id="96 a day"),
        pytest.param("FREQ=YEARLY;BYEASTER=0", BAD, id="Easter is not in the RFC"),
        pytest.param("RSCALE=CHINESE;FREQ=YEARLY", BAD, id="another calendar"),
        pytest.param("FREQ=FORTNIGHTLY", BAD, id="unknown frequency"),
        pytest.param("BYDAY=MO", BAD, id="no frequency"),
        pytest.param("", BAD, id="empty"),
        pytest.param("every Monday", BAD, id="prose"),
        pytest.param("FREQ=WEEKLY;BYDAY=XX", BAD, id="no such weekday"),
        pytest.param("FREQ=WEEKLY;BYDAY=2MO", BAD, id="second Monday of a week"),
        pytest.param("FREQ=MONTHLY;BYDAY=0MO", BAD, id="zeroth Monday"),
        pytest.param("FREQ=MONTHLY;BYMONTHDAY=32", BAD, id="32nd"),
        pytest.param("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", BAD, id="zeroth of a set"),
        pytest.param("FREQ=MONTHLY;BYSETPOS=1", BAD, id="first of no set"),
        pytest.param("FREQ=DAILY;BYHOUR=9;BYSETPOS=2", BAD, id="second of a day's one"),
        pytest.param("FREQ=DAILY;UNTIL=never", BAD, id="until never"),
        pytest.param("FREQ=DAILY;COUNT=3;UNTIL=20271231", BAD, id="two ends"),
        pytest.param("FREQ=DAILY;FREQ=WEEKLY", BAD, id="a part twice"),
        pytest.param("FREQ=WEEKLY;BYDAY=" + "MO," * 100_000, BAD, id="100 000 Mondays"),
        pytest.param("FREQ=WEEKLY;WKST=1MO", BAD, id="week starts on the first Monday"),
        pytest.param("FREQ=DAILY;INTERVAL=٣", BAD, id="digits of another script"),
    ],
)
def test_a_hopeless_rule_is_refused_at_once(rule: str, kind: DefectKind) -> None:
    began = process_time()
    refusal = judge(rule)
    assert process_time() - began < 0.1
    assert refusal is not None
    assert refusal.kind is kind


def test_a_refusal_names_the_part_to_blame() -> None:
    refusal = judge("FREQ=WEEKLY;INTERVAL=0;BYDAY=MO")
    assert refusal is not None
    assert refusal.part == "INTERVAL=0"

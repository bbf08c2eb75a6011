"""Dates, times and repetition as people say them, in German and English; for feeds and pages alike.

Names of days and months come from Babel. German says "14 bis 17 Uhr", English "14:00 to 17:00".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date, get_day_names

from aggregator.model.events import EventOccurrence, MergedEvent

MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Words:
    """What one language needs beside Babel; patterns are those of Unicode TR35."""

    locale: str
    today: str
    tomorrow: str
    in_days: str
    to: str
    conjunction: str
    all_day: str
    oclock: str
    whole_hour: str
    midnight: str
    short_day: str
    long_day: str
    day: str
    day_and_month: str
    daily: tuple[str, str]
    weekly: tuple[str, str]
    on_weekday: tuple[str, ...]
    monthly: tuple[str, str]
    monthly_on_day: tuple[str, str]
    ordinals: dict[int, str]
    numbers: dict[int, str]


GERMAN = Words(
    locale="de",
    today="heute",
    tomorrow="morgen",
    in_days="in {} Tagen",
    to="bis",
    conjunction="und",
    all_day="ganztägig",
    oclock="{} Uhr",
    whole_hour="{}",
    midnight="24 Uhr",
    short_day="ccc, d. MMMM",
    long_day="EEEE, d. MMMM",
    day="d.",
    day_and_month="d. MMMM",
    daily=("jeden Tag", "alle {} Tage"),
    weekly=("jeden {days}", "alle {} Wochen {days}"),
    on_weekday=("montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags"),
    monthly=("am {days} im Monat", "alle {} Monate am {days}"),
    monthly_on_day=("am {days}. jedes Monats", "alle {} Monate am {days}."),
    ordinals={1: "ersten", 2: "zweiten", 3: "dritten", 4: "vierten", 5: "fünften", -1: "letzten", -2: "vorletzten"},
    numbers={2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 6: "sechs"},
)
ENGLISH = Words(
    locale="en_GB",
    today="today",
    tomorrow="tomorrow",
    in_days="in {} days",
    to="to",
    conjunction="and",
    all_day="all day",
    oclock="{}",
    whole_hour="{}:00",
    midnight="midnight",
    short_day="ccc, d MMMM",
    long_day="EEEE, d MMMM",
    day="d",
    day_and_month="d MMMM",
    daily=("every day", "every {} days"),
    weekly=("every {days}", "every {} weeks on {days}"),
    on_weekday=("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
    monthly=("on the {days} of the month", "every {} months on the {days}"),
    monthly_on_day=("on day {days} of every month", "every {} months on day {days}"),
    ordinals={1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "second to last"},
    numbers={2: "two", 3: "three", 4: "four", 5: "five", 6: "six"},
)

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def words_of(language: str) -> Words:
    """The words of `language`; any but English speaks German, the town's first language."""
    return ENGLISH if language.startswith("en") else GERMAN


def day_words(day: date, today: date, language: str) -> str:
    """How far off a day is: "heute", "morgen", "in 25 Tagen"; "" for a day that is gone."""
    words = words_of(language)
    distance = (day - today).days
    if distance < 0:
        return ""
    return {0: words.today, 1: words.tomorrow}.get(distance, words.in_days.format(distance))


def long_day(day: date, language: str, with_year: bool = True) -> str:
    """ "Samstag, 5. Dezember 2026", or without the year."""
    return formatted(day, words_of(language).long_day, language, with_year)


def short_day(day: date, language: str, with_year: bool = False) -> str:
    """ "Sa, 5. Dezember", or with the year."""
    return formatted(day, words_of(language).short_day, language, with_year)


@lru_cache(maxsize=4096)
def formatted(day: date, pattern: str, language: str, with_year: bool) -> str:
    """The day by a pattern, in the language's names."""
    # The stand-alone form "ccc" is "Sa" in German; the inline form "EEE" would be "Sa." with a full stop.
    return format_date(day, f"{pattern} y" if with_year else pattern, locale=words_of(language).locale)


def clock(moment: time | datetime, language: str) -> str:
    """The time of day as a clock shows it, "19:00", in both languages."""
    return f"{moment:%H:%M}"


def clock_words(moment: time | datetime, language: str) -> str:
    """The time of day as said: "19 Uhr", "18:30 Uhr"; "19:00" in English."""
    words = words_of(language)
    return words.oclock.format(bare_hour(moment, words))


def bare_hour(moment: time | datetime, words: Words) -> str:
    """The hour without "Uhr": "19", "18:30"; "19:00" in English."""
    return words.whole_hour.format(moment.hour) if moment.minute == 0 else f"{moment.hour}:{moment:%M}"


def day_span(first: date, last: date, language: str, with_year: bool = False) -> str:
    """Days from first to last, both inclusive: "12. bis 14. Juni", "30. Mai bis 2. Juni"; one day if they are equal.

    A span over New Year always says both years.
    """
    words = words_of(language)
    across_years = first.year != last.year
    ending = formatted(last, words.day_and_month, language, with_year or across_years)
    if first == last:
        return ending
    same_month = (first.year, first.month) == (last.year, last.month)
    beginning = formatted(first, words.day if same_month else words.day_and_month, language, across_years)
    return f"{beginning} {words.to} {ending}"


def times(occurrence: EventOccurrence, zone: str, language: str) -> str:
    """The hours of an occurrence in `zone`: "14 bis 17 Uhr", "19 Uhr", "ganztägig".

    An end on a later day is said without its day, since a night belongs to its evening; the end of a
    day is 24 o'clock.
    """
    words = words_of(language)
    if occurrence.start.is_date:
        return words.all_day
    start = occurrence.start.local(zone)
    end = end_of(occurrence, zone)
    if end is None:
        return clock_words(start, language)
    return f"{bare_hour(start, words)} {words.to} {ending_hour(end, words)}"


def ending_hour(end: datetime, words: Words) -> str:
    """The hour of an end: midnight is "24 Uhr", as nobody says that an evening ends at 0."""
    return words.midnight if end.time() == MIDNIGHT else words.oclock.format(bare_hour(end, words))


def end_of(occurrence: EventOccurrence, zone: str) -> datetime | None:
    """The end of a timed occurrence in `zone`, None when it is not known or the same as the start."""
    if occurrence.end is None or occurrence.end.instant <= occurrence.start.instant:
        return None
    return occurrence.end.local(zone)


def span(occurrence: EventOccurrence, zone: str, language: str) -> str:
    """When an occurrence is, in full for its page: "Samstag, 19. Dezember 2026, 14 bis 17 Uhr".

    Several whole days are "12. bis 14. Juni 2026"; several days with hours name both ends.
    """
    first, last = occurrence.days(zone)
    if occurrence.start.is_date:
        return long_day(first, language) if first == last else day_span(first, last, language, with_year=True)
    end = end_of(occurrence, zone)
    if first == last or end is None:
        return f"{long_day(first, language)}, {times(occurrence, zone, language)}"
    words = words_of(language)
    start_hour = clock_words(occurrence.start.local(zone), language)
    # Beside an hour the day must be the clock's own: a night that ends on Monday at 5 does not end on Sunday at 5.
    end_day = (end - timedelta(days=1) if end.time() == MIDNIGHT else end).date()
    return (
        f"{long_day(first, language)}, {start_hour} {words.to} {long_day(end_day, language)}, {ending_hour(end, words)}"
    )


def announcement(occurrence: EventOccurrence, zone: str, language: str) -> str:
    """When an occurrence begins, for a feed's title: "Sa, 5. Dezember 2026, 18:30"; days only when all-day."""
    first, last = occurrence.days(zone)
    if occurrence.start.is_date and first != last:
        return day_span(first, last, language, with_year=True)
    day = short_day(first, language, with_year=True)
    return day if occurrence.start.is_date else f"{day}, {clock(occurrence.start.local(zone), language)}"


def recurrence_words(event: MergedEvent, language: str, zone: str = "") -> str:
    """How an event repeats, for the common rules: "jeden Dienstag", "am zweiten Samstag im Monat"; else "".

    Give the site's `zone` when the event may be in another one: a rule whose days are not the local
    days there says nothing, as its weekday would be wrong.
    """
    rules, dates = event.recurrence.rules, event.recurrence.dates
    if len(rules) != 1 or dates or (zone and event.start.local_day(zone) != event.start.wall.date()):
        return ""
    rule = dict(part.split("=", 1) for part in rules[0].upper().split(";") if "=" in part)
    return rule_words(rule, event.start.wall.date(), words_of(language))


def rule_words(rule: dict[str, str], start: date, words: Words) -> str:
    """The words of one RRULE (RFC 5545 section 3.3.10), "" for what nobody would say in one breath."""
    frequency = rule.get("FREQ", "")
    narrowing = set(rule) - {"FREQ", "INTERVAL", "WKST", "UNTIL", "COUNT"}
    if frequency == "DAILY" and not narrowing:
        return every(words.daily, rule, "", words)
    if frequency == "WEEKLY" and narrowing <= {"BYDAY"}:
        return every(words.weekly, rule, weekdays(rule, start, words), words)
    if frequency == "MONTHLY" and narrowing <= {"BYDAY", "BYSETPOS"} and "BYDAY" in rule:
        return every(words.monthly, rule, ordinal_weekday(rule, words), words)
    if frequency == "MONTHLY" and narrowing <= {"BYMONTHDAY"}:
        day = rule.get("BYMONTHDAY", str(start.day))
        return every(words.monthly_on_day, rule, day if day.isdecimal() else "", words)
    return ""


def every(patterns: tuple[str, str], rule: dict[str, str], days: str, words: Words) -> str:
    """The rule's pattern filled in: "jeden …" for interval 1, else "alle zwei …"."""
    interval = rule.get("INTERVAL", "1")
    if not interval.isdecimal() or ("{days}" in patterns[0] and not days):
        return ""
    each, interrupted = patterns
    number = int(interval)
    return (each if number == 1 else interrupted).format(words.numbers.get(number, number), days=days)


def weekdays(rule: dict[str, str], start: date, words: Words) -> str:
    """The weekdays of a weekly rule in the order of the week: "Montag und Mittwoch", "montags" between gaps."""
    codes = set(rule["BYDAY"].split(",")) if "BYDAY" in rule else {WEEKDAYS[start.weekday()]}
    if not codes <= set(WEEKDAYS):
        return ""
    places = sorted(WEEKDAYS.index(code) for code in codes)
    names = [weekday(WEEKDAYS[place], words) for place in places]
    return joined(names if rule.get("INTERVAL", "1") == "1" else [words.on_weekday[place] for place in places], words)


def ordinal_weekday(rule: dict[str, str], words: Words) -> str:
    """The weekday of a monthly rule: "ersten und dritten Dienstag" for 1TU,3TU or BYDAY=TU with BYSETPOS=1,3."""
    codes = rule["BYDAY"].split(",")
    names = {code[-2:] for code in codes}
    positions = rule["BYSETPOS"].split(",") if "BYSETPOS" in rule else [code[:-2] for code in codes]
    ordinals = [words.ordinals.get(int(position)) for position in positions if position.lstrip("+-").isdecimal()]
    # Several weekdays, or a bare weekday of a monthly rule (every Tuesday of the month), have no short phrase.
    if len(names) != 1 or not names <= set(WEEKDAYS) or len(ordinals) != len(positions) or None in ordinals:
        return ""
    return f"{joined([ordinal for ordinal in ordinals if ordinal], words)} {weekday(names.pop(), words)}"


def weekday(code: str, words: Words) -> str:
    """The name of the weekday with a code of RFC 5545, such as MO."""
    return str(get_day_names("wide", locale=words.locale)[WEEKDAYS.index(code)])


def joined(parts: list[str], words: Words) -> str:
    """A list as said: "Montag, Mittwoch und Freitag"."""
    *rest, last = parts
    return f"{', '.join(rest)} {words.conjunction} {last}" if rest else last

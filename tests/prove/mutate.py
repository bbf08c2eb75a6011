"""Feeds that nobody would write: real ones with something broken, read as a child process reads them.

    .venv/bin/python -m tests.prove.mutate                    200 000 of them on all cores (about half an hour)
    .venv/bin/python -m tests.prove.mutate --first 150000 --count 2000     a part of them
    .venv/bin/python -m tests.prove.mutate --show 1234 > mutant    one of them, to look at

Mutant number n of a seed is always the same. A finding is an exception that nobody caught, more than 10 seconds, or
more than 256 MB. Exit code 1 when there is one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

from aggregator.errors import Failure
from aggregator.model.fetching import Body
from aggregator.model.settings import ReadingLimits
from aggregator.model.sources import Source
from aggregator.model.times import horizon
from aggregator.pipeline.children import memory_in_use
from aggregator.pipeline.reading import ReadJob, read_body

SHARED = Path(__file__).resolve().parents[3] / "shared"
COUNT, SEED = 200_000, 2026
BATCH, RENEWED_AFTER = 250, 10_000
LONGEST, LARGEST = 10, 256 * 1024 * 1024
# Larger feeds are only slower: what can break in a calendar breaks in a short one.
LARGEST_FEED = 40_000
JOB = ReadJob(
    Body(b"", final_url="https://feed.example/"),
    Source("feed", "group", "https://feed.example/"),
    (),
    horizon(date(2026, 11, 22)),
    ReadingLimits(),
)
# What breaks readers: signs of the formats, numbers at their ends, bytes of other charsets.
SPLINTERS = (
    *(b"\r\n", b"\n", b"\r", b"\r\n ", b"\0", b"\xff\xfe", b"\xc3", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae"),
    *(b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"END:VCALENDAR\r\n", b"BEGIN:VTIMEZONE\r\n", b"BEGIN:VALARM\r\n"),
    *(b"RRULE:FREQ=SECONDLY\r\n", b"RRULE:FREQ=DAILY;INTERVAL=0\r\n", b"RRULE:FREQ=YEARLY;BYDAY=-53SU,+1XX\r\n"),
    *(b"DTSTART:00000000T000000\r\n", b"DTSTART;TZID=Europe:99991231T235959Z\r\n", b"RDATE;VALUE=PERIOD:1/2,,\r\n"),
    *(b"RECURRENCE-ID;RANGE=THISANDFUTURE:20261122T100000\r\n", b"DURATION:P99999999W\r\n", b"EXDATE:\r\n"),
    *(b"GEO:nan;inf\r\n", b"SEQUENCE:-1\r\n", b"UID:\r\n", b'SUMMARY;LANGUAGE="\r\n', b';X="a:b"', b"::", b"\\n\\,\\"),
    *(
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"&#0;",
        b"&#xFFFF;",
        b"&bogus;",
        b"<x xmlns='u'>",
        b"</item>",
        b"<entry>",
    ),
    *(b"<ev:startdate>2026-13-45T99:99</ev:startdate>", b"<pubDate>x</pubDate>", b'<?xml encoding="utf-7"?>'),
    *(b'<script type="application/ld+json">{"@type":"Event","startDate":', b'{"@graph":[[[', b"1e999", b"-0", b"null"),
    *(b"12.-14. Juni", b"31. Februar 2026, 25:61 Uhr", b"jeden 5. Montag im Monat", b"9" * 40, b"-" * 40, b"(" * 40),
)


@dataclass(frozen=True)
class Finding:
    """A mutant that was too much, and why."""

    number: int
    why: str


class TooSlow(BaseException):
    """Raised by the alarm; no reader catches it."""


@cache
def originals() -> tuple[bytes, ...]:
    """The feeds that are broken: the corpus and the labelled set, in a fixed order."""
    named = json.loads((SHARED / "gold/sources.json").read_text("utf-8"))
    gold = [SHARED / "gold" / source["file"] for source in named]
    corpus = [path for folder in ("ics", "feeds") for path in (SHARED / "corpus" / folder).iterdir()]
    return tuple(path.read_bytes() for path in sorted({*gold, *corpus}) if path.stat().st_size <= LARGEST_FEED)


def mutant(seed: int, number: int) -> bytes:
    """A real feed with one to six things broken."""
    chance = Random(f"{seed}:{number}")
    content = chance.choice(originals())
    for _ in range(chance.randint(1, 6)):
        content = chance.choice(BREAKAGES)(content, chance)
    return content[: 2 * LARGEST_FEED]


def span(content: bytes, chance: Random) -> tuple[int, int]:
    """Somewhere in the content, mostly a short piece."""
    begin = chance.randint(0, len(content))
    return begin, min(len(content), begin + int(chance.paretovariate(0.7)))


def cut_out(content: bytes, chance: Random) -> bytes:
    begin, end = span(content, chance)
    return content[:begin] + content[end:]


def double(content: bytes, chance: Random) -> bytes:
    begin, end = span(content, chance)
    return (
        content[:end]
        + content[begin:end] * min(chance.randint(1, 20), 1 + LARGEST_FEED // (end - begin + 1))
        + content[end:]
    )


def break_off(content: bytes, chance: Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def splinter(content: bytes, chance: Random) -> bytes:
    begin, end = span(content, chance)
    return content[:begin] + chance.choice(SPLINTERS) + content[end if chance.random() < 0.5 else begin :]


def flip(content: bytes, chance: Random) -> bytes:
    if not content:
        return content
    place = chance.randrange(len(content))
    return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]


def splice(content: bytes, chance: Random) -> bytes:
    other = chance.choice(originals())
    return content[: chance.randint(0, len(content))] + other[chance.randint(0, len(other)) :]


def shuffle_lines(content: bytes, chance: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    begin, end = sorted((chance.randint(0, len(lines)), chance.randint(0, len(lines))))
    moved = lines[begin : min(end, begin + 12)]
    chance.shuffle(moved)
    return b"".join([*lines[:begin], *moved, *lines[begin + len(moved) :]])


def exchange_number(content: bytes, chance: Random) -> bytes:
    digits = [place for place, byte in enumerate(content) if 48 <= byte <= 57]
    if not digits:
        return content
    place = chance.choice(digits)
    return content[:place] + chance.choice((b"0", b"9", b"-", b"99999999999999999999", b"")) + content[place + 1 :]


BREAKAGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(cut_out, double, break_off, splinter, splinter, splinter, flip, flip, splice, shuffle_lines),
    *(exchange_number, exchange_number),
)


def read(seed: int, number: int) -> tuple[str, str]:
    """What became of one mutant: "read" or an error class, and the finding if there is one."""
    try:
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        answer = read_body(JOB, mutant(seed, number))
        return (answer.error_class.value if isinstance(answer, Failure) else "read"), ""
    except TooSlow:
        return "finding", f"more than {LONGEST} s"
    except MemoryError:
        return "finding", f"more than {LARGEST // 2**20} MB"
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        return "finding", f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def read_batch(seed: int, numbers: range) -> tuple[Counter[str], list[Finding]]:
    """What became of many, under the limits of a child."""
    signal.signal(signal.SIGPROF, give_up)
    before = resource.getrlimit(resource.RLIMIT_AS)
    originals()
    resource.setrlimit(resource.RLIMIT_AS, (memory_in_use() + LARGEST, before[1]))
    try:
        results = [(number, *read(seed, number)) for number in numbers]
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    return Counter(what for _, what, _ in results), [Finding(number, why) for number, _, why in results if why]


def give_up(*_: object) -> None:
    raise TooSlow


def run(count: int, seed: int, workers: int, first: int = 0) -> tuple[Counter[str], list[Finding]]:
    """What became of that many mutants, from number `first` on."""
    outcomes, findings = Counter[str](), list[Finding]()
    # Fresh processes every now and then: what they keep would count as memory of the next mutant.
    end = first + count
    for begin in range(first, end, RENEWED_AFTER):
        numbers = range(begin, min(begin + RENEWED_AFTER, end))
        batches = [numbers[place : place + BATCH] for place in range(0, len(numbers), BATCH)]
        with ProcessPoolExecutor(workers, get_context("forkserver")) as pool:
            for counted, found in pool.map(partial(read_batch, seed), batches):
                outcomes += counted
                findings += found
        print(f"{numbers.stop} of {end}, {len(findings)} findings", file=sys.stderr, flush=True)
    return outcomes, findings


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--first", type=int, default=0, metavar="NUMBER", help="begin with this mutant")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--show", type=int, metavar="NUMBER", help="write this mutant to standard output and stop")
    wanted = parser.parse_args(arguments)
    if wanted.show is not None:
        sys.stdout.buffer.write(mutant(wanted.seed, wanted.show))
        return 0
    outcomes, findings = run(wanted.count, wanted.seed, wanted.workers, wanted.first)
    print(", ".join(f"{what} {number}" for what, number in outcomes.most_common()))
    for finding in findings:
        print(f"{finding.number}: {finding.why}")
    print(f"{wanted.count} mutants of seed {wanted.seed}: {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())

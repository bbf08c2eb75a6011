"""Parts that were compressed once each, joined into one gzip member."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.export.ics import assemble, assemble_packed, block
from aggregator.export.stitching import combined, part, stitched
from aggregator.model.settings import Site

SITE = Site("Stadt", "Europe/Berlin")
BERLIN = b"BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20261205T100000\r\nEND:VEVENT\r\n"
LISBON = b"BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Lisbon:20261205T100000\r\nEND:VEVENT\r\n"
IN_UTC = b"BEGIN:VEVENT\r\nDTSTART:20261205T100000Z\r\nEND:VEVENT\r\n"


@given(texts=st.lists(st.binary(max_size=300), max_size=40))
def test_one_member_holds_all_parts(texts: list[bytes]) -> None:
    packed = stitched(part(text) for text in texts)
    reader = zlib.decompressobj(wbits=31)
    assert reader.decompress(packed) == b"".join(texts)
    # One member and nothing behind it: many programs read no further.
    assert (reader.eof, reader.unused_data) == (True, b"")
    assert gzip.decompress(packed) == b"".join(texts)


@given(left=st.binary(max_size=50), right=st.binary(max_size=5000))
def test_checksums_are_combined_without_the_texts(left: bytes, right: bytes) -> None:
    assert combined(zlib.crc32(left), zlib.crc32(right), len(right)) == zlib.crc32(left + right)


@pytest.mark.parametrize(
    "stretches",
    [
        pytest.param([], id="nothing"),
        pytest.param([[]], id="an empty stretch"),
        pytest.param([[BERLIN], [BERLIN, BERLIN]], id="one zone"),
        pytest.param([[BERLIN], [LISBON]], id="two zones"),
        pytest.param([[BERLIN], [LISBON, IN_UTC]], id="some in UTC"),
    ],
)
def test_a_packed_calendar_is_the_calendar(stretches: list[list[bytes]]) -> None:
    packed = assemble_packed([block(str(at), one) for at, one in enumerate(stretches)], SITE, "Alles")
    assert gzip.decompress(packed) == assemble([ics for one in stretches for ics in one], SITE, "Alles")

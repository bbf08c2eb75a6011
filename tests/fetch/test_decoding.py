"""Packed answers: complete, within the limit, or refused."""

from __future__ import annotations

import gzip
import zlib

import pytest

from aggregator.errors import ErrorClass
from aggregator.fetch.decoding import unpack
from aggregator.fetch.failures import FetchStopped

TEXT = b"BEGIN:VCALENDAR" * 100
BARE = zlib.compressobj(wbits=-15)
BARE_TEXT = BARE.compress(TEXT) + BARE.flush()


@pytest.mark.parametrize(
    ("packed", "coding"),
    [
        pytest.param(TEXT, "", id="not packed"),
        pytest.param(TEXT, "Identity", id="said to be not packed"),
        pytest.param(gzip.compress(TEXT), "gzip", id="gzip"),
        pytest.param(gzip.compress(TEXT), " X-GZIP ", id="gzip by its old name"),
        pytest.param(gzip.compress(TEXT[:50]) + gzip.compress(TEXT[50:]), "gzip", id="gzip in two members"),
        pytest.param(gzip.compress(TEXT) + bytes(99), "gzip", id="gzip with padding"),
        pytest.param(gzip.compress(TEXT), "", id="a gzip file"),
        pytest.param(zlib.compress(TEXT), "deflate", id="deflate"),
        pytest.param(BARE_TEXT, "deflate", id="bare deflate"),
    ],
)
def test_what_was_offered_is_unpacked(packed, coding):
    assert unpack(packed, coding, len(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("packed", "coding", "error_class"),
    [
        pytest.param(TEXT, "gzip", ErrorClass.ENCODING, id="gzip that is none"),
        pytest.param(TEXT, "br", ErrorClass.ENCODING, id="never offered"),
        pytest.param(gzip.compress(gzip.compress(TEXT)), "gzip, gzip", ErrorClass.ENCODING, id="two layers"),
        pytest.param(gzip.compress(TEXT)[:-1], "gzip", ErrorClass.TRUNCATED, id="gzip without its last byte"),
        pytest.param(gzip.compress(TEXT)[:20], "gzip", ErrorClass.TRUNCATED, id="half of gzip"),
        pytest.param(zlib.compress(TEXT)[:-1], "deflate", ErrorClass.TRUNCATED, id="deflate without its last byte"),
        pytest.param(BARE_TEXT[:-2], "deflate", ErrorClass.TRUNCATED, id="half of bare deflate"),
        pytest.param(gzip.compress(TEXT)[:-5] + b"XXXXX", "gzip", ErrorClass.ENCODING, id="wrong checksum"),
        pytest.param(gzip.compress(TEXT + b"!"), "gzip", ErrorClass.TOO_LARGE, id="one byte too many"),
        pytest.param(gzip.compress(bytes(50_000_000)), "gzip", ErrorClass.TOO_LARGE, id="a bomb"),
        pytest.param(gzip.compress(TEXT) * 50, "gzip", ErrorClass.TOO_LARGE, id="a bomb in many members"),
        pytest.param(gzip.compress(b"") * 101, "gzip", ErrorClass.ENCODING, id="more members than any file has"),
    ],
)
def test_what_is_broken_or_too_much_is_refused(packed, coding, error_class):
    with pytest.raises(FetchStopped) as stopped:
        unpack(packed, coding, len(TEXT))
    assert stopped.value.answer.failure.error_class is error_class

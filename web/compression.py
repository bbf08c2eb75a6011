"""Texts travel compressed (RFC 9110 section 8.4.1), so that a page is small even without a proxy before us."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from functools import lru_cache

from flask import Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

LEAST_BYTES = 1000
TEXTS = ("text/", "application/json", "application/feed+json", "application/geo+json", "application/xml")
MORE_TEXTS = ("application/atom+xml", "application/rss+xml", "image/svg+xml", "application/javascript")
LEVEL = 5
LARGEST_AT_ONCE = 16_000_000
PIECE = 32_768


def compress(response: Response) -> Response:
    """The answer in gzip where that is worth it and was offered.

    Only what is public: in an answer for one person, its length could tell what is in it.
    """
    if response.is_streamed or "public" not in response.headers.get("Cache-Control", ""):
        return response
    # A 304 does not tell its kind and must name the same as the 200 before it, so every public answer says this.
    response.vary.add("Accept-Encoding")
    kind = response.mimetype or ""
    is_asked = takes_gzip(request.headers.get("Accept-Encoding", "")) and "Range" not in request.headers
    if response.status_code != 200 or not is_asked or not (kind.startswith(TEXTS) or kind in MORE_TEXTS):
        return response
    body = response.get_data()
    if len(body) >= LEAST_BYTES and "Content-Encoding" not in response.headers:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        tag, _ = response.get_etag()
        if tag:
            # The same content in other bytes: a strong tag would say that they are equal.
            response.set_etag(tag, weak=True)
    return response


def unpacked(packed: bytes) -> Response:
    """An answer that was made as gzip, for this visitor: as it is, or unpacked, a large one piece by piece."""
    if takes_gzip(request.headers.get("Accept-Encoding", "")) and "Range" not in request.headers:
        return Response(packed, headers={"Content-Encoding": "gzip"})
    # RFC 1952 section 2.3.1: the last four bytes are the length.
    length = int.from_bytes(packed[-4:], "little")
    if length <= LARGEST_AT_ONCE:
        return Response(gzip.decompress(packed))
    response = Response(pieces(packed))
    response.content_length = length
    response.vary.add("Accept-Encoding")
    return response


def pieces(packed: bytes) -> Iterator[bytes]:
    """What a gzip member holds, a little at a time."""
    reader = zlib.decompressobj(wbits=31)
    for start in range(0, len(packed), PIECE):
        yield reader.decompress(packed[start : start + PIECE])
    yield reader.flush()


@lru_cache(maxsize=512)
def takes_gzip(accepted: str) -> bool:
    """Whether the header Accept-Encoding lets gzip through; a quality of 0 does not."""
    return parse_accept_header(accepted, Accept).quality("gzip") > 0

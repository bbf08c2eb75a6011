"""What we leave out of requests' preparing changes nothing of what is sent."""

from __future__ import annotations

import pytest
import requests

from aggregator.fetch.addresses import judge
from aggregator.fetch.transport import prepared

HEADERS = {"User-Agent": "Bündel".encode("ascii", "ignore").decode(), "If-None-Match": '"a,b"', "Accept": "*/*"}


@pytest.mark.parametrize(
    "address",
    [
        "https://haus.example.org",
        "https://haus.example.org/Pläne/plenum.ics?woche=1&ort=Grüne Straße",
        "http://haus.example.org:8080/%7Ehaus/%c3%a4.ics?a=%2F&b",
        "https://haus.example.org/a//b/../c;d?x={y}|z&q='\"<>",
        "https://haus.example.org/feed?",
        "https://haus.example.org/100%/feed?50%",
        "https://HAUS.example.org/feed#part",
        "webcal://haus.example.org/feed",
    ],
)
@pytest.mark.parametrize("payload", [None, b'{"query": "x"}'], ids=["GET", "POST"])
def test_a_question_is_what_requests_makes_of_it(address, payload):
    (target, *_) = judge(address, frozenset())
    ours = prepared(target.url, HEADERS, payload)
    theirs = requests.Request(ours.method, target.url, headers=dict(HEADERS), data=payload).prepare()
    assert ours.method == ("GET" if payload is None else "POST")
    assert (ours.url, ours.path_url, ours.body) == (theirs.url, theirs.path_url, theirs.body)
    assert ours.headers == theirs.headers


def test_a_header_that_is_none_is_refused_as_by_requests():
    with pytest.raises(requests.exceptions.InvalidHeader):
        prepared("https://haus.example.org/", {"If-None-Match": 'a"\r\nCookie: x'}, None)

"""Every exception that the libraries throw has a name, and its message is told to nobody."""

from __future__ import annotations

import socket
import ssl
from http.client import BadStatusLine, IncompleteRead, RemoteDisconnected

import pytest
import requests
import urllib3.exceptions as urllib3_errors

from aggregator.errors import ErrorClass
from aggregator.fetch.failures import failure_of

HUSH = "https://a.example/hush"


@pytest.mark.parametrize(
    ("error", "error_class"),
    [
        pytest.param(ssl.SSLError(1, HUSH), ErrorClass.TLS, id="TLS"),
        pytest.param(requests.exceptions.SSLError(urllib3_errors.SSLError(HUSH)), ErrorClass.TLS, id="wrapped TLS"),
        pytest.param(urllib3_errors.ProtocolError(HUSH, IncompleteRead(b"x")), ErrorClass.TRUNCATED, id="cut off"),
        pytest.param(
            requests.ReadTimeout(urllib3_errors.ReadTimeoutError(None, HUSH, HUSH)), ErrorClass.TIMEOUT, id="slow"
        ),
        pytest.param(TimeoutError(HUSH), ErrorClass.TIMEOUT, id="slow socket"),
        pytest.param(socket.gaierror(-2, HUSH), ErrorClass.DNS, id="no such name"),
        pytest.param(requests.ConnectionError(ConnectionRefusedError(111, HUSH)), ErrorClass.CONNECT, id="refused"),
        pytest.param(OSError(113, HUSH), ErrorClass.CONNECT, id="no route"),
        pytest.param(RemoteDisconnected(HUSH), ErrorClass.CONNECT, id="closed without a word"),
        pytest.param(requests.ConnectionError(BadStatusLine(HUSH)), ErrorClass.PROTOCOL, id="no HTTP"),
        pytest.param(urllib3_errors.InvalidHeader(HUSH), ErrorClass.PROTOCOL, id="bad header"),
        pytest.param(requests.exceptions.InvalidURL(urllib3_errors.LocationParseError(HUSH)), ErrorClass.URL, id="URL"),
        pytest.param(RuntimeError(HUSH), ErrorClass.PROTOCOL, id="anything else"),
    ],
)
def test_an_exception_becomes_a_failure_without_its_message(error, error_class):
    failure = failure_of(error, "a.example")
    assert (failure.error_class, failure.detail) == (error_class, "a.example")


def test_a_bad_certificate_says_what_is_wrong_with_it():
    error = ssl.SSLCertVerificationError(1, HUSH)
    error.verify_message = "certificate has expired"
    assert failure_of(requests.exceptions.SSLError(error), "a.example").detail == "certificate has expired"


def test_errors_that_cause_each_other_come_to_an_end():
    first, second = RuntimeError(), RuntimeError()
    first.__cause__, second.__cause__ = second, first
    assert failure_of(first, "a.example").error_class is ErrorClass.PROTOCOL

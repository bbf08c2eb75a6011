"""Whatever can go wrong on the way, as a Failure that gives no secret away."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from http.client import HTTPException, IncompleteRead
from itertools import islice

import urllib3.exceptions as urllib3_errors

from aggregator.errors import ErrorClass, Failure
from aggregator.model.fetching import FetchFailed

DEEPEST_CAUSE = 12

# From the particular to the general: the first row that fits any link of an error's chain names it.
# Many errors are several things at once (RemoteDisconnected is an HTTPException and a ConnectionError;
# every error of requests is an OSError), so the order matters.
CAUSES: tuple[tuple[tuple[type[BaseException], ...], ErrorClass], ...] = (
    ((ssl.SSLError, urllib3_errors.SSLError), ErrorClass.TLS),
    ((IncompleteRead, urllib3_errors.IncompleteRead), ErrorClass.TRUNCATED),
    ((TimeoutError, urllib3_errors.TimeoutError), ErrorClass.TIMEOUT),
    ((socket.gaierror,), ErrorClass.DNS),
    ((ConnectionError,), ErrorClass.CONNECT),
    ((HTTPException, urllib3_errors.InvalidHeader), ErrorClass.PROTOCOL),
    ((urllib3_errors.LocationValueError, UnicodeError), ErrorClass.URL),
)


class FetchStopped(Exception):
    """Ends one fetch from deep inside; never leaves this package.

    Neither an OSError nor an HTTPException, because urllib3 wraps those.
    """

    def __init__(self, error_class: ErrorClass, detail: str = "") -> None:
        super().__init__(error_class)
        self.answer = FetchFailed(Failure(error_class, detail))


def failure_of(error: BaseException, host: str) -> Failure:
    """The failure that an exception of requests, urllib3, ssl or socket stands for.

    Only `host` or OpenSSL's own words become the detail: messages of exceptions quote addresses and
    what the server sent.
    """
    chain = list(islice(_chain(error), DEEPEST_CAUSE))
    for kinds, error_class in CAUSES:
        if any(isinstance(link, kinds) for link in chain):
            return Failure(error_class, _certificate_fault(chain) or host)
    return Failure(ErrorClass.CONNECT if _is_bare_os_error(chain[-1]) else ErrorClass.PROTOCOL, host)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and all that it wraps; the libraries keep causes in `args`, `reason` or `__cause__`."""
    yield error
    nested = [*error.args, getattr(error, "reason", None), error.__cause__]
    for cause in nested:
        if isinstance(cause, BaseException):
            yield from _chain(cause)


def _certificate_fault(chain: list[BaseException]) -> str:
    faults = (link.verify_message for link in chain if isinstance(link, ssl.SSLCertVerificationError))
    return next(faults, "")


def _is_bare_os_error(error: BaseException) -> bool:
    """Whether it came from the operating system (no route, host down) rather than from a library."""
    return isinstance(error, OSError) and error.errno is not None

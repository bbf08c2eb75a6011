"""Addresses that are secrets, sealed before they are written and opened when they are read.

Whoever copies the database without the key learns the hosts only. The key is given to `open_store`; what it does
not open stays sealed, and the fetch tells why (E_KEY).
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection

from aggregator.errors import StoreError
from aggregator.model.fetching import SourceState
from aggregator.model.secrets import SEALED_SCHEME, holds_secret, shown_host
from aggregator.model.sources import Source
from aggregator.store.codec import decode, encode

OPTION = "seal"
STATE_COLUMNS = ("state", "next_at", "is_troubled")
KeyMaker = Callable[[], bytes]


def no_key() -> bytes:
    """For stores that hold no secret, as in most tests."""
    raise StoreError("This store was opened without the key that seals secret addresses.")


class Seal:
    """Closes and opens texts with one key of 32 bytes, which is asked for when it is first needed."""

    def __init__(self, key: KeyMaker) -> None:
        self.key = key

    @cached_property
    def _box(self) -> Fernet:
        return Fernet(urlsafe_b64encode(self.key()))

    def closed(self, text: str, host: str = "") -> str:
        """The text under seal; the host stays readable in front of it."""
        return f"{SEALED_SCHEME}{host}/{self._box.encrypt(text.encode()).decode()}"

    def opened(self, text: str) -> str:
        """The text out of its seal; as it is if it is not sealed, or sealed with another key."""
        if not text.startswith(SEALED_SCHEME):
            return text
        token = text.removeprefix(SEALED_SCHEME).partition("/")[2]
        try:
            return self._box.decrypt(token.encode()).decode()
        except InvalidToken:
            return text


def seal_of(connection: Connection) -> Seal:
    """The seal of the store that the connection belongs to."""
    seal: Seal | None = connection.get_execution_options().get(OPTION)
    return seal or Seal(no_key)


def sealed_text(connection: Connection, text: str) -> str:
    """Any text under seal, such as what somebody pasted; nothing stays nothing."""
    return seal_of(connection).closed(text) if text else text


def sealed_address(connection: Connection, address: str) -> str:
    """The address as it may be written: sealed if whoever reads it could use it."""
    if address.startswith(SEALED_SCHEME) or not holds_secret(address):
        return address
    return seal_of(connection).closed(address, shown_host(address))


def opened(connection: Connection, text: str) -> str:
    """What was sealed; a text without seal, or under another key's, stays as it is."""
    return seal_of(connection).opened(text)


def source_text(connection: Connection, source: Source) -> str:
    """The source as it is stored."""
    return encode(replace(source, url=sealed_address(connection, source.url)))


def source_of(connection: Connection, text: str) -> Source:
    """The source that was stored."""
    source = decode(Source, text)
    return replace(source, url=opened(connection, source.url)) if source.url.startswith(SEALED_SCHEME) else source


def state_row(connection: Connection, state: SourceState) -> dict[str, Any]:
    """The columns of a state; where a source has moved to can be as secret as where it was."""
    return columns_of(replace(state, moved_to=sealed_address(connection, state.moved_to)) if state.moved_to else state)


def columns_of(sealed: SourceState) -> dict[str, Any]:
    """A state under seal, and beside it what is looked for among all sources."""
    is_troubled = sealed.failure is not None or sealed.held_since is not None
    return dict(zip(STATE_COLUMNS, (encode(sealed), sealed.next_at, is_troubled), strict=True))


def state_of(connection: Connection, text: str) -> SourceState:
    """The state that was stored."""
    state = decode(SourceState, text)
    return replace(state, moved_to=opened(connection, state.moved_to)) if state.moved_to else state

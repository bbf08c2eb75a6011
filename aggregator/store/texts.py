"""Imprint, privacy and about, as far as the operator replaced the shipped drafts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from aggregator.store.operators_schema import pages
from aggregator.store.rows import put_rows, raise_generation


def load(connection: Connection, name: str, language: str) -> str | None:
    """The text of a page in that language; None while the draft holds."""
    text: str | None = connection.scalar(
        select(pages.c.text).where(pages.c.name == name, pages.c.language == language, pages.c.text != "")
    )
    return text


def save(connection: Connection, page: tuple[str, str], text: str, by: str, now: datetime) -> None:
    """Replace the text of a page, given by name and language; an empty one brings the draft back."""
    name, language = page
    row = {"name": name, "language": language, "text": text, "given_by": by, "given_at": now}
    put_rows(connection, pages, [row])
    raise_generation(connection)

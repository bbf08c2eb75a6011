"""The pictures of initiatives."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select

from aggregator.model.pictures import Picture
from aggregator.store.registration_schema import pictures
from aggregator.store.rows import put_rows, raise_generation


def put(connection: Connection, initiative_id: str, picture: Picture) -> None:
    """Hang a picture in the place of the one before."""
    row = {
        "initiative_id": initiative_id,
        "digest": picture.digest,
        "media_type": picture.media_type,
        "alt": picture.alt,
        "licence": picture.licence,
        "content": picture.content,
    }
    put_rows(connection, pictures, [row])
    raise_generation(connection)


def remove(connection: Connection, initiative_id: str) -> None:
    """Take the picture away."""
    connection.execute(delete(pictures).where(pictures.c.initiative_id == initiative_id))
    raise_generation(connection)


def of_initiative(connection: Connection, initiative_id: str) -> Picture | None:
    """The picture of an initiative."""
    return first(connection, pictures.c.initiative_id == initiative_id)


def labels(connection: Connection, initiative_id: str | None = None) -> dict[str, Picture]:
    """The pictures of all initiatives, or of one, by its id, without their bytes: what is needed to show them."""
    columns = (pictures.c.initiative_id, pictures.c.digest, pictures.c.media_type, pictures.c.alt, pictures.c.licence)
    question = select(*columns)
    rows = connection.execute(
        question if initiative_id is None else question.where(pictures.c.initiative_id == initiative_id)
    )
    return {row.initiative_id: Picture(row.digest, row.media_type, b"", row.alt, row.licence) for row in rows}


def by_digest(connection: Connection, digest: str) -> Picture | None:
    """The picture of that address."""
    return first(connection, pictures.c.digest == digest)


def first(connection: Connection, condition: Any) -> Picture | None:
    """The picture for which the condition holds."""
    row = connection.execute(select(pictures).where(condition)).first()
    return Picture(row.digest, row.media_type, row.content, row.alt, row.licence) if row else None

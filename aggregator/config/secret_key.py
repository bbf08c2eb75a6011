"""The one secret of an installation: given by the environment, or made once and kept in a file of mode 0600.

Everything that is signed, hashed with a key or encrypted uses a key of its own, derived from this one.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from aggregator.config.environment import SHORTEST_SECRET
from aggregator.errors import ConfigurationError, Mistake

FILE_NAME = "secret.key"
USUAL_FOLDER = Path("var")
MODE = 0o600


def secret_key(given: str, database_url: str) -> str:
    """The secret: what the environment gave, else that of the file, which is made when it is first needed.

    Raises ConfigurationError if the file can neither be read nor made, or holds too little.
    """
    return given or key_of_file(key_file(database_url))


def key_file(database_url: str) -> Path:
    """Where the secret is kept: beside an SQLite database, else in var/."""
    scheme, _, rest = database_url.partition(":///")
    is_file = scheme.startswith("sqlite") and rest
    return (Path(rest.partition("?")[0]).absolute().parent if is_file else USUAL_FOLDER) / FILE_NAME


def key_of_file(path: Path) -> str:
    """What the file holds; the file is made with a new secret if it is not there."""
    try:
        if not path.exists():
            make_key(path)
        key = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no text"
        raise unusable(f"the file {path} can neither be read nor made ({reason}); or set SECRET_KEY") from error
    if len(key) < SHORTEST_SECRET:
        raise unusable(f"the file {path} holds no usable secret; restore it from a backup, or delete it for a new one")
    return key


def make_key(path: Path) -> None:
    """Write a new secret; of several processes that start together the first wins.

    The file appears complete or not at all, and is never readable for others.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def key_for(purpose: str, secret: str) -> bytes:
    """32 bytes for one purpose: whoever learns them learns nothing of the secret or of another purpose's key."""
    return blake2b(purpose.encode(), key=blake2b(secret.encode(), digest_size=32).digest(), digest_size=32).digest()


def address_key(given: str, database_url: str) -> bytes:
    """The key that seals secret addresses in the store; the secret is read or made when this is called."""
    return key_for("addresses", secret_key(given, database_url))


def unusable(sentence: str) -> ConfigurationError:
    """The complaint about the secret; it never repeats it."""
    return ConfigurationError((Mistake("SECRET_KEY", sentence),))

"""Style sheets, icons and scripts, read once at start; each has an address that changes with its content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from aggregator.model.settings import Look
from web.look import dressed

OURS = Look()
FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8"}
SYMBOL = re.compile(r'<symbol id="(?:i-)?([\w-]+)" (viewBox="[\d ]+")>(.*?)</symbol>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its bytes, media type and the digest that stands in its address."""

    content: bytes
    media_type: str
    digest: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files by name, and each icon as it stands in a page."""

    files: Mapping[str, Asset]
    icons: Mapping[str, Markup]

    def digest(self) -> str:
        """One digest of all files: a part of every page's ETag, since pages name them."""
        return hashlib.blake2b(
            "".join(sorted(a.digest for a in self.files.values())).encode(), digest_size=6
        ).hexdigest()


def load_assets(look: Look = OURS, folder: Path = FOLDER) -> Assets:
    """Read every file of `folder` whose type we serve; the style sheet's tokens wear the town's look."""
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in TYPES]
    files = {path.name: asset(path.read_bytes(), TYPES[path.suffix]) for path in paths}
    worn = dressed(files["tokens.css"].content.decode(), look)
    files["tokens.css"] = asset(worn.encode(), TYPES[".css"])
    sprite = files["icons.svg"].content.decode()
    icons = {name: icon(box, drawing) for name, box, drawing in SYMBOL.findall(sprite)}
    return Assets(files, icons)


def icon(box: str, drawing: str) -> Markup:
    """An icon as markup: our own drawing, no foreign text.

    Drawn where it stands and not referred to by <use>, which sanitisers rightly distrust.
    """
    return Markup(f'<svg class="icon" {box} aria-hidden="true">{drawing}</svg>')


def asset(content: bytes, media_type: str) -> Asset:
    """The file with its digest."""
    return Asset(content, media_type, hashlib.blake2b(content, digest_size=6).hexdigest())

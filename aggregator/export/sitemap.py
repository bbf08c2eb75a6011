"""The list of pages for search engines (sitemaps.org 0.9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

MOST_PAGES = 50_000


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its whole address, and when it last changed (UTC), None when nobody can say."""

    address: str
    changed: datetime | None = None


def render_sitemap(pages: Iterable[Page]) -> bytes:
    """The sitemap in UTF-8, as many pages as one may hold."""
    lines = [line(page) for page in list(pages)[:MOST_PAGES]]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join((head, *lines, "</urlset>\n")).encode()


def line(page: Page) -> str:
    """One page in XML."""
    changed = f"<lastmod>{page.changed.isoformat(timespec='seconds')}</lastmod>" if page.changed else ""
    return f"<url><loc>{escape(page.address)}</loc>{changed}</url>"

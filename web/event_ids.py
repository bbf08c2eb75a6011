"""Event ids in addresses, as Flask converts them."""

from __future__ import annotations

from werkzeug.routing import BaseConverter


class EventId(BaseConverter):
    """Letters, digits, dashes and underscores: anything else is no id, and never reaches the store."""

    regex = r"[\w-]{1,80}"

"""What every answer says to browsers about safety (reliability.md section 4: pages)."""

from __future__ import annotations

from flask import Response, request

FRAMABLE = "/embed"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {};"
)


def add_safety(response: Response) -> Response:
    """Forbid scripts, foreign content and framing; only the embed may stand in other people's pages."""
    ancestors = "*" if request.path == FRAMABLE else "'self'"
    response.headers["Content-Security-Policy"] = POLICY.format(ancestors)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    return response

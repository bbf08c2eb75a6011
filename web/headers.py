"""What every answer says to browsers about safety (reliability.md section 4: pages)."""

from __future__ import annotations

from flask import Response, request

from web.services import current_services

FRAMABLE = "/embed"
# Their addresses are keys: no other site is to learn even that somebody came from here.
PERSONAL = ("/manage/", "/register/", "/digest/")
PREVIEWING = "/embed/builder"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'{images}; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors {ancestors};"
)
# The builder shows the embed in a frame.
PREVIEW = " frame-src 'self';"


def add_safety(response: Response) -> Response:
    """Forbid foreign content and framing; scripts are our own files, and only the embed may stand in other pages."""
    ancestors = "*" if request.path == FRAMABLE else "'self'"
    preview = PREVIEW if request.path == PREVIEWING else ""
    policy = POLICY.format(ancestors=ancestors, images=tile_host())
    response.headers["Content-Security-Policy"] = policy + preview
    response.headers["X-Content-Type-Options"] = "nosniff"
    is_personal = request.path.startswith(PERSONAL)
    response.headers["Referrer-Policy"] = "same-origin" if is_personal else "strict-origin-when-cross-origin"
    if current_services().settings.site.base_url.startswith("https:"):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    # A page asks where somebody is only when they press the button for it.
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=()"
    return response


def tile_host() -> str:
    """Where pictures may come from beside us: on the map, and only there, the host that the operator named."""
    found = current_services().settings.site.street_map
    if found is None or request.path != "/map":
        return ""
    # Leaflet puts an empty picture (a data address) where it takes a tile away.
    return f" data: {found.origin}".rstrip()

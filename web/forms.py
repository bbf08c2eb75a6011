"""The guard of every public form: no cookie, no account, and still only our own pages can post.

A form carries a signed token that says for what and when it was handed out, and a field that people do
not see. The browser says where the post comes from (Origin, or Sec-Fetch-Site).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from flask import Flask, Request, Response, request
from itsdangerous import BadSignature, URLSafeSerializer

from aggregator.config.secret_key import key_for
from web.languages import Tongue
from web.pages import bare_scene, page
from web.problems import problem
from web.scene import Scene
from web.services import current_services

TOKEN_FIELD = "csrf_token"
TRAP_FIELD = "website_hp"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# Where mail programs may post by themselves; who may is known by the link alone.
ONE_CLICK = ("weekly.leave",)
VALID_FOR = timedelta(hours=12)
# Nobody reads a form and fills it in faster than this.
FASTEST = timedelta(seconds=3)
# Seconds by which the clocks of two machines may differ.
CLOCKS_APART = 60


class Refusal(StrEnum):
    """Why a post is not taken."""

    FOREIGN = "foreign"
    TOKEN = "token"
    OLD = "old"
    FAST = "fast"
    TRAP = "trap"

    @property
    def is_silent(self) -> bool:
        """Whether it is answered as if all were well: a program fell into the trap, and need not know."""
        return self is Refusal.TRAP

    @property
    def status(self) -> int:
        """The status of the answer: 403 for what no page of ours sent, 400 for what may be sent again."""
        return 400 if self in (Refusal.OLD, Refusal.FAST) else 403

    def sentence(self, tongue: Tongue) -> str:
        """What to tell the person, and what helps."""
        say = tongue.gettext
        if self is Refusal.FAST:
            return say("Das ging sehr schnell. Bitte noch einmal absenden.")
        if self is Refusal.OLD:
            return say("Das Formular lag lange offen. Bitte noch einmal absenden.")
        return say("Das Formular kam nicht von dieser Seite. Bitte hier neu laden und noch einmal absenden.")


def guard_posts(app: Flask) -> None:
    """Let nothing change anything unless a page of ours sent it: for all routes there are and all that will come.

    The pages of /admin have tokens of their own, bound to the session; their room checks them.
    """

    def guard() -> Response | None:
        services = current_services()
        is_harmless = request.method in SAFE_METHODS or request.routing_exception is not None
        if is_harmless or (request.endpoint in ONE_CLICK and is_one_click(request)):
            return None
        if not is_own_origin(request, services.settings.site.base_url):
            return refused(Refusal.FOREIGN)
        has_token = request.path.startswith("/admin") or handed_out(request, services.secret)
        return None if has_token else refused(Refusal.TOKEN)

    app.before_request(guard)


def is_one_click(request: Request) -> bool:
    """Whether a mail provider asks to leave (RFC 8058): it says so, and is no page, which could not hide that."""
    from_page = "Origin" in request.headers or "Sec-Fetch-Site" in request.headers
    return not from_page and request.form.get("List-Unsubscribe", "") == "One-Click"


def form_token(secret: str, purpose: str, now: datetime) -> str:
    """What a form hands back, so that we know it was ours: signed, for one purpose, with its moment."""
    return signer(secret).dumps([purpose, int(now.timestamp())])


def check_form(request: Request, secret: str, purpose: str, now: datetime) -> Refusal | None:
    """Whether the post came from a page of ours, filled in by a person; None if all is well."""
    if not is_own_origin(request, current_services().settings.site.base_url):
        return Refusal.FOREIGN
    token = handed_out(request, secret)
    if token is None or token[0] != purpose or token[1] > now.timestamp() + CLOCKS_APART:
        return Refusal.TOKEN
    if request.form.get(TRAP_FIELD, ""):
        return Refusal.TRAP
    age = timedelta(seconds=now.timestamp() - token[1])
    if age > VALID_FOR:
        return Refusal.OLD
    return Refusal.FAST if age < FASTEST else None


def is_own_origin(request: Request, base_url: str) -> bool:
    """Whether the browser says that a page of this very site sent the post.

    Sec-Fetch-Site cannot be set by a page; where it says same-origin, the site is merely reached by
    another name than its own (127.0.0.1 for localhost). Without either header nobody vouches.
    """
    if request.headers.get("Sec-Fetch-Site", "") == "same-origin":
        return True
    if "Sec-Fetch-Site" in request.headers and request.headers["Sec-Fetch-Site"] != "none":
        return False
    origin, own = urlsplit(request.headers.get("Origin", "")), urlsplit(base_url)
    return bool(origin.netloc) and (origin.scheme, origin.netloc.lower()) == (own.scheme, own.netloc.lower())


def handed_out(request: Request, secret: str) -> tuple[str, int] | None:
    """For what, and when in seconds since 1970, the token was handed out; None if it is not ours."""
    try:
        purpose, moment = signer(secret).loads(request.form.get(TOKEN_FIELD, ""))
    except (BadSignature, TypeError, ValueError):
        return None
    return str(purpose), int(moment)


def signer(secret: str) -> URLSafeSerializer:
    """Signs with a key that serves forms alone."""
    return URLSafeSerializer(key_for("forms", secret))


def visitor(request: Request, secret: str) -> str:
    """By what limits know a visitor: a keyed hash of the network, so that the address itself is not kept.

    The network is the address, or the first 64 bits of an IPv6 address: these belong to one household.
    """
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        address = ip_address("0.0.0.0")
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64)
    return blake2b(address.packed, key=key_for("visitors", secret), digest_size=16).hexdigest()


def line(fields: Mapping[str, str], name: str) -> str:
    """One line of a form: what steers becomes a blank, and blanks are not doubled; as long as it was."""
    return " ".join(printable(fields.get(name, "")).split())


def printable(text: str) -> str:
    """The text with everything that steers instead of being read (control, bidi, private characters) as blanks."""
    return "".join(c if c.isprintable() else " " for c in text)


def paragraphs(fields: Mapping[str, str], name: str) -> str:
    """Several lines of a form, each without what steers; as long as it was."""
    lines = fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(printable(one).rstrip() for one in lines).strip()


def form_page(template: str, scene: Scene, purpose: str, status: int = 200, **values: object) -> Response:
    """A page with a form for one purpose; nobody keeps it, since its token is of this very moment."""
    services = current_services()
    token = form_token(services.secret, purpose, services.clock())
    reply = page(template, scene, token=token, **values)
    response = Response(reply.body, status=status, content_type=reply.media_type)
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    return response


def refused(refusal: Refusal) -> Response:
    """The answer to a post that did not come from a page of ours."""
    tongue = bare_scene(current_services().clock()).tongue
    return problem(refusal.status, tongue.gettext("Das haben wir nicht angenommen"), refusal.sentence(tongue))


def too_many(scene: Scene) -> Response:
    """429: this visitor, or all together, have posted more than we take."""
    say = scene.tongue.gettext
    sentence = say("Von hier ist gerade sehr viel gekommen. Bitte in einer Stunde noch einmal versuchen.")
    response = problem(429, say("Das war gerade zu viel"), sentence)
    response.headers["Retry-After"] = "3600"
    return response

"""The address rule: which addresses we are willing to contact.

One rule for typed addresses, fetches and every redirect: `judge` reads an address and refuses what is
wrong in itself; `permits` decides on each network address that its name stands for, before connecting
and again on the peer that answered.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from aggregator.errors import ErrorClass, Failure
from aggregator.model.settings import FetchSettings

LONGEST_ADDRESS = 2048
LONGEST_NAME = 253

# A calendar link means https first; http is tried when nobody answers there (see client.py).
SCHEMES: dict[str, tuple[str, ...]] = {
    "http": ("http",),
    "https": ("https",),
    "webcal": ("https", "http"),
    "webcals": ("https",),
}
DEFAULT_PORTS = {"http": 80, "https": 443}
FIRST_FREE_PORT = 1024

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Stricter than RFC 3986 on purpose: no login, no escape and no backslash beside the host, because
# every library reads those differently and that difference is the attack.
SHAPE = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<authority>[^/?#\\@%\s]+)(?:[/?#].*)?", re.IGNORECASE)
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}")

# Names that never mean a public host (RFC 6761, RFC 6762, RFC 8375, and what routers and clouds use).
HOME_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "onion")

# IANA special-purpose registries. Python 3.11's is_global takes several of these for public.
HIDDEN_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# IPv6 is judged the other way round: only 2000::/3 is given out, so all else is refused unseen.
PUBLIC_V6 = IPv6Network("2000::/3")
HIDDEN_V6 = tuple(IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "3fff::/20"))
# IPv6 forms that carry an IPv4 address, and how many bits stand right of it: mapped, NAT64, 6to4.
CARRIERS = ((IPv6Network("::ffff:0:0/96"), 0), (IPv6Network("64:ff9b::/96"), 0), (IPv6Network("2002::/16"), 80))


@dataclass(frozen=True, slots=True)
class Target:
    """One judged address: whom to contact and what to ask for there.

    `host` is a lower-case ASCII name or a canonical IP address without brackets. `path` includes the
    query; it may hold a secret and therefore stays out of the repr.
    """

    scheme: str
    host: str
    port: int
    path: str = field(repr=False, default="/")

    @property
    def origin(self) -> str:
        """`host:port`, as exemptions are written."""
        return f"{self._written_host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in normal form: two spellings of one address are equal here."""
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self._written_host}{port}{self.path}"

    @property
    def _written_host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


@lru_cache(maxsize=4096)
def judge(url: str, exempt: frozenset[str]) -> tuple[Target, ...] | Failure:
    """The targets that an address stands for, or why it is refused.

    One target, but two for webcal: https, then http. `exempt` are exact `host:port` origins that may
    use any port and lie on a network that is not public. The same addresses come at every visit, so the last
    answers are remembered.
    """
    text = url.strip()
    if CONTROL.search(text) or len(text) > LONGEST_ADDRESS:
        return Failure(ErrorClass.URL)
    scheme, _, rest = text.partition(":")
    shape = SHAPE.fullmatch(text)
    if scheme.lower() not in SCHEMES and (shape or scheme.isalpha()) and rest:
        return Failure(ErrorClass.SCHEME, f"{scheme.lower()[:20]}://" if shape else "")
    if shape is None:
        return Failure(ErrorClass.URL)
    try:
        # urllib3's parser, because requests and urllib3 read the very same address with it later.
        parsed = parse_url("http" + text[len(scheme) :])
    except LocationParseError:
        return Failure(ErrorClass.URL)
    return _judge_parts(SCHEMES[scheme.lower()], parsed, exempt)


def _judge_parts(schemes: tuple[str, ...], parsed: Url, exempt: frozenset[str]) -> tuple[Target, ...] | Failure:
    host = _normal_host(parsed.host or "")
    if not host:
        return Failure(ErrorClass.URL)
    path = (parsed.path or "/") + (f"?{parsed.query}" if parsed.query is not None else "")
    ports = [DEFAULT_PORTS[scheme] if parsed.port is None else parsed.port for scheme in schemes]
    targets = tuple(Target(scheme, host, port, path) for scheme, port in zip(schemes, ports, strict=True))
    for target in targets:
        if not _is_presentable(target) and target.origin not in exempt:
            return Failure(ErrorClass.ADDRESS, target.origin if target.port not in (80, 443) else host)
    return targets


def _normal_host(host: str) -> str:
    """The host in its one normal spelling, or nothing when it is none.

    A host that ends in a number is an IPv4 address to every C library, in spellings that they read
    differently (127.1, 0x7f000001, 0177.0.0.1, 2130706433). Only the dotted one is accepted: no
    honest feed is written in another.
    """
    name = host.lower().removesuffix(".")
    try:
        if name.startswith("["):
            return str(IPv6Address(name[1:-1]))
        if NUMBER.fullmatch(name.rpartition(".")[2]):
            return str(IPv4Address(name))
    except ValueError:
        return ""
    return name if NAME.fullmatch(name) and len(name) <= LONGEST_NAME else ""


def _is_presentable(target: Target) -> bool:
    """Whether nothing speaks against the target before its name is looked up."""
    if target.port not in DEFAULT_PORTS.values() and target.port < FIRST_FREE_PORT:
        return False
    if _is_number(target.host):
        return is_public(target.host)
    return "." in target.host and not any(f".{target.host}".endswith(f".{name}") for name in HOME_NAMES)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Whether an IP address is a globally reachable host; anything unreadable is not.

    Looks into IPv6 addresses that carry an IPv4 address. IPv4 in its canonical spelling only.
    """
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(number, IPv4Address):
        return not any(number in network for network in HIDDEN_V4)
    for network, shift in CARRIERS:
        if number in network:
            return is_public(str(IPv4Address(int(number) >> shift & 0xFFFFFFFF)))
    # A scoped address (fe80::1%eth0) names an interface of this machine.
    return number.scope_id is None and number in PUBLIC_V6 and not any(number in network for network in HIDDEN_V6)


def permits(target: Target, address: str, port: int, exempt: frozenset[str]) -> bool:
    """Whether `target` may be contacted at `address` and `port`: an answer to its name, or the peer itself.

    The address may be public, or exempted by the target's origin or by its own.
    """
    own_origin = Target(target.scheme, address, port).origin
    return is_public(address) or target.origin in exempt or own_origin in exempt


def exempt_origins(settings: FetchSettings) -> frozenset[str]:
    """The operator's exemptions in the spelling that targets have."""
    return frozenset(origin.strip().lower() for origin in settings.allow_origins)


def host_key(url: str, settings: FetchSettings) -> tuple[str, int]:
    """Which sources share a server, and how many of them may be asked at once.

    The key is the host, or `host:port` for an exempt origin; empty for files and refused addresses,
    which trouble nobody.
    """
    exempt = exempt_origins(settings)
    targets = judge(url, exempt)
    if isinstance(targets, Failure):
        return "", settings.parallel
    target = targets[0]
    return (target.origin, settings.per_exempt_host) if target.origin in exempt else (target.host, settings.per_host)

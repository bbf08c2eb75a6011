"""The second factor of operators: time-based codes (RFC 6238), their shared secret sealed in the store."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest

import pyotp

from aggregator.model.operators import Operator
from aggregator.store.sealing import Seal

STEP_SECONDS = 30
# A clock may be off by one step in either direction.
TOLERANCE = (0, -1, 1)


def new_secret() -> str:
    """A secret for one operator: 160 random bits."""
    return pyotp.random_base32()


def enrolment(secret: str, name: str, site: str) -> str:
    """The address that an authenticator takes, usually as a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=site)


def sealed(secret: str, key: bytes) -> str:
    """The secret as it is stored."""
    return Seal(lambda: key).closed(secret)


def matching_step(operator: Operator, code: str, key: bytes, now: datetime) -> int | None:
    """The time step that a code belongs to, None for a wrong code; `now` is real time also in a demonstration."""
    secret = Seal(lambda: key).opened(operator.second_factor)
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    step = int(now.timestamp()) // STEP_SECONDS
    steps = (step + off for off in TOLERANCE)
    return next((one for one in steps if compare_digest(pyotp.TOTP(secret).generate_otp(one), digits)), None)

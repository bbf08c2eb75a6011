"""Those who run the calendar, and what they did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Operator:
    """A person who may log in. `second_factor` is the encrypted secret of TOTP, empty for none."""

    name: str
    email: str
    created_at: datetime
    password: str = field(default="", repr=False)
    second_factor: str = field(default="", repr=False)
    last_step: int = 0


@dataclass(frozen=True, slots=True)
class OperatorSession:
    """One browser of an operator, from log-in to log-out."""

    operator: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the audit log: who did what to what."""

    at: datetime
    operator: str
    action: str
    subject: str
    detail: str = ""

"""What lies behind a web address: feeds that may be there, and who publishes them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address at which a calendar may be found, and why we think so.

    `format` is one of `aggregator.model.sources.FORMATS`; `rank` counts from 1, the likeliest first. The
    address may be a share link and therefore stays out of the repr.
    """

    url: str = field(repr=False)
    format: str
    reason_de: str
    reason_en: str
    rank: int = 9

    def reason(self, language: str = "de") -> str:
        """Why, as part of a sentence."""
        return self.reason_en if language == "en" else self.reason_de


@dataclass(frozen=True, slots=True)
class Profile:
    """A group as its platform or website describes it: what the directory's entry can begin with.

    `page` is its page on the platform, `team` the platform's number for it, which survives renaming. `logo` is the
    address of a picture, which nobody fetches unless the group says so.
    """

    name: str
    text: str = ""
    homepage: str = ""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    place: str = ""
    page: str = ""
    team: int | None = None
    logo: str = ""

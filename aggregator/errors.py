"""Everything that can go wrong, as a tree of exceptions and as values.

Exceptions are for the one person at the keyboard (a mistyped setting, a locked database)::

    BuendelError
    ├── UsageError                a person's mistake; shown as one sentence, exit code 2
    │   ├── ConfigurationError    every mistake in sources.yaml or the environment at once
    │   └── FilterError           a query value that the filter language does not know
    └── StoreError
        └── FetchLockTaken        another process is fetching into this SQLite store

Whatever comes from a source fails as a *value*: a `Failure` for a whole fetch, a `Defect` for one
event (`aggregator.model.defects`). Neither is ever raised through the batch loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BuendelError(Exception):
    """Base of every exception of this project."""


class UsageError(BuendelError):
    """A person's mistake that this person can mend."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a configuration file.

    `where` is `file:line:column` (1-based) or the name of an environment variable; `sentence` says
    in plain words what is wrong and what would be right.
    """

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


class ConfigurationError(UsageError):
    """All mistakes that were found in the configuration, in file order."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


class FilterError(UsageError):
    """A query value that the filter language refuses; carries a sentence in both languages."""

    def __init__(self, parameter: str, sentences: dict[str, str]) -> None:
        super().__init__(sentences["en"])
        self.parameter = parameter
        self.sentences = sentences


class StoreError(BuendelError):
    """The store cannot do what was asked; nothing was written."""


class FetchLockTaken(StoreError):
    """Another process holds the right to fetch into this store."""


class ErrorClass(StrEnum):
    """Why a whole fetch failed or is held back (reliability.md section 4)."""

    URL = "E_URL"
    SCHEME = "E_SCHEME"
    SECRET = "E_SECRET"
    KEY = "E_KEY"
    FILE = "E_FILE"
    ADDRESS = "E_ADDRESS"
    DNS = "E_DNS"
    CONNECT = "E_CONNECT"
    TLS = "E_TLS"
    TIMEOUT = "E_TIMEOUT"
    REDIRECTS = "E_REDIRECTS"
    PROTOCOL = "E_PROTOCOL"
    TOO_LARGE = "E_TOO_LARGE"
    ENCODING = "E_ENCODING"
    TRUNCATED = "E_TRUNCATED"
    STATUS = "E_STATUS"
    RATE = "E_RATE"
    GONE = "E_GONE"
    EMPTY = "E_EMPTY"
    NOT_A_FEED = "E_NOT_A_FEED"
    PARSE = "E_PARSE"
    NO_DATES = "E_NO_DATES"
    LIMIT = "E_LIMIT"
    HELD_EMPTY = "H_EMPTY"
    HELD_SHRANK = "H_SHRANK"
    HELD_MIXED = "H_MIXED"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why one source could not be read this time.

    `detail` completes the sentence (a status number, a host name) and never holds an address's
    path, query or login: those may be secrets.
    """

    error_class: ErrorClass
    detail: str = ""

    def sentence(self, language: str = "de") -> str:
        """One plain sentence for the source's owner, in German or English."""
        german, english = self._sentences()
        text = english if language == "en" else german
        detail = "" if self.detail in TECHNICAL else self.detail
        return text.format(detail=detail) if detail else text.replace(" ({detail})", "")

    def _sentences(self) -> tuple[str, str]:
        """What a status means to its owner, where we know it; else what the class means."""
        known = BY_STATUS.get(self.detail) or BY_STATUS.get(self.detail[:1] + "xx")
        return known if known and self.error_class is ErrorClass.STATUS else SENTENCES[self.error_class]


TECHNICAL = frozenset({"HTML", "JSON"})
"""Details that tell people nothing."""

BY_STATUS: dict[str, tuple[str, str]] = {
    "401": (
        "Diese Adresse ist nur mit Anmeldung zu lesen ({detail}). Bitte den Kalender öffentlich freigeben.",
        "This address can only be read after a log-in ({detail}). Please share the calendar publicly.",
    ),
    "403": (
        "Die Website lässt uns diese Adresse nicht lesen ({detail}). Bitte den Kalender öffentlich freigeben.",
        "The website does not let us read this address ({detail}). Please share the calendar publicly.",
    ),
    "404": (
        "Diese Seite gibt es nicht ({detail}). Bitte prüfen, ob die Adresse vollständig ist und noch stimmt.",
        "There is no such page ({detail}). Please check that the address is complete and still right.",
    ),
    "5xx": (
        "Die Website hat gerade selbst eine Störung ({detail}). Meist vergeht das; sonst hilft, wer sie betreut.",
        "The website has a fault of its own just now ({detail}). It usually passes; else those who run it can help.",
    ),
}
SENTENCES: dict[ErrorClass, tuple[str, str]] = {
    ErrorClass.URL: (
        "Das ist keine vollständige Adresse ({detail}). Bitte die ganze Adresse aus der Adresszeile kopieren.",
        "This is not a complete address ({detail}). Please copy the whole address from the address bar.",
    ),
    ErrorClass.SCHEME: (
        "Diese Art von Adresse können wir nicht abrufen ({detail}). Es geht mit https://, http:// oder webcal://.",
        "We cannot read this kind of address ({detail}). It works with https://, http:// or webcal://.",
    ),
    ErrorClass.KEY: (
        "Die Adresse dieser Quelle ist verschlüsselt gespeichert, und der Schlüssel dazu fehlt oder ist ein anderer."
        " Bitte den Betreiber, var/secret.key (oder SECRET_KEY) aus der Sicherung zurückzuholen.",
        "The address of this source is stored encrypted, and its key is missing or another one."
        " Please ask the operator to restore var/secret.key (or SECRET_KEY) from the backup.",
    ),
    ErrorClass.SECRET: (
        "Diese Adresse enthält einen persönlichen Schlüssel ({detail}), der nur dir gehört."
        " Bitte die öffentliche Kalenderadresse eintragen.",
        "This address holds a personal key ({detail}) that belongs to you alone."
        " Please give the calendar's public address.",
    ),
    ErrorClass.FILE: (
        "Die Datei können wir nicht lesen ({detail}). Bitte prüfen, ob es sie gibt und ob sie lesbar ist.",
        "We cannot read the file ({detail}). Please check that it exists and may be read.",
    ),
    ErrorClass.ADDRESS: (
        "Diese Adresse liegt nicht im öffentlichen Netz ({detail}). Bitte eine öffentlich erreichbare Adresse angeben.",
        "This address is not on the public network ({detail}). Please give an address that everyone can reach.",
    ),
    ErrorClass.DNS: (
        "Den Namen dieser Website gibt es nicht ({detail}). Bitte auf Tippfehler prüfen.",
        "This website's name does not exist ({detail}). Please check it for typing errors.",
    ),
    ErrorClass.CONNECT: (
        "Die Website ist nicht erreichbar ({detail}). Wir versuchen es weiter; bitte prüfen, ob sie läuft.",
        "The website cannot be reached ({detail}). We keep trying; please check that it is running.",
    ),
    ErrorClass.TLS: (
        "Die gesicherte Verbindung kommt nicht zustande ({detail}). Bitte das Zertifikat der Website prüfen lassen.",
        "The secure connection fails ({detail}). Please have the website's certificate checked.",
    ),
    ErrorClass.TIMEOUT: (
        "Die Website hat nicht rechtzeitig geantwortet ({detail}). Wir versuchen es später wieder.",
        "The website did not answer in time ({detail}). We will try again later.",
    ),
    ErrorClass.REDIRECTS: (
        "Die Adresse leitet im Kreis oder zu oft weiter ({detail}). Bitte die Zieladresse eintragen.",
        "The address redirects in circles or too often ({detail}). Please give the final address.",
    ),
    ErrorClass.PROTOCOL: (
        "Die Website antwortet nicht so, wie Browser es erwarten ({detail}). Bitte den Anbieter der Website fragen.",
        "The website does not answer the way browsers expect ({detail}). Please ask the website's provider.",
    ),
    ErrorClass.TOO_LARGE: (
        "Der Kalender ist zu groß ({detail}). Bitte nur die kommenden Termine anbieten.",
        "The calendar is too large ({detail}). Please offer only the coming events.",
    ),
    ErrorClass.ENCODING: (
        "Die Antwort ist auf eine Weise gepackt, die wir nicht lesen können ({detail})."
        " Bitte den Anbieter der Website bitten, sie ungepackt oder mit gzip zu senden.",
        "The answer is packed in a way that we cannot read ({detail})."
        " Please ask the website's provider to send it plain or with gzip.",
    ),
    ErrorClass.TRUNCATED: (
        "Die Antwort brach mitten im Kalender ab ({detail}). Wir zeigen weiter die bisherigen Termine; bleibt es so,"
        " bitte den Anbieter der Website fragen.",
        "The answer broke off in the middle of the calendar ({detail}). We keep showing the events we have; if it stays"
        " like this, please ask the website's provider.",
    ),
    ErrorClass.STATUS: (
        "Die Website meldet einen Fehler ({detail}). Bitte prüfen, ob die Adresse noch stimmt.",
        "The website reports an error ({detail}). Please check that the address is still right.",
    ),
    ErrorClass.RATE: (
        "Die Website bittet uns, seltener zu fragen ({detail}). Wir warten so lange.",
        "The website asks us to come less often ({detail}). We wait that long.",
    ),
    ErrorClass.GONE: (
        "Die Website sagt, dass es diesen Kalender nicht mehr gibt ({detail}). Bitte die neue Adresse eintragen.",
        "The website says that this calendar is gone ({detail}). Please give us the new address.",
    ),
    ErrorClass.EMPTY: (
        "Die Antwort war leer ({detail}). Bitte prüfen, ob der Kalender öffentlich freigegeben ist.",
        "The answer was empty ({detail}). Please check that the calendar is shared publicly.",
    ),
    ErrorClass.NOT_A_FEED: (
        "Unter dieser Adresse liegt kein Kalender ({detail}). Vielleicht ist es eine Anmeldeseite;"
        " bitte die öffentliche Kalenderadresse eintragen.",
        "There is no calendar at this address ({detail}). It may be a log-in page;"
        " please give the calendar's public address.",
    ),
    ErrorClass.PARSE: (
        "Der Kalender ist so beschädigt, dass wir ihn nicht lesen können ({detail})."
        " Bitte ihn in eurem Programm neu freigeben oder exportieren.",
        "The calendar is damaged so badly that we cannot read it ({detail})."
        " Please share or export it anew in your program.",
    ),
    ErrorClass.NO_DATES: (
        "In diesen Meldungen steht kein Datum ({detail}). Wir führen sie als Aushang, nicht als Termin.",
        "These items carry no date ({detail}). We list them as notices, not as events.",
    ),
    ErrorClass.LIMIT: (
        "Der Kalender verlangt mehr Rechenzeit oder Speicher, als wir einem Kalender geben ({detail})."
        " Bitte nur die kommenden Termine anbieten und Wiederholungen ein Ende geben.",
        "The calendar needs more computing time or memory than we give to one calendar ({detail})."
        " Please offer only the coming events, and give repetitions an end.",
    ),
    ErrorClass.HELD_EMPTY: (
        "Der Kalender ist plötzlich leer. Wir zeigen weiter die bisherigen Termine und fragen nach.",
        "The calendar is suddenly empty. We keep showing the events we have, and ask.",
    ),
    ErrorClass.HELD_MIXED: (
        "Plötzlich stehen hier nur Termine einer anderen Gruppe. Wir zeigen weiter die bisherigen; bitte prüfen, ob die"
        " Adresse noch die eurer Gruppe ist.",
        "Suddenly there are only events of another group here. We keep showing those we have; please check that the"
        " address is still your group's.",
    ),
    ErrorClass.HELD_SHRANK: (
        "Plötzlich fehlen sehr viele Termine ({detail}). Wir zeigen sie weiter und fragen nach.",
        "Suddenly very many events are missing ({detail}). We keep showing them, and ask.",
    ),
}

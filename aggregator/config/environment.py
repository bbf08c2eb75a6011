"""The settings that come from the environment, in one table; docs/configuration.md shows the same one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path

from aggregator.config.spelling import quoted, suggestion
from aggregator.errors import ConfigurationError, Mistake
from aggregator.model.mail import Encryption, MailServer, mail_address

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("text", "json")
DATABASES = ("sqlite", "postgresql", "postgresql+psycopg", "postgres")
SHORTEST_SECRET = 16


@dataclass(frozen=True, slots=True)
class Variable:
    """One row of the table: an environment variable, its value when unset, and what it does."""

    name: str
    default: str
    meaning: str
    secret: bool = False


VARIABLES = (
    Variable("HOST", "127.0.0.1", "Address to serve on; 0.0.0.0 serves to the whole network."),
    Variable("PORT", "8000", "Port to serve on; 0 lets the system choose a free one. `--port` wins."),
    Variable(
        "DATABASE_URL",
        "sqlite:///var/buendel.sqlite",
        "Where everything is stored: sqlite:///… or postgresql://…; `--database` wins.",
        secret=True,
    ),
    Variable("SOURCES", "sources.yaml", "The configuration file; `--sources` wins."),
    Variable(
        "SECRET_KEY",
        "",
        "Key that signs and encrypts what must stay secret; at least 16 characters. Without one it is made in"
        " var/secret.key.",
        secret=True,
    ),
    Variable("SECRET_KEY_FILE", "", "File that holds this key, for container secrets; instead of SECRET_KEY."),
    Variable("WEB_WORKERS", "1", "Processes that answer pages (1 to 32)."),
    Variable("WEB_THREADS", "8", "Threads in each of these processes (1 to 128)."),
    Variable("FEED_FILES", "", "Folder where `serve` writes the public feeds as files, for nginx or Caddy to send."),
    Variable("TRUSTED_PROXIES", "0", "How many proxies of yours stand in front; they say who visits (0 to 5)."),
    Variable("SMTP_HOST", "", "Mail server that takes our mails; without one they wait and no mail is offered."),
    Variable("SMTP_PORT", "587", "Its port; usually 587, or 465 with SMTP_TLS=tls."),
    Variable("SMTP_USER", "", "Name to log in with; without one there is no log-in."),
    Variable("SMTP_PASSWORD", "", "Password to log in with.", secret=True),
    Variable("SMTP_PASSWORD_FILE", "", "File that holds this password; instead of SMTP_PASSWORD."),
    Variable("SMTP_TLS", "starttls", "How the connection is secured: starttls, tls, or none on this machine only."),
    Variable("MAIL_FROM", "", "Who our mails come from, such as calendar@example.org; needed with SMTP_HOST."),
    Variable("LOG_LEVEL", "INFO", "How much is logged: DEBUG, INFO, WARNING or ERROR."),
    Variable("LOG_FORMAT", "text", "How it is logged: text for people, json for machines."),
)
DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


@dataclass(frozen=True, slots=True)
class Environment:
    """The environment's settings, read and checked; `secret_key` is empty when none was given."""

    host: str
    port: int
    database_url: str = field(repr=False)
    sources: Path
    secret_key: str = field(repr=False)
    web_workers: int
    web_threads: int
    log_level: str
    log_format: str
    trusted_proxies: int = 0
    mail: MailServer | None = None
    feed_files: Path | None = None


class VariableReader:
    """Reads variables one by one and collects what is wrong; an empty variable counts as unset."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.mistakes: list[Mistake] = []

    def text(self, name: str) -> str:
        """The value, or the default of the table."""
        return self.environ.get(name, "").strip() or DEFAULTS[name]

    def mistake(self, name: str, sentence: str) -> None:
        """Note what is wrong with a variable."""
        self.mistakes.append(Mistake(name, sentence))

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number inside the bounds, both included."""
        text = self.text(name)
        if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
            return int(text)
        self.mistake(name, f"{quoted(text)} is not a whole number from {least} to {most}")
        return int(DEFAULTS[name])

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        """One of a few words, in any case."""
        text = self.text(name)
        by_folded = {word.casefold(): word for word in known}
        if text.casefold() not in by_folded:
            self.mistake(name, f"{quoted(text)} is not possible; {suggestion(text, known)}")
        return by_folded.get(text.casefold(), DEFAULTS[name])

    def database_url(self) -> str:
        """The address of the database; a mistake never repeats it, since it may hold a password."""
        url = self.text("DATABASE_URL")
        if url.partition("://")[0] not in DATABASES or "://" not in url:
            self.mistake("DATABASE_URL", "this database is not known; it begins with sqlite:/// or postgresql://")
        return url

    def secret(self, name: str) -> str:
        """A secret itself, or what its file holds; empty if there is neither."""
        given, path = self.text(name), self.text(f"{name}_FILE")
        if given and path:
            self.mistake(name, f"give either {name} or {name}_FILE, not both")
        if given or not path:
            return given
        try:
            return Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self.mistake(f"{name}_FILE", f"the file {quoted(path)} cannot be read")
            return ""

    def secret_key(self) -> str:
        """The key that signs and encrypts; long enough, if there is one."""
        told = len(self.mistakes)
        key, is_file = self.secret("SECRET_KEY"), bool(self.text("SECRET_KEY_FILE"))
        if len(key) < SHORTEST_SECRET and (key or is_file) and len(self.mistakes) == told:
            name = "SECRET_KEY_FILE" if is_file else "SECRET_KEY"
            self.mistake(name, f"the key is too short; it needs at least {SHORTEST_SECRET} characters")
        return key

    def mail_server(self) -> MailServer | None:
        """Where mails are handed over; None when no server is named."""
        host, sender = self.text("SMTP_HOST"), self.text("MAIL_FROM")
        port = self.number("SMTP_PORT", 1, 65535)
        encryption = Encryption(self.choice("SMTP_TLS", tuple(Encryption)))
        password = self.secret("SMTP_PASSWORD")
        if sender and not mail_address(parseaddr(sender)[1]):
            self.mistake("MAIL_FROM", f"{quoted(sender)} is not a mail address")
        if bool(host) is not bool(sender):
            self.mistake("MAIL_FROM" if host else "SMTP_HOST", "SMTP_HOST and MAIL_FROM are needed both, or neither")
        return MailServer(host, port, sender, self.text("SMTP_USER"), password, encryption) if host else None

    def environment(self) -> Environment:
        """All variables at once."""
        return Environment(
            host=self.text("HOST"),
            port=self.number("PORT", 0, 65535),
            database_url=self.database_url(),
            sources=Path(self.text("SOURCES")),
            secret_key=self.secret_key(),
            web_workers=self.number("WEB_WORKERS", 1, 32),
            web_threads=self.number("WEB_THREADS", 1, 128),
            log_level=self.choice("LOG_LEVEL", LOG_LEVELS),
            log_format=self.choice("LOG_FORMAT", LOG_FORMATS),
            trusted_proxies=self.number("TRUSTED_PROXIES", 0, 5),
            mail=self.mail_server(),
            feed_files=Path(self.text("FEED_FILES")) if self.text("FEED_FILES") else None,
        )


def read_environment(environ: Mapping[str, str]) -> Environment:
    """The settings of the environment; raises ConfigurationError with every mistake in it."""
    reader = VariableReader(environ)
    environment = reader.environment()
    if reader.mistakes:
        raise ConfigurationError(tuple(reader.mistakes))
    return environment


def environment_mistakes(environ: Mapping[str, str]) -> tuple[Mistake, ...]:
    """What is wrong with the environment; `where` is the name of the variable."""
    reader = VariableReader(environ)
    reader.environment()
    return tuple(reader.mistakes)


def sources_path(environ: Mapping[str, str]) -> Path:
    """Where sources.yaml is, known even when other variables are wrong."""
    return Path(VariableReader(environ).text("SOURCES"))


def open_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables of the table that were set and may be shown: no secret among them."""
    shown = (variable.name for variable in VARIABLES if not variable.secret)
    return {name: environ[name] for name in shown if environ.get(name)}

"""The settings that come from the environment, in one table; docs/configuration.md shows the same one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aggregator.config.spelling import quoted, suggestion
from aggregator.errors import ConfigurationError, Mistake

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

    def secret_key(self) -> str:
        """The key itself, or what its file holds; empty if there is neither."""
        key, path = self.text("SECRET_KEY"), self.text("SECRET_KEY_FILE")
        if key and path:
            self.mistake("SECRET_KEY", "give either SECRET_KEY or SECRET_KEY_FILE, not both")
            return key
        if path:
            try:
                key = Path(path).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError):
                self.mistake("SECRET_KEY_FILE", f"the file {quoted(path)} cannot be read")
                return ""
        if len(key) < SHORTEST_SECRET and (key or path):
            name = "SECRET_KEY_FILE" if path else "SECRET_KEY"
            self.mistake(name, f"the key is too short; it needs at least {SHORTEST_SECRET} characters")
        return key

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

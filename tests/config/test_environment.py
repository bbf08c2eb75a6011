from __future__ import annotations

from pathlib import Path

import pytest

from aggregator.config.environment import read_environment, sources_path
from aggregator.errors import ConfigurationError


def test_without_variables_the_defaults_of_the_table_apply():
    environment = read_environment({})
    assert (environment.host, environment.port) == ("127.0.0.1", 8000)
    assert environment.database_url == "sqlite:///var/buendel.sqlite"
    assert environment.sources == Path("sources.yaml")
    assert environment.secret_key == ""


def test_an_empty_variable_counts_as_unset():
    assert read_environment({"PORT": "", "LOG_LEVEL": " "}) == read_environment({})


def test_what_is_set_is_read():
    environment = read_environment({"PORT": "0", "LOG_LEVEL": "debug", "DATABASE_URL": "postgresql://u@h/d"})
    assert (environment.port, environment.log_level) == (0, "DEBUG")
    assert environment.database_url == "postgresql://u@h/d"


def test_the_key_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text("0123456789abcdef\n")
    assert read_environment({"SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "0123456789abcdef"


def test_every_wrong_variable_is_told_at_once():
    wrong = {"PORT": "70000", "WEB_WORKERS": "-1", "LOG_LEVEL": "infos", "SECRET_KEY": "short"}
    with pytest.raises(ConfigurationError) as caught:
        read_environment(wrong)
    assert [str(mistake) for mistake in caught.value.mistakes] == [
        'PORT: "70000" is not a whole number from 0 to 65535',
        "SECRET_KEY: the key is too short; it needs at least 16 characters",
        'WEB_WORKERS: "-1" is not a whole number from 1 to 32',
        'LOG_LEVEL: "infos" is not possible; did you mean "INFO"?',
    ]


@pytest.mark.parametrize(
    ("environ", "where"),
    [
        pytest.param({"SECRET_KEY_FILE": "/gone"}, "SECRET_KEY_FILE", id="no such key file"),
        pytest.param({"SECRET_KEY": "0123456789abcdef", "SECRET_KEY_FILE": "k"}, "SECRET_KEY", id="two keys"),
        pytest.param({"DATABASE_URL": "mysql://u:geheim@h/d"}, "DATABASE_URL", id="unknown database"),
        pytest.param({"PORT": "8_000"}, "PORT", id="not quite a number"),
        pytest.param({"PORT": "9" * 5000}, "PORT", id="an endless number"),
    ],
)
def test_a_wrong_variable_is_named(environ, where):
    with pytest.raises(ConfigurationError) as caught:
        read_environment(environ)
    assert [mistake.where for mistake in caught.value.mistakes] == [where]


def test_secrets_are_neither_shown_nor_repeated():
    environ = {"SECRET_KEY": "geheim0123456789", "DATABASE_URL": "postgresql://u:geheim@h/d"}
    assert "geheim" not in repr(read_environment(environ))
    with pytest.raises(ConfigurationError) as caught:
        read_environment({"DATABASE_URL": "mysql://u:geheim@h/d"})
    assert "geheim" not in str(caught.value)


def test_the_place_of_the_sources_is_known_even_when_another_variable_is_wrong():
    assert sources_path({"SOURCES": "town.yaml", "PORT": "x"}) == Path("town.yaml")

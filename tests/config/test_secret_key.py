from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from aggregator.config.secret_key import key_file, key_for, secret_key
from aggregator.errors import ConfigurationError


def database_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'town.sqlite'}"


def test_a_secret_of_the_environment_leaves_no_file(tmp_path):
    assert secret_key("given by the environment", database_in(tmp_path)) == "given by the environment"
    assert list(tmp_path.iterdir()) == []


def test_without_one_a_secret_is_made_beside_the_database_and_kept(tmp_path):
    made = secret_key("", database_in(tmp_path))
    assert len(made) == 64
    assert secret_key("", database_in(tmp_path)) == made
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_agree_on_one_secret(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: secret_key("", database_in(tmp_path)), range(16)))
    assert len(made) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_beside_a_database_server_the_secret_lies_in_var():
    assert key_file("postgresql://me@host/buendel") == Path("var/secret.key")


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff\xfe" * 20], ids=["empty", "too short", "no text"])
def test_a_broken_file_is_told_and_not_replaced(tmp_path, content):
    (tmp_path / "secret.key").write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"secret\.key"):
        secret_key("", database_in(tmp_path))
    assert (tmp_path / "secret.key").read_bytes() == content


def test_each_purpose_has_a_key_of_its_own():
    keys = {key_for(purpose, secret) for purpose in ("forms", "shares") for secret in ("a" * 16, "b" * 16)}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}

"""A logo is copied once, by the rules of every fetch, and only if it is a picture."""

from __future__ import annotations

from base64 import b64decode

import pytest

from aggregator.model.jobs import JobKind, LogoWish
from aggregator.model.pictures import hung_picture
from aggregator.pipeline.jobs import Bench, do_next
from aggregator.pipeline.refresh import Round
from aggregator.store import jobs, pictures

PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@pytest.fixture
def copy(world, server):
    """Let the worker copy what the server shows; the picture that hangs afterwards."""
    there = world("chor")

    def run(body, path="/logo.png"):
        server.put("/logo.png", body)
        with there.store.writing() as connection:
            jobs.enqueue(connection, JobKind.LOGO, LogoWish("chor", f"http://{server.origin}{path}", "Logo"), there.now)
        assert do_next(Bench(Round(there.store, there.settings, lambda: there.now, lambda: 0.0)))
        with there.store.reading() as connection:
            return pictures.of_initiative(connection, "chor")

    run.store = there.store
    return run


def test_a_picture_is_hung_without_what_is_hidden_in_it(copy):
    found = copy(PNG)
    assert (found.media_type, found.alt) == ("image/png", "Logo")


@pytest.mark.parametrize("body", ["<svg onload='alert(1)'/>", "", PNG + b"\0" * 300_001])
def test_what_is_no_small_picture_is_not_kept(copy, body):
    assert copy(body) is None


def test_a_picture_that_the_owner_hung_meanwhile_stays(copy):
    mine = hung_picture(PNG, "unser Bild")
    with copy.store.writing() as connection:
        pictures.put(connection, "chor", mine)
    assert copy(PNG).alt == "unser Bild"

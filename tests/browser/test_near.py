"""What is on around a place: by its name without a script, and around where somebody stands, if they press for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.prove]

Look = Callable[..., Any]
HERE = {"latitude": 53.24871234, "longitude": 10.40541234}


def test_a_house_is_named_without_javascript(look: Look) -> None:
    page = look("/", java_script_enabled=False)
    assert page.get_by_text("Wo ich gerade bin").count() == 0
    page.fill("#um", "mosaique")
    page.press("#um", "Enter")
    page.wait_for_url("**/?near=53.2487,10.4054&radius=2")
    expect(page.locator(".chip--on")).to_contain_text("im Umkreis von 2 km")


def test_where_somebody_stands_is_asked_for_at_the_press_of_a_button_and_rounded(look: Look) -> None:
    page = look("/", geolocation=HERE, permissions=["geolocation"])
    page.get_by_role("button", name="Wo ich gerade bin").click()
    page.wait_for_url("**/?near=53.249,10.405&radius=2")
    assert page.seen["complaints"] == []


def test_who_refuses_is_told_and_can_go_on(look: Look) -> None:
    page = look("/map", permissions=[])
    page.get_by_role("button", name="Wo ich gerade bin").click()
    expect(page.locator("[data-here]")).to_have_text("Der Standort ist nicht zu erfahren")

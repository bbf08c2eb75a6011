"""Mitmachen, deadlines, the list and quick filters in a real browser, at the sizes and colours that people have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.prove]

Look = Callable[..., Any]


def test_the_navigation_fits_into_one_line_of_a_phone(look: Look) -> None:
    tops = look("/", width=360).evaluate("[...document.querySelectorAll('.site-nav a')].map(a => a.offsetTop)")
    assert len(tops) == 4
    assert len(set(tops)) == 1


def test_a_quick_filter_is_pressed_and_taken_back_without_javascript(look: Look) -> None:
    page = look("/", java_script_enabled=False)
    page.click(".chip:has-text('kostenlos')")
    page.wait_for_url("**/?free=1")
    expect(page.locator(".event:has-text('Orange Days')")).to_have_count(0)
    page.click(".chip--on:has-text('kostenlos')")
    expect(page.locator(".event:has-text('Orange Days')")).to_have_count(1)


def test_a_deadline_is_found_from_the_navigation(look: Look) -> None:
    page = look("/", width=360, java_script_enabled=False)
    page.click(".site-nav a:has-text('Mitmachen')")
    page.wait_for_url("**/notices")
    page.click(".spans a:has-text('Fristen')")
    expect(page.locator("h1")).to_have_text("Fristen")
    expect(page.locator(".due--soon")).to_have_count(1)


def test_searching_the_notices_keeps_the_chosen_topic(look: Look) -> None:
    page = look("/notices?topic=begegnung")
    page.fill("#wort", "anhänger")
    page.press("#wort", "Enter")
    page.wait_for_url("**q=anh%C3%A4nger**")
    assert "topic=begegnung" in page.url
    expect(page.locator(".group")).to_have_count(1)

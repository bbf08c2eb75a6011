"""The embed in other people's pages: framed, as an element, in WordPress, and while we are down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import served

pytestmark = [pytest.mark.browser, pytest.mark.prove]

Look = Callable[..., Any]
VIEWS = {
    "list": "/embed",
    "next": "/embed?view=next",
    "month": "/embed?view=month&month=2026-12&day=2026-12-05",
    "map": "/embed?view=map",
    "one event": "/embed?event=repair",
}
by_view = pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS.keys())

# What WordPress does with the frame of a website that it does not know (wp-embed), in our own words.
WORDPRESS = """<script>addEventListener("message", (event) => {
  const { secret, message, value } = event.data || {};
  if (!secret || /[^a-zA-Z0-9]/.test(secret)) return;
  for (const frame of document.querySelectorAll(`iframe[data-secret="${secret}"]`)) {
    if (event.source !== frame.contentWindow) continue;
    if (message === "height") frame.height = Math.min(Math.max(parseInt(value, 10), 200), 1000);
    if (message === "link" && new URL(value).host === new URL(frame.src).host) document.title = value;
  }
});</script>"""


@pytest.fixture
def website() -> Iterator[str]:
    """Another website: a page with whatever its query asks for in its sidebar, as people paste it."""

    def page(environ: dict[str, str], start: Callable[..., Any]) -> list[bytes]:
        asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [snippet(**asked).encode()]

    with served(page) as there:
        yield there


def snippet(kind: str = "frame", home: str = "", path: str = "", width: str = "360") -> str:
    """A page of a theme with its own sizes and colours around the pasted code."""
    address = escape(home + path)
    codes = {
        "frame": f'<iframe src="{address}" title="Termine" width="100%" height="480" loading="lazy"'
        ' sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" style="border:0"></iframe>'
        f'<script async src="{home}/static/embed/buendel-height.js"></script>',
        "element": f'<script async src="{home}/static/embed/buendel-calendar.js"></script>'
        f'<buendel-calendar src="{address}"><a href="{home}/">Termine ansehen</a></buendel-calendar>',
        "wordpress": f'<iframe class="wp-embedded-content" sandbox="allow-scripts" src="{address}#?secret=aB3"'
        f' data-secret="aB3" width="360" height="480"></iframe>{WORDPRESS}',
    }
    return (
        '<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Kirchengemeinde</title><link rel="icon"'
        ' href="data:,"><style>html { font-size: 62.5% } body { font: 1.8rem cursive; color: purple }'
        f" a {{ color: red !important; display: block }} aside {{ width: {width}px }}</style></head>"
        f"<body><h1>Kirchengemeinde</h1><aside>{codes[kind]}</aside></body></html>"
    )


@pytest.fixture
def visit(look: Look, address: str, website: str) -> Callable[..., Any]:
    """Open the other website with an embed of ours in it."""

    def open_page(kind: str, path: str = "/embed", width: int = 360, **options: Any) -> Any:
        query = f"kind={kind}&home={address}&path={path.replace('?', '%3F').replace('&', '%26')}&width={width}"
        return look(f"{website}/?{query}", **options)

    return open_page


def height_inside(page: Any) -> int:
    page.frames[1].wait_for_load_state()
    return int(page.frames[1].evaluate("Math.ceil(document.querySelector('main').getBoundingClientRect().height)"))


@by_view
def test_a_frame_becomes_as_high_as_what_is_in_it(visit: Callable[..., Any], path: str) -> None:
    page = visit("frame", path)
    page.wait_for_function("document.querySelector('iframe').style.height !== ''")
    page.frames[1].wait_for_selector(".mini")
    wanted = height_inside(page)
    page.wait_for_function(f"Math.abs(document.querySelector('iframe').offsetHeight - {wanted}) <= 1")
    assert page.frames[1].evaluate("document.documentElement.scrollHeight <= innerHeight + 1")


def test_a_frame_grows_when_it_becomes_narrow(visit: Callable[..., Any]) -> None:
    page = visit("frame", width=600)
    page.wait_for_function("document.querySelector('iframe').style.height !== ''")
    before = page.evaluate("document.querySelector('iframe').offsetHeight")
    page.evaluate("document.querySelector('aside').style.width = '320px'")
    page.wait_for_function(f"document.querySelector('iframe').offsetHeight > {before}")
    wanted = height_inside(page)
    page.wait_for_function(f"Math.abs(document.querySelector('iframe').offsetHeight - {wanted}) <= 1")


def test_without_script_the_frame_is_there_at_a_fixed_height(visit: Callable[..., Any]) -> None:
    page = visit("frame", java_script_enabled=False)
    page.frames[1].wait_for_selector(".mini")
    assert page.locator("iframe").bounding_box()["height"] == 480


def test_the_month_is_turned_inside_its_frame(visit: Callable[..., Any]) -> None:
    page = visit("frame", "/embed?view=month")
    page.frames[1].click("text=Dez")
    page.frames[1].wait_for_url("**/embed?view=month&month=2026-12")
    page.frames[1].click("[aria-label^='5. Dezember']")
    page.frames[1].wait_for_selector("text=Karaoke")
    wanted = height_inside(page)
    page.wait_for_function(f"Math.abs(document.querySelector('iframe').offsetHeight - {wanted}) <= 1")


def test_wordpress_hears_the_height_and_follows_a_link_to_us(visit: Callable[..., Any], address: str) -> None:
    page = visit("wordpress", "/embed?view=next&count=3")
    expect(page.locator("iframe")).to_have_attribute("height", str(height_inside(page)))
    page.frames[1].click("text=Podium")
    expect(page).to_have_title(f"{address}/event/podium")


@pytest.mark.parametrize("kind", ["frame", "element", "wordpress"])
@by_view
def test_nothing_is_stored_by_us_and_nobody_else_is_asked(
    visit: Callable[..., Any], address: str, website: str, kind: str, path: str
) -> None:
    page = visit(kind, path)
    page.wait_for_load_state("networkidle")
    asked = [url for url in page.seen["requests"] if not url.startswith("data:")]
    assert any(url.startswith(address) for url in asked)
    assert [url for url in asked if not url.startswith((address, website))] == []
    assert page.context.cookies() == []
    assert page.seen["complaints"] == []


@by_view
def test_the_element_keeps_its_own_look_on_a_page_of_any_style(visit: Callable[..., Any], path: str) -> None:
    page = visit("element", path)
    line = page.locator("buendel-calendar .mini").first
    assert line.locator("a").evaluate("element => getComputedStyle(element).color") == "rgb(27, 29, 25)"
    assert line.locator("a").evaluate("element => getComputedStyle(element).fontSize") == "17px"
    assert page.evaluate("document.querySelector('buendel-calendar').offsetWidth") == 360


def test_the_element_turns_its_month_and_keeps_the_focus(visit: Callable[..., Any]) -> None:
    page = visit("element", "/embed?view=month")
    page.click("buendel-calendar #later")
    page.wait_for_selector("text=Dezember 2026")
    page.wait_for_function("document.querySelector('buendel-calendar').shadowRoot.activeElement?.id === 'later'")
    assert page.url.split("?")[0].endswith("/")


def test_the_element_links_to_us_and_not_to_the_page_around(visit: Callable[..., Any], address: str) -> None:
    page = visit("element", "/embed?view=next")
    page.wait_for_selector("buendel-calendar .mini a")
    links = page.eval_on_selector_all("buendel-calendar a", "found => found.map((one) => one.href)")
    assert links
    assert [link for link in links if not link.startswith(address)] == []


def test_the_element_shows_its_last_list_while_we_are_down(visit: Callable[..., Any]) -> None:
    page = visit("element", "/embed?view=next")
    page.wait_for_selector("text=Podium")
    expect(page.locator(".embed__stale")).not_to_be_visible()
    page.route(re.compile(r"/embed\.json"), lambda route: route.abort())
    page.reload()
    page.wait_for_selector("text=Podium")
    page.wait_for_selector("text=Gerade nicht erreichbar. Das ist der Stand vom 24. November")


def test_the_element_that_never_reached_us_leaves_its_link(visit: Callable[..., Any], address: str, look: Look) -> None:
    page = look("/")
    page.route(re.compile(r"/embed\.json"), lambda route: route.abort())
    page.set_content(snippet("element", address, "/embed"))
    page.wait_for_function("customElements.get('buendel-calendar') !== undefined")
    assert page.is_visible("text=Termine ansehen")


def test_a_page_may_give_the_element_its_own_colours(visit: Callable[..., Any]) -> None:
    page = visit("element", "/embed?view=next")
    page.wait_for_selector("text=Podium")
    page.add_style_tag(content="buendel-calendar { --ink: rgb(1, 2, 3) }")
    colour = page.locator("buendel-calendar .mini a").first.evaluate("element => getComputedStyle(element).color")
    assert colour == "rgb(1, 2, 3)"


@by_view
@pytest.mark.parametrize("width", [320, 400, 600])
@pytest.mark.parametrize("colours", ["", "colours=dark", "accent=8a3b00&paper=fff3d6&ink=3a1c00"])
def test_every_embed_is_accessible_at_every_width(
    look: Look, path: str, width: int, colours: str, require: Callable[[str], Any]
) -> None:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        require("axe-playwright-python is not installed")
    page = look(f"{path}{'&' if '?' in path else '?'}{colours}", width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": tags}).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


def test_an_embed_follows_the_device_unless_colours_are_chosen(look: Look) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert look("/embed", scheme="dark").evaluate(ground) == "rgb(21, 23, 19)"
    assert look("/embed?colours=light", scheme="dark").evaluate(ground) == "rgb(251, 251, 248)"
    assert look("/embed?colours=dark", scheme="light").evaluate(ground) == "rgb(21, 23, 19)"


def test_the_builder_follows_every_choice(look: Look) -> None:
    page = look("/embed/builder")
    page.check("input[name=view][value=next]")
    page.fill("input[name=title]", "Bei uns")
    page.wait_for_selector("#code-address[value$='/embed?view=next&title=Bei+uns']")
    page.frame_locator(".builder__frame").locator("text=Bei uns").wait_for()
    page.wait_for_url("**view=next**")
    assert page.seen["complaints"] == []


def test_the_builder_works_without_script(look: Look) -> None:
    page = look("/embed/builder", java_script_enabled=False)
    page.check("input[name=view][value=month]")
    page.click("text=Vorschau und Code erneuern")
    expect(page.locator("#code-address")).to_have_value(re.compile(r"/embed\?view=month$"))
    assert not page.is_visible("text=Kopieren")


def test_a_code_is_copied(look: Look) -> None:
    page = look("/embed/builder", permissions=["clipboard-read", "clipboard-write"])
    page.click(".snippet:has(#code-address) >> text=Kopieren")
    page.wait_for_selector("text=Kopiert")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#code-address")

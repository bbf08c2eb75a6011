"""The look in sources.yaml: what is taken, and what is refused because people could not read it."""

import pytest

from aggregator.errors import ConfigurationError
from aggregator.model.settings import Look

TOWN = "site: {{title: Town, timezone: Europe/Berlin, look: {look}}}\n"


def test_what_is_not_written_is_ours(load):
    look = load(TOWN.format(look='{light: {accent: "#0B4F9E"}, radius: 0px, font_title: "Georgia, serif"}')).site.look
    assert (look.light.accent, look.light.paper, look.dark) == ("#0b4f9e", Look().light.paper, Look().dark)
    assert (look.radius, look.font_title, look.font_text) == ("0px", "Georgia, serif", "")


@pytest.mark.parametrize(
    ("look", "told"),
    [
        pytest.param('{light: {accent: "#9fd0ff"}}', "accent stands out from paper by", id="pale links"),
        pytest.param('{dark: {paper: "#ffffff"}}', "dark: ink stands out from paper by", id="a bright night"),
        pytest.param("{light: {ink: red}}", "is not a colour", id="a word"),
        pytest.param('{font_text: "x; } body { display: none"}', "is not a list of fonts", id="a rule of its own"),
        pytest.param("{radius: 40px}", "is not a radius of corners", id="balloons"),
        pytest.param("{light: {sun: x}}", "sun", id="an unknown key"),
    ],
)
def test_what_nobody_could_read_is_a_mistake(load, look, told):
    with pytest.raises(ConfigurationError) as refused:
        load(TOWN.format(look=look))
    assert told in str(refused.value) or any(told in mistake.text for mistake in refused.value.mistakes)

"""Templates are compiled once."""

from __future__ import annotations

import jinja2
import pytest

from web.compiled import CompiledTemplates


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources of templates that had to be compiled."""
    sources: list[str] = []
    really = jinja2.Environment.compile

    def noted(self: jinja2.Environment, source: str, *args: object, **named: object) -> object:
        sources.append(source)
        return really(self, source, *args, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    return sources


def pages(kept: CompiledTemplates, **templates: str) -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.DictLoader(templates), bytecode_cache=kept, autoescape=True)


def test_a_second_application_compiles_nothing(compiled: list[str]) -> None:
    kept = CompiledTemplates()
    greetings = [pages(kept, page="Moin {{ name }}").get_template("page").render(name="<Anna>") for _ in range(2)]
    assert greetings == ["Moin &lt;Anna&gt;"] * 2
    assert compiled == ["Moin {{ name }}"]


def test_a_template_that_changed_is_compiled_anew(compiled: list[str]) -> None:
    kept = CompiledTemplates()
    assert pages(kept, page="alt").get_template("page").render() == "alt"
    assert pages(kept, page="neu").get_template("page").render() == "neu"
    assert compiled == ["alt", "neu"]

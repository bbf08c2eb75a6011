"""Titles as a newspaper would set them."""

from __future__ import annotations

import pytest

from aggregator.normalise.typography import calm, common_label, unlabelled


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        pytest.param("⭐️ WINTERKONZERT St. Marien ⭐️", "Winterkonzert St. Marien", id="stars and shouting"),
        pytest.param("Klimakino: NACH DEM REGENBOGEN", "Klimakino: Nach dem Regenbogen", id="a shouted film title"),
        pytest.param("Offenes Plenum 🌍✊", "Offenes Plenum", id="emoji at the end"),
        pytest.param("👩‍👩‍👧 Familientag", "Familientag", id="an emoji of several"),
        pytest.param("ADFC-Tour mit dem NABU", "ADFC-Tour mit dem NABU", id="acronyms stay"),
        pytest.param("KüFa @ Südstadt", "KüFa @ Südstadt", id="what is not shouting stays"),
        pytest.param("JAZZ-FRÜHSCHOPPEN", "Jazz-Frühschoppen", id="a shouted compound"),
        pytest.param("„Deichgraf a. D.“ – Kabarett", "„Deichgraf a. D.“ – Kabarett", id="quotes and dashes stay"),
        pytest.param("🎉🎉🎉", "🎉🎉🎉", id="nothing but pictures stays"),
    ],
)
def test_a_title_is_set_calmly(stated: str, shown: str) -> None:
    assert calm(stated) == shown


def test_a_label_before_every_title_is_found() -> None:
    assert common_label(["[hafen von unten] demo", "[hafen von unten] film", "[hafen von unten] küfa"]) == (
        "[hafen von unten]"
    )


@pytest.mark.parametrize(
    "titles",
    [
        pytest.param(["[online] Vortrag", "[online] Kurs", "Fest", "Markt"], id="half of the titles"),
        pytest.param(["[neu] Fest", "[neu] Markt"], id="too few to tell"),
        pytest.param(["Fest", "Markt", "Demo"], id="none at all"),
    ],
)
def test_what_stands_before_some_titles_only_is_no_label(titles: list[str]) -> None:
    assert common_label(titles) == ""


def test_a_title_that_is_only_the_label_stays() -> None:
    assert unlabelled("[hafen]", "[hafen]") == "[hafen]"

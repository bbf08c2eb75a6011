from __future__ import annotations

import pytest

from aggregator.config.documents import read_document


def complaint(path) -> str:
    document = read_document(path, path.name)
    assert document.content is None
    (mistake,) = document.mistakes
    return str(mistake)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        pytest.param(
            "site: {title: [1, 2\n",
            "2:1: this is not readable as YAML (did not find expected ',' or ']');"
            " check indentation, brackets and quotation marks from line 1 to here",
            id="open bracket",
        ),
        pytest.param(
            "a: b: c",
            "1:5: this is not readable as YAML (mapping values are not allowed in this context);"
            " check indentation, brackets and quotation marks around here",
            id="two colons",
        ),
        pytest.param(
            "a:\n\t- b",
            "2:1: the line cannot begin like this: use blanks instead of tabs, and put special characters in quotes",
            id="tab",
        ),
        pytest.param("a: *x", '1:4: a value that begins with * must stand in quotation marks, as in "*abc"', id="star"),
        pytest.param(
            "a: 1\nb: ü\x01",
            "2:5: this is not readable as YAML (control characters are not allowed);"
            " check indentation, brackets and quotation marks around here",
            id="control character",
        ),
        pytest.param("- a", '1:1: the file must hold keys and values, like "site: …"', id="a list"),
        pytest.param("[" * 900 + "]" * 900, "1:1: the file is nested too deeply to be read", id="nested too deeply"),
    ],
)
def test_an_unreadable_file_is_one_sentence_with_its_place(write, text, mistake):
    assert complaint(write(text)) == f"sources.yaml:{mistake}"


def test_a_missing_file_is_a_sentence(tmp_path):
    assert complaint(tmp_path / "gone.yaml") == "gone.yaml:1:1: the file cannot be read: there is no such file"


def test_a_file_in_another_encoding_is_a_sentence(tmp_path):
    (tmp_path / "old.yaml").write_bytes("a: Lüneburg".encode("latin-1"))
    assert complaint(tmp_path / "old.yaml").endswith("please save it as UTF-8 text")


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path):
    (tmp_path / "windows.yaml").write_bytes("a: b".encode("utf-8-sig"))
    assert read_document(tmp_path / "windows.yaml", "windows.yaml").content == {"a": "b"}


def test_references_are_a_mistake_where_they_are_used(write):
    document = read_document(write("a: &x {b: c}\nd: *x\n"), "s.yaml")
    assert [mistake.where for mistake in document.mistakes] == ["s.yaml:2:1"]


def test_a_file_that_refers_to_itself_is_read_to_its_end(write):
    document = read_document(write("a: &x [*x]"), "s.yaml")
    assert len(document.mistakes) == 1


def test_places_are_those_an_editor_shows(write):
    document = read_document(write("größe: {ä: [x, y]}\n"), "s.yaml")
    assert document.keys["größe", "ä"] == (1, 9)
    assert document.values["größe", "ä", 1] == (1, 16)

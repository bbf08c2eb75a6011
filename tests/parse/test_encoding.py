from __future__ import annotations

import pytest

from aggregator.parse.encoding import choose_charset, decode, in_ascii_terms, read_document

TEXT = "Straßenfest für Älteres"


@pytest.mark.parametrize(
    ("content", "stated"),
    [
        pytest.param(TEXT.encode(), "utf-8", id="UTF-8 that says so"),
        pytest.param(TEXT.encode(), "iso-8859-1", id="UTF-8 that calls itself latin-1"),
        pytest.param(TEXT.encode("cp1252"), "utf-8", id="Windows-1252 that calls itself UTF-8"),
        pytest.param(TEXT.encode("cp1252"), "", id="Windows-1252 that says nothing"),
        pytest.param(TEXT.encode(), "klingon", id="a charset that nobody knows"),
        pytest.param(TEXT.encode(), "zlib_codec", id="a codec that is no charset"),
        pytest.param(TEXT.encode(), "a\0b", id="a charset name with NUL"),
    ],
)
def test_umlauts_survive(content: bytes, stated: str) -> None:
    assert read_document(content, stated) == TEXT


@pytest.mark.parametrize("charset", ["koi8-r", "cp1251", "iso8859-5"])
def test_another_charset_is_read_when_it_is_stated(charset: str) -> None:
    assert read_document("Привет".encode(charset), charset) == "Привет"


def test_the_xml_declaration_counts_when_the_server_names_no_charset() -> None:
    content = '<?xml version="1.0" encoding="windows-1251"?><t>Привет</t>'.encode("cp1251")
    assert "Привет" in read_document(content, "")


def test_the_meta_element_counts_when_the_server_names_no_charset() -> None:
    assert "Привет" in read_document('<meta charset="windows-1251">Привет'.encode("cp1251"), "")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_utf16_and_byte_order_marks_become_plain_utf8(codec: str) -> None:
    assert in_ascii_terms(f"BEGIN:{TEXT}".encode(codec)) == f"BEGIN:{TEXT}".encode()


def test_a_stray_byte_costs_only_itself() -> None:
    content = TEXT.encode() + b" \xff\x81 " + TEXT.encode()
    assert decode(content, choose_charset(content)) == f"{TEXT} ÿ\ufffd {TEXT}"


def test_utf7_is_never_decoded() -> None:
    assert read_document(b"+ADw-script+AD4-", "utf-7") == "+ADw-script+AD4-"

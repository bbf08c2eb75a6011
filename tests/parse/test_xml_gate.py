from __future__ import annotations

import pytest

from aggregator.errors import ErrorClass, Failure
from aggregator.parse.xml_gate import XmlShape, examine


@pytest.mark.parametrize(
    "document",
    [
        pytest.param("<rss>" + "<a>" * 100_000 + "</a>" * 100_000 + "</rss>", id="deep"),
        pytest.param("<rss>" + "<a/>" * 200_001 + "</rss>", id="many elements"),
        pytest.param("<rss " + " ".join(f"a{n}='1'" for n in range(101)) + "/>", id="many attributes"),
        pytest.param(
            "<rss>" + "".join(f"<a xmlns:n{n}='u:{n}'/>" for n in range(101)) + "</rss>", id="many namespaces"
        ),
        pytest.param("<rss><author>x@" + "a." * 300 + "</author></rss>", id="an author without end"),
        pytest.param("<rss><dc:date>" + "1" * 600 + "</dc:date></rss>", id="a date without end"),
        pytest.param("<rss><t>" + "x" * 2_000_001 + "</t></rss>", id="a text without end"),
        pytest.param("<rss>&<author>x@" + "a." * 300 + "</author></rss>", id="an author behind a mistake"),
        pytest.param("<rss>&<a " + "b='1' " * 5000 + "/></rss>", id="attributes behind a mistake"),
    ],
)
def test_a_document_that_asks_for_too_much_is_refused(document: str) -> None:
    assert examine(document) == Failure(ErrorClass.LIMIT, "XML")


def test_a_document_beyond_five_megabytes_is_too_large() -> None:
    assert examine("<rss>" + " " * 5_000_000) == Failure(ErrorClass.TOO_LARGE, "5 MB")


def test_a_good_document_is_well_formed() -> None:
    assert examine("<rss><author>Erika</author><a b='1'>&lt;</a></rss>") == XmlShape(True)


def test_the_line_of_the_first_mistake_is_that_of_the_whole_document() -> None:
    assert examine("<rss>\n<a>&</a></rss>", first_line=3) == XmlShape(False, 4)

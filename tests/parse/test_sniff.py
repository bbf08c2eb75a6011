from __future__ import annotations

import pytest

from aggregator.parse.sniff import BodyKind, feed_start, sniff


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"BEGIN:VCALENDAR\r\n", BodyKind.ICS, id="calendar"),
        pytest.param(b"\r\n  begin:vcalendar\n", BodyKind.ICS, id="calendar in small letters behind blanks"),
        pytest.param(b"BEGIN:VCALENDAR\rVERSION:2.0", BodyKind.ICS, id="calendar with CR only"),
        pytest.param(b"<br />\n<b>Warning</b>: x\nBEGIN:VCALENDAR\n", BodyKind.ICS, id="calendar behind a warning"),
        pytest.param(b"BEGIN:VEVENT\nEND:VEVENT", BodyKind.ICS, id="events without a calendar"),
        pytest.param(b"BEGIN:VCARD\nEND:VCARD", BodyKind.UNKNOWN, id="address card"),
        pytest.param(b"<?xml version='1.0'?>\n<rss version='2.0'>", BodyKind.FEED, id="RSS"),
        pytest.param(b"<!-- a --><!DOCTYPE rss [ ]><?x y?><rss>", BodyKind.FEED, id="RSS behind a long prolog"),
        pytest.param(b"<br/>Notice\n<?xml version='1.0'?><feed xmlns='x'>", BodyKind.FEED, id="Atom behind a warning"),
        pytest.param(b"<rdf:RDF xmlns='x'>", BodyKind.FEED, id="RSS 1.0"),
        pytest.param(b"<rss><item>\nBEGIN:VCALENDAR\n", BodyKind.FEED, id="a calendar quoted in a feed"),
        pytest.param(b"<?xml version='1.0'?><!DOCTYPE z [<!ENTITY a 'b'>", BodyKind.FEED, id="entities, to be refused"),
        pytest.param(b"<!DOCTYPE html><html><form>Login", BodyKind.HTML, id="login page"),
        pytest.param(b"<?xml version='1.0'?><html>", BodyKind.HTML, id="XHTML"),
        pytest.param(b"<?xml version='1.0'?><opml>", BodyKind.UNKNOWN, id="OPML"),
        pytest.param(b'{"version": "https://jsonfeed.org"}', BodyKind.JSON, id="JSON"),
        pytest.param(b"/dev/zero", BodyKind.UNKNOWN, id="the name of a file"),
        pytest.param(b"https://example.org/", BodyKind.UNKNOWN, id="an address"),
        pytest.param(b" \r\n\0", BodyKind.EMPTY, id="blanks"),
        pytest.param(b"", BodyKind.EMPTY, id="nothing"),
    ],
)
def test_the_bytes_tell_what_they_are(content: bytes, kind: BodyKind) -> None:
    assert sniff(content) is kind


def test_a_feed_starts_at_its_root() -> None:
    assert feed_start("<?xml version='1.0'?>\n<!-- <feed> -->\n<rss>") == 38


@pytest.mark.parametrize("opening", ["<!--", "<?", "<!DOCTYPE", "<!DOCTYPE x [", "<a " * 9])
def test_prologs_without_end_cost_no_time(opening: str) -> None:
    assert sniff((opening * 20_000).encode()) in (BodyKind.HTML, BodyKind.UNKNOWN)

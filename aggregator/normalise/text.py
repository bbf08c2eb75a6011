"""Foreign text to plain text: no markup, no control characters, links kept beside it."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST_DESCRIPTION = 65_536
"""Characters read of a description: HTML parsers are quadratic in nesting (reliability.md section 3.3)."""
LONGEST_LINK = 2_048
MOST_LINKS = 20

# C0 and C1 controls but tab and newline, byte-order marks, bidirectional overrides and isolates, lone surrogates.
# The zero-width joiner stays: emoji families are made with it.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
BLANKS = re.compile(r"\s+")
# Every repetition has a bound: a thousand openings without an end must not be searched a thousand times.
TAG = re.compile(
    r"</?(?:a|b|i|u|em|strong|br|p|div|span|ul|ol|li|h[1-6]|pre|blockquote|table|html-blob)\b[^>]{0,2000}>", re.I
)
PREFORMATTED = re.compile(r"(</?pre\b[^>]{0,500}>)", re.I)
HTTP = re.compile(r"https?:", re.I)
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"„“”«»]+", re.I)
MARKDOWN_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,300})\]\(([^\s()]{1,1000}(?:\([^\s()]{0,200}\)[^\s()]{0,200})?)(?:\s+\"[^\"\n]{0,200}\")?\)"
)
MARKDOWN_HEADING = re.compile(r"^#{1,6}[ \t]+", re.M)
# Only the doubled marks: a single * or _ is as likely a gender star or part of a name.
MARKDOWN_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,2000}?)(?<=\S)\1")
BLOCKS = "p,div,ul,ol,table,h1,h2,h3,h4,h5,h6,pre,blockquote,section,article,header,footer,hr,dl"
LINES = "br,li,tr,dt,dd"
UNREAD = "script,style,template,noscript,iframe,object,svg,math,head"


def tidy(text: str) -> str:
    """The text on one line: composed (NFC), without control characters and doubled blanks."""
    return " ".join(tidy_lines(text).split())


def tidy_lines(text: str) -> str:
    """The text with its line breaks as newlines, composed (NFC), without control characters."""
    # No control is printable, nor is a line break.
    if text.isprintable():
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return lines if lines.replace("\n", "").isprintable() else CONTROLS.sub("", lines)


def web_link(address: str) -> str:
    """The address if it is a safe http or https link, else nothing.

    Line breaks and blanks make it unsafe: they would end a line of our own iCalendar output.
    """
    # Without a host there is no link, and most texts that are asked about name none.
    if "//" not in address:
        return ""
    address = address.strip()
    if len(address) > LONGEST_LINK or not HTTP.match(address) or BLANKS.search(address) or CONTROLS.search(address):
        return ""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    return address if parts.scheme.lower() in ("http", "https") and host else ""


def plain_text(text: str, is_html: bool) -> tuple[str, tuple[str, ...]]:
    """A description as paragraphs of plain text with blank lines between, and the web links inside it.

    Text that is not said to be HTML may still hold some tags (Google) or Markdown (WECHANGE); both are
    turned into plain text too. Only the first 65 536 characters are read.
    """
    text = tidy_lines(text[:LONGEST_DESCRIPTION])
    addresses: list[str] = []
    if not is_html:
        text = _without_markdown(text, addresses)
    if is_html or ("<" in text and TAG.search(text)):
        text = _without_tags(text if is_html else text.replace("\n", "<br>"), addresses)
    else:
        text = html.unescape(text)
    addresses += (_trimmed(found) for found in (WEB_ADDRESS.findall(text) if "://" in text else ()))
    links = dict.fromkeys(link for address in addresses if (link := web_link(address)))
    return _paragraphs(text), tuple(links)[:MOST_LINKS]


def without_leading_address(text: str, addresses: tuple[str, ...]) -> str:
    """The description without a first line that only repeats the event's own address (WECHANGE)."""
    first, _, rest = text.partition("\n")
    own = {address.rstrip("/") for address in addresses if address}
    return rest.lstrip("\n") if first.strip().rstrip("/") in own else text


def _without_markdown(text: str, addresses: list[str]) -> str:
    """The text without Markdown's links, headings and strong marks; link targets go to `addresses`."""

    def label(found: re.Match[str]) -> str:
        addresses.append(found[2])
        return "" if found[0].startswith("!") else found[1]

    text = MARKDOWN_LINK.sub(label, text) if "](" in text else text
    text = MARKDOWN_HEADING.sub("", text) if "#" in text else text
    return MARKDOWN_STRONG.sub(r"\2", text) if "**" in text or "__" in text else text


def _without_tags(text: str, addresses: list[str]) -> str:
    """The text of a piece of HTML with newlines where blocks begin and end."""
    tree = LexborHTMLParser(BLANKS.sub(" ", _with_preformatted_lines(text)))
    for node in tree.css(UNREAD):
        node.decompose()
    for node in tree.css("a[href]"):
        addresses.append(html.unescape(node.attributes.get("href") or ""))
    _break_around(tree.css(BLOCKS), "\n\n")
    _break_around(tree.css(LINES), "\n", after=False)
    _break_around(tree.css("td,th"), " ", after=False)
    for item in tree.css("li"):
        item.insert_before("- ")
    return tree.body.text(deep=True) if tree.body else ""


def _with_preformatted_lines(text: str) -> str:
    """The HTML with the line breaks inside <pre> as <br>, for all others are mere blanks."""
    pieces = PREFORMATTED.split(text)
    inside = [False, *(tag.lower().startswith("<pre") for tag in pieces[1::2])]
    lines = (piece.replace("\n", "<br>") if kept else piece for piece, kept in zip(pieces[::2], inside, strict=True))
    return "".join(part for pair in zip(lines, [*pieces[1::2], ""], strict=True) for part in pair)


def _break_around(nodes: list[LexborNode], mark: str, after: bool = True) -> None:
    """Put a mark before (and after) each node."""
    for node in nodes:
        node.insert_before(mark)
        if after:
            node.insert_after(mark)


def _paragraphs(text: str) -> str:
    """The text with tidy lines and at most one blank line between paragraphs."""
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip() if "\n\n\n" in lines else lines.strip()


def _trimmed(address: str) -> str:
    """An address found in a sentence without the sentence's own marks at its end."""
    address = address.rstrip(".,;:!?'’*_")
    return address.rstrip(")].,;:!?") if "(" not in address else address

"""Marked-up text -> plain paragraphs: a fragment of HTML, or a tree of elements.

A block never glues its words to its neighbour's, white space inside a paragraph is one space, and
what stands beside the text (scripts, captions of pictures that are not kept) is left out.
"""

import html
import re
from collections.abc import Set as AbstractSet

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody "
    "tfoot thead tr ul".split()
)
_SKIPPED = frozenset(
    "audio button canvas figcaption head iframe math noscript object script select style svg "
    "template textarea title video".split()
)
_SPACES = frozenset("td th cell option".split())
_BREAKS = frozenset("br lb".split())
_MARKUP = re.compile(r"<[a-z/!][^<]*>|&(#\w+|\w+);", re.I)
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
# What WordPress puts under every entry of its feeds.
_APPEARED = re.compile(r"The post .{1,300} (appeared first|first appeared) on .{1,120}\.")
# Stands for the end of a paragraph, and for one line break, until the paragraphs are cut.
_CUT, _LINE = "\x1e", "\x1f"


def fragment_text(fragment: str) -> str:
    """Return the paragraphs of a fragment of HTML, with a blank line between two."""
    fragment = fragment.replace("\0", "").replace(_CUT, " ").replace(_LINE, " ")
    if not fragment.strip():
        return ""
    try:
        # Entities are HTML's own, nothing is fetched, and what nests too deep is cut off.
        root = document_fromstring(
            f"<div>{fragment}</div>", parser=HTMLParser(no_network=True, huge_tree=False)
        )
    except (etree.LxmlError, ValueError):
        return plain_text(fragment)
    texts = tree_paragraphs(root)
    if texts and _APPEARED.fullmatch(texts[-1]):
        texts.pop()
    return "\n\n".join(texts)


def plain_text(text: str, *, escaped: bool = False) -> str:
    """Return the paragraphs of a text whose paragraphs are parted by blank lines."""
    if escaped:
        text = html.unescape(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    texts = (" ".join(part.split()) for part in _BLANK_LINE.split(text))
    return "\n\n".join(part for part in texts if part)


def looks_marked_up(text: str) -> bool:
    """Say whether a text holds tags or entities."""
    return bool(_MARKUP.search(text))


def tree_paragraphs(
    root: HtmlElement,
    *,
    blocks: AbstractSet[str] = _BLOCKS,
    skipped: AbstractSet[str] = _SKIPPED,
) -> list[str]:
    """Return the paragraphs of a tree; two line breaks in a row end one, a single one does not."""
    pieces: list[str] = []
    hidden: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            if hidden is None and (element.tag in skipped or _is_hidden(element)):
                hidden = element
            if hidden is None:
                pieces.append(_opening(element, blocks))
            continue
        if event == "end" and hidden is None:
            pieces.append(_CUT if _is_block(element, blocks) else "")
        if hidden is element:
            hidden = None
        # A comment's own text is not shown, what follows it is.
        if hidden is None and element is not root:
            pieces.append(_tail(element))
    text = re.sub(rf"{_LINE}\s*(?:{_LINE}\s*)+", _CUT, "".join(pieces)).replace(_LINE, " ")
    texts = (" ".join(part.split()) for part in text.split(_CUT))
    return [part for part in texts if part]


def _opening(element: etree._Element, blocks: AbstractSet[str]) -> str:
    text = element.text or ""
    if element.tag == "pre":
        text = _BLANK_LINE.sub(_CUT, text)
    if element.tag in _BREAKS:
        return _LINE + text
    if element.tag in _SPACES:
        return " " + text
    return _CUT + text if _is_block(element, blocks) else text


def _tail(element: etree._Element) -> str:
    tail = element.tail or ""
    parent = element.getparent()
    if parent is not None and parent.tag == "pre":
        tail = _BLANK_LINE.sub(_CUT, tail)
    return " " + tail if element.tag in _SPACES else tail


def _is_block(element: etree._Element, blocks: AbstractSet[str]) -> bool:
    return element.tag in blocks or "display:block" in _style(element)


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or "display:none" in _style(element)


def _style(element: etree._Element) -> str:
    return (element.get("style") or "").replace(" ", "").lower()

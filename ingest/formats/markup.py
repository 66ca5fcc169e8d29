"""Turn marked-up text (HTML or XML) into plain paragraphs.

A block never glues its words to its neighbour's, white space inside a paragraph is one space, and
what stands beside the text (scripts, captions of pictures that are not kept) is left out.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ingest.formats.table_cells import mark_empty_cells

BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody "
    "tfoot thead tr ul".split()
)
_SKIPPED = frozenset(
    "audio button canvas figcaption head iframe math noscript object script select style svg "
    "template textarea title video".split()
)
# What is struck out holds no longer.
STRUCK = frozenset(("del", "s", "strike"))
_CELLS = frozenset("td th cell option".split())
_BREAKS = frozenset("br lb".split())
_MARKUP = re.compile(r"<[a-z/!][^<]*>|&(#\w+|\w+);", re.I)
_ANY_TAG = re.compile(r"(<[^<>]*>)")
# A tag that ends something of HTML, or breaks a line: one alone of the latter may be quoted.
_CLOSING_TAG = re.compile(
    r"</(?:a|abbr|article|b|blockquote|body|div|em|figure|font|h[1-6]|html|i|li|ol|p|section|small"
    r"|span|strong|sub|sup|table|td|tr|u|ul)\s*>",
    re.I,
)
_BREAKING_TAG = re.compile(r"<(?:br|p|hr|div)\b[^<>]*>", re.I)
_BLOCK_TAG = re.compile(r"<(?:br|div|h[1-6]|li|p|table)\b[^<>]*>", re.I)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
# What a pretty-printer puts between an inline element and the comma after it.
_PRINTED_GAP = re.compile(r"^\s*\n\s*(?=[,.])")
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
# What WordPress puts under every entry of its feeds.
_APPEARED = re.compile(r"The post .{1,300} (appeared first|first appeared) on .{1,120}\.")
# Stands for the end of a paragraph, for one line break, and for one in a cell of a row, until the
# paragraphs are cut.
_CUT, _LINE, _CELL_LINE = "\x1e", "\x1f", "\x1d"
_LINES = re.compile(rf"[{_LINE}{_CELL_LINE}]\s*(?:[{_LINE}{_CELL_LINE}]\s*)+")
# Lines of a list that only breaks part, as results, are each a paragraph. Those that are nearly as
# long as the longest one, and have few figures, are prose that was wrapped.
_SHORT_LINE, _WRAPPED_AT = 60, 30
_MOST, _NEARLY = 0.8, 0.75
_LISTED_LINES = 3
_BULLETS = "–—-•*·"
_RAISED_NUMBER = re.compile(r"[-+−–]?\d{1,3}")


def fragment_text(fragment: str, *, blank_lines: bool = False) -> str:
    """Return the paragraphs of a fragment of HTML, with a blank line between two.

    `blank_lines` says that they end a paragraph, as in the posts of some systems, where the rest is
    HTML.
    """
    root = html_tree(fragment)
    if root is None:
        return plain_text(without_tags(fragment))
    mark_empty_cells(root)
    texts = tree_paragraphs(root, blank_lines=blank_lines)
    if texts and _APPEARED.fullmatch(texts[-1]):
        texts.pop()
    return "\n\n".join(texts)


def field_text(value: str) -> str:
    """Return a field of a table or of JSON as plain text: its HTML, if it is some, as paragraphs.

    Where the tags make no paragraphs, the lines do, and stay as they are.
    """
    if "<" not in value and "&" not in value:
        return value
    unescaped = _REFERENCE.sub(lambda found: html.unescape(found[0]), value)
    for text in (value, unescaped):
        if _is_html(text):
            if _BLOCK_TAG.search(text):
                parts = _BLANK_LINE.split(text.replace("\r\n", "\n"))
                whole = text if "<p" in text.lower() else "<p>".join(parts)
                return fragment_text(whole)
            return "\n".join(fragment_text(line) for line in text.splitlines())
    return unescaped


def _is_html(text: str) -> bool:
    return bool(_CLOSING_TAG.search(text)) or len(_BREAKING_TAG.findall(text)) > 1


def html_tree(fragment: str) -> HtmlElement | None:
    """Return the tree of a fragment, None where it is empty or nests too deep to be read whole.

    Nothing is fetched, and only HTML's own entities are known.
    """
    for mark in ("\0", _CUT, _LINE, _CELL_LINE):
        fragment = fragment.replace(mark, " ")
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = document_fromstring(f"<div>{fragment}</div>".encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None
    # Tags left open by the hundred: libxml2 gives up and would cut the text off.
    limits = (error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)
    return None if any(limits) else root


def without_tags(text: str) -> str:
    """Return a text with a blank line for each tag, what stands in scripts left out."""
    pieces, hidden = [], False
    for piece in _ANY_TAG.split(text):
        name = piece[1:7].lower()
        if name in ("script", "/scrip") or name.startswith(("style", "/style")):
            hidden = not name.startswith("/")
        elif not hidden:
            pieces.append("\n\n" if _ANY_TAG.fullmatch(piece) else piece)
    return "".join(pieces)


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


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, to compare texts that are set differently."""
    return re.sub(r"\W+", "", text).lower()


def shown_text(element: HtmlElement) -> str:
    """Return the text of an element on one line."""
    return " ".join(element.text_content().split())


def tree_paragraphs(
    root: Any,
    *,
    ends: Callable[[str], bool] = BLOCKS.__contains__,
    skipped: AbstractSet[str] = _SKIPPED | STRUCK,
    blank_lines: bool = False,
    parts: Callable[[str], Iterable[str]] | None = None,
) -> list[str]:
    """Return the paragraphs of a tree of HTML or XML, white space collapsed.

    `ends` says of an element's name whether it ends the paragraph before it and its own. Two line
    breaks in a row end one too, a single one only in a list; the cells of a row stand in one. Blank
    lines end one in a `pre`, and everywhere with `blank_lines`. `parts` says into which paragraphs
    a string between two tags falls.
    """
    pieces: list[str] = []
    # A stack of our own, as a hostile page nests deeper than Python recurses; lazy, as it has
    # millions of elements.
    pending = [iter([(root, blank_lines)])]
    while pending:
        item, kept = next(pending[-1], (None, False))
        if item is None:
            pending.pop()
        elif isinstance(item, str):
            # Most are empty, and a list of nothing takes memory too.
            item = _CUT.join(parts(item)) if parts is not None and item else item
            pieces += [_BLANK_LINE.sub(_CUT, item) if kept else item] if item else []
        elif not isinstance(item.tag, str):
            # What a comment says is not shown, an entity that is not expanded is.
            pieces.append(html.unescape(item.text) if item.tag is etree.Entity else "")
        elif (name := local_name(item).lower()) not in skipped and not _is_hidden(item):
            is_block = ends(name) and name not in _CELLS | _BREAKS and not _fills_cell(item)
            pieces += _figure_mark(item, name, pieces[-1][-1:] if pieces else "")
            edge = _CUT if is_block or "display:block" in _style(item) else ""
            pending.append(_parts(item, name, edge=edge, kept=kept or name == "pre"))
    text = _LINES.sub(_CUT, "".join(pieces)).replace(_CELL_LINE, " ")
    return [line for part in text.split(_CUT) for line in _cut_lines(part)]


def _cut_lines(part: str) -> list[str]:
    """Return what stands between two ends of paragraphs: one, or each line if they are a list."""
    cleaned = (" ".join(line.split()) for line in part.split(_LINE))
    lines = [line for line in cleaned if line]
    return lines if _is_list(lines) else [" ".join(lines)] if lines else []


def _is_list(lines: list[str]) -> bool:
    """Say whether most of some lines are short and do not go on with the line before."""
    if len(lines) < _LISTED_LINES and not (len(lines) > 1 and all(x[-1].isdigit() for x in lines)):
        return False
    starts = sum(
        (after[0].isupper() or after[0].isdigit() or after[0] in _BULLETS) and before[-1] != ","
        for before, after in pairwise(lines)
    )
    short = sum(len(line) <= _SHORT_LINE for line in lines)
    if starts < _MOST * (len(lines) - 1) or short < _MOST * len(lines):
        return False
    longest = max(map(len, lines))
    figures = sum(any(map(str.isdigit, line)) for line in lines)
    even = all(len(line) >= _NEARLY * longest for line in lines[:-1])
    return not even or longest < _WRAPPED_AT or figures >= _MOST * len(lines)


def _figure_mark(element: Any, name: str, before: str) -> list[str]:
    """Return what keeps the figure in an element apart from the digit before it: 10^6, 5 1/2."""
    if name not in ("sup", "frac", "frac-den") or not before.isdigit():
        return []
    if name != "sup":
        return [" " if name == "frac" else "/"]
    if not _RAISED_NUMBER.fullmatch("".join(element.itertext()).strip()):
        return []
    return [" " if (element.tail or "").lstrip()[:1] in ("/", "⁄") else "^"]


def _fills_cell(element: Any) -> bool:
    """Say whether an element is all that a cell of a table holds, as editors write `<td><p>`."""
    parent = element.getparent()
    return parent is not None and len(parent) == 1 and local_name(parent).lower() in _CELLS


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace, empty for a comment or the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _parts(element: Any, name: str, *, edge: str, kept: bool) -> Iterator[tuple[Any, bool]]:
    """Yield strings and children in their order, each with whether its blank lines count."""
    yield " " if name in _CELLS else _break(element) if name in _BREAKS else edge, False
    yield element.text or "", kept
    for child in element:
        yield child, kept
        yield _tail(child), kept
    yield " " if name in _CELLS else edge, False


def _break(element: Any) -> str:
    """Return a line break; one in a cell that has others beside it does not part their row."""
    cell = next((one for one in element.iterancestors() if local_name(one).lower() in _CELLS), None)
    row = None if cell is None else cell.getparent()
    return _LINE if row is None or len(row) == 1 else _CELL_LINE


def _tail(element: Any) -> str:
    """Return what follows an element, without what a pretty-printer put before a comma."""
    tail = _PRINTED_GAP.sub("", element.tail or "", count=1)
    following = element.getnext()
    if tail or following is None or {local_name(element), local_name(following)} != {"span"}:
        return tail
    # Two spans of different classes are two labels that a style sheet sets apart.
    apart = element.get("class") != following.get("class") and (following.text or "")[:1].isupper()
    return " " if apart else ""


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or "display:none" in _style(element)


def _style(element: Any) -> str:
    return (element.get("style") or "").replace(" ", "").lower()

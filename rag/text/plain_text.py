"""Any text -> text without hidden characters, and Markdown -> the words that a reader would see.

Both ends of a language model need it: what articles say to the model, and what the model says to
people. Neither may hold what a person cannot see, nor anything that could become a link.
"""

import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Unicode's control, format (zero-width, bidirectional, tags), private, surrogate, unassigned.
_HIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))
# Blank without being white space, or drawn as nothing: joiners, fillers, variation selectors.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Between letters of Persian and of Indic scripts the joiners are spelling.
_SPELLING = re.compile("(?<=[\u0600-\u0dff])[\u200c\u200d](?=[\u0600-\u0dff])")

_IMAGE = re.compile(r"!\[[^\]]*\]\s*(?:\([^)]*\)?|\[[^\]]*\])?")
_TAG = re.compile(r"<[a-z/!?][^>]*(?:>|$)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"""(?:\b[a-z][a-z0-9+.-]{1,20}:)?//\S*
    |\b(?:mailto|data|javascript|file|tel|blob):\S+
    |\bwww\.\S*
    |\b(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?[/?\#]\S*""",
    re.IGNORECASE | re.VERBOSE,
)
# What is left of Markdown at the start of a line: headings, bullets, quotes, and table borders.
_LINE_MARK = re.compile(r"^[ \t]*(?:(?:#{1,6}|[-*+>•|])[ \t]+)+|[ \t]*\|[ \t]*$", re.MULTILINE)
_EMPTY_BRACKETS = re.compile(r"[(\[{<][\s.,;:]*[)\]}>]")
_LINK = re.compile(r"//|\]\(|<[a-z/!?]|\bwww\.|\b(?:mailto|data|javascript):\S", re.IGNORECASE)


def strip_hidden(text: str) -> str:
    """Return text without the characters that no reader sees; tabs and line ends stay."""
    spelling = {match.start() for match in _SPELLING.finditer(text)}
    visible = (
        char
        for place, char in enumerate(text)
        if char in "\n\t" or place in spelling or unicodedata.category(char) not in _HIDDEN
    )
    return _BLANK.sub("", "".join(visible))


def one_line(text: str, *, most: int) -> str:
    """Return text as one line of at most `most` characters, hidden ones removed."""
    line = " ".join(strip_hidden(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def reduce_markdown(text: str) -> str:
    """Return the words of a piece of Markdown: no image, no address, no mark, no HTML.

    A link keeps its words, an image nothing. What still looks like a link afterwards is not worth
    understanding: then nothing is returned.
    """
    # Twice, since `&amp;lt;` is a tag to whoever unescapes it once more.
    plain = strip_hidden(html.unescape(html.unescape(text)))
    plain = _LINE_MARK.sub("", _IMAGE.sub("", plain))
    plain = "".join(_words(token) for token in _parser().parseInline(plain)[0].children or [])
    plain = _ADDRESS.sub("", _TAG.sub("", plain))
    plain = " ".join(_EMPTY_BRACKETS.sub("", plain).split())
    plain = re.sub(r"\s+([.,;:!?])(?=\s|$)", r"\1", plain)
    return "" if _LINK.search(plain) else plain


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


def _words(token: "Token") -> str:
    """Return what a piece of parsed Markdown shows."""
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    return " " if token.type in ("softbreak", "hardbreak") else ""

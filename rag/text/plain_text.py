"""Removes hidden characters from a text, and reduces Markdown to the words that a reader would see.

This is done to the text of articles before a language model gets it, and to the text of the model
before people see it. Neither may contain anything that a person cannot see or that could become a
link.
"""

import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from rag.text.composing import composed

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Unicode's categories of control, format (zero-width, bidirectional, tags), private, surrogate and
# unassigned characters.
_HIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))
# Characters that are blank but not white space, or are not drawn: joiners, fillers, variation
# selectors.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Between letters of Persian and Indic scripts, joiners are part of the spelling.
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
# The remains of Markdown at the start of a line: headings, bullets, quotes and table borders.
_LINE_MARK = re.compile(r"^[ \t]*(?:(?:#{1,6}|[-*+>•|])[ \t]+)+|[ \t]*\|[ \t]*$", re.MULTILINE)
_EMPTY_BRACKETS = re.compile(r"[(\[{<][\s.,;:]*[)\]}>]")
_LINK = re.compile(r"//|\]\(|<[a-z/!?]|\bwww\.|\b(?:mailto|data|javascript):\S", re.IGNORECASE)


def readable(text: str) -> str:
    """Return text as articles are stored: letters with their accents composed, and no stray bytes.

    A terminal may give such bytes, which are no characters.
    """
    return composed(text.encode("utf-8", "replace").decode("utf-8"))


def strip_hidden(text: str) -> str:
    """Return a text without the characters that no reader sees; tabs and line ends stay."""
    spelling = {match.start() for match in _SPELLING.finditer(text)}
    visible = (
        char
        for place, char in enumerate(text)
        if char in "\n\t" or place in spelling or unicodedata.category(char) not in _HIDDEN
    )
    return _BLANK.sub("", "".join(visible))


def one_line(text: str, *, most: int) -> str:
    """Return a text as one line of at most `most` characters, without hidden ones."""
    line = " ".join(strip_hidden(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def reduce_markdown(text: str) -> str:
    """Return the words of a piece of Markdown, without images, addresses, marks and HTML.

    A link keeps its words, and an image keeps nothing. If the result still looks like a link, it is
    not worth understanding, and nothing is returned.
    """
    # The text is unescaped twice, since `&amp;lt;` would become a tag if it were unescaped again.
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

"""Join the parts of a page's text that stand in several elements, or only in what it declares.

Pages part an article around its advertisements: two `<div class="article-body">` stand beside each
other, and the library that reads the page takes the first one for the whole article.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from ingest.formats.markup import letters_of, shown_text

# Shorter ones are captions and labels, which a page repeats in many places.
PARAGRAPH_CHARACTERS = 80
_PARAGRAPHS = etree.XPath(".//p")
# What leads to another story has its headline with a link, and stands in a list of such.
_TEASERS = etree.XPath(".//h1|.//h2[.//a]|.//h3[.//a]|.//h4[.//a]|.//article")
_HOLDING_SHARE = 0.5
_SPACE = re.compile(r"\s")


def join_parts(tree: HtmlElement, text: str) -> bool:
    """Move what stands in the parts of an article into the first one; say whether there are any.

    `text` is what was read of the page. The element that holds most of it is the first part; the
    others are its siblings with the same name and class whose paragraphs are not in it.
    """
    known = letters_of(text)
    holder = _holder(tree, known)
    if holder is None or not holder.get("class"):
        return False
    parts = [part for part in _alike(holder) if _has_more(part, known)]
    for part in parts:
        _move(part, holder)
    return bool(parts)


def fuller_paragraphs(shown: Sequence[str], declared: Sequence[str]) -> list[str]:
    """Return the declared paragraphs, none unless all that is shown is among them in its order.

    A declared text without paragraphs is cut where the shown ones begin and end.
    """
    whole = " ".join(declared)
    places = [place for place, sign in enumerate(whole) if sign.isalnum()]
    letters = "".join(whole[place].lower()[:1] for place in places)
    cuts, end = {0, len(whole)}, 0
    for paragraph in shown:
        wanted = "".join(sign.lower()[:1] for sign in paragraph if sign.isalnum())
        start = letters.find(wanted, end)
        if start < 0:
            return []
        end = start + len(wanted)
        if len(paragraph) >= PARAGRAPH_CHARACTERS:
            # Quote marks stay with the word that they stand at.
            after = _SPACE.search(whole, places[end - 1])
            cuts |= {whole.rfind(" ", 0, places[start]) + 1, after.end() if after else len(whole)}
    if len(declared) >= len(shown):
        return list(declared)
    pieces = (whole[start:stop] for start, stop in pairwise(sorted(cuts)))
    return [" ".join(piece.split()) for piece in pieces if piece.strip()]


def _holder(tree: HtmlElement, known: str) -> HtmlElement | None:
    """Return the element that holds at least half of a text in its own paragraphs."""
    held: dict[HtmlElement, int] = {}
    for element in _PARAGRAPHS(tree):
        letters = letters_of(element.text_content())
        if letters and letters in known:
            parent = element.getparent()
            held[parent] = held.get(parent, 0) + len(letters)
    best = max(held, key=lambda parent: held[parent], default=None)
    return best if best is not None and held[best] >= _HOLDING_SHARE * len(known) else None


def _alike(holder: HtmlElement) -> Iterator[HtmlElement]:
    for sibling in holder.itersiblings(holder.tag):
        if sibling.get("class") == holder.get("class") and not _TEASERS(sibling):
            yield sibling


def _has_more(part: HtmlElement, known: str) -> bool:
    texts = (shown_text(paragraph) for paragraph in _PARAGRAPHS(part))
    long = (text for text in texts if len(text) >= PARAGRAPH_CHARACTERS)
    return any(letters_of(text) not in known for text in long)


def _move(part: HtmlElement, holder: HtmlElement) -> None:
    if len(holder):
        holder[-1].tail = f"{holder[-1].tail or ''} {part.text or ''}"
    holder.extend(list(part))

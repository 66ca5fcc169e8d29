"""Find the standfirst of a page: the lines between the headline and the text that sum it up.

The library that reads the text leaves it out, as it stands in another element.
"""

import re
from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement

from ingest.formats.beside import without_beside
from ingest.formats.markup import tree_paragraphs

_TAGS = frozenset("p div h2 h3 h4 span section".split())
# The last word of a class: "article__standfirst", but not "lead-image".
_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|deck|lede|lead|intro|ingress|strapline|sub-?(?:title|headline"
    r"|heading|head|hed)|(?:lead|intro)-?(?:text|paragraph))(?=$|\s)",
    re.I,
)
_BYLINE = re.compile(r"by\s|published\b|(?:last\s+)?updated\b", re.I)
_LEAST_WORDS, _MOST_CHARACTERS, _MOST = 5, 500, 2


def standfirsts(tree: HtmlElement) -> list[list[str]]:
    """Return the paragraphs of what a page marks as a standfirst below its headline."""
    own, found, is_below = without_beside(tree), list[HtmlElement](), False
    for element in own.iter(etree.Element):
        if element.tag == "h1":
            is_below = True
        elif is_below and _is_named(element) and not _is_within(element, found):
            found.append(element)
    read = (tree_paragraphs(element) for element in found)
    return [parts for parts in read if parts and _is_told(parts)][:_MOST]


def with_standfirst(text: str, candidates: Sequence[Sequence[str]]) -> str:
    """Return a text below its standfirst, if what the page marks as such is not in it."""
    known = _letters(text)
    above = [part for parts in candidates for part in parts if _letters(part) not in known]
    return "\n\n".join((*above, text)) if text else text


def _is_named(element: HtmlElement) -> bool:
    return element.tag in _TAGS and _CLASSES.search(element.get("class") or "") is not None


def _is_within(element: HtmlElement, found: Sequence[HtmlElement]) -> bool:
    return any(parent in found or parent.tag == "figure" for parent in element.iterancestors())


def _is_told(parts: Sequence[str]) -> bool:
    whole = " ".join(parts)
    is_short = len(whole.split()) >= _LEAST_WORDS and len(whole) <= _MOST_CHARACTERS
    return is_short and not _BYLINE.match(whole)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()

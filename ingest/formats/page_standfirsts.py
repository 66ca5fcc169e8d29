"""Find the standfirst of a page: the lines between the headline and the text that sum it up.

The library that reads the text leaves it out, as it stands in another element. Ten of the 91 pages
of `bench.extraction` mark one, and nothing else of these pages is taken for one. The bodies that
people took out of them are without, so that F1 falls from .980 to .977.
"""

import re
from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement

from ingest.formats.beside import without_beside
from ingest.formats.markup import letters_of, shown_text, tree_paragraphs
from ingest.formats.parted_bodies import PARAGRAPH_CHARACTERS
from rag.text.datelines import dateline_end

_TAGS = frozenset("p div h2 h3 h4 span section".split())
# The last word of a class: "article__standfirst", but not "lead-image".
_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|deck|lede|lead|intro|ingress|strapline|sub-?(?:title|headline"
    r"|heading|head|hed)|(?:lead|intro)-?(?:text|paragraph))(?=$|\s)",
    re.I,
)
_BYLINE = re.compile(r"by\s|published\b|(?:last\s+)?updated\b", re.I)
# Whose picture stands there.
_CREDIT = re.compile(r"\([^()]*\)")
_LEAST_WORDS, _MOST_CHARACTERS = 5, 500


def standfirst(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of the standfirst that a page marks between headline and text."""
    is_below = False
    for element in without_beside(tree).iter(etree.Element):
        if element.tag == "h1":
            is_below = True
        elif is_below and _is_named(element):
            parts = [part for part in tree_paragraphs(element) if not _CREDIT.fullmatch(part)]
            if _is_told(parts) and not _is_elsewhere(element):
                return parts
        elif is_below and element.tag == "p" and _is_text(element):
            return []
    return []


def with_standfirst(text: str, above: Sequence[str]) -> str:
    """Return a text below what of its standfirst is not in it.

    A text that opens with a dateline stays as it is, for only there is one known.
    """
    if dateline_end(text):
        return text
    known = letters_of(text)
    parts = [part for part in above if letters_of(part) not in known]
    return "\n\n".join((*parts, text)) if text else text


def _is_named(element: HtmlElement) -> bool:
    return element.tag in _TAGS and _CLASSES.search(element.get("class") or "") is not None


def _is_elsewhere(element: HtmlElement) -> bool:
    """Say whether an element is of a picture, or of a link to another story."""
    return any(parent.tag in ("a", "figure", "li") for parent in element.iterancestors())


def _is_text(element: HtmlElement) -> bool:
    is_long = len(shown_text(element)) >= PARAGRAPH_CHARACTERS
    return is_long and not _is_elsewhere(element)


def _is_told(parts: Sequence[str]) -> bool:
    whole = " ".join(parts)
    is_short = len(whole.split()) >= _LEAST_WORDS and len(whole) <= _MOST_CHARACTERS
    return is_short and not _BYLINE.match(whole)

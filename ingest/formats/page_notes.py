"""Find the notes in which a page corrects its article, where they stand outside the text.

Pages put them above the text, below it, or beside it, and the library that reads the text leaves
them out there. They are told by their words, or by the class of their element.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from lxml import etree
from lxml.html import HtmlElement

from ingest.formats.beside import without_beside
from ingest.formats.markup import letters_of, shown_text, tree_paragraphs
from rag.text.retractions import is_correction_note

_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:corrections?|clarifications?|amendments?|err?at(?:um|a)|editors?-?note)(?=$|[\s_-])",
    re.I,
)
# On every page: what asks readers to report an error, or leads to how the outlet corrects itself.
_INVITES = re.compile(
    r"\b(?:click|e-?mail|contact|sign\s+up|subscribe|newsletters?|let\s+us\s+know|polic(?:y|ies)"
    r"|(?:report|spot(?:ted)?|seen?|found)\s+an?\s+(?:\w+\s+)?(?:error|typo|mistake|inaccuracy)"
    r"|submit|request\s+a\s+correction)\b",
    re.I,
)
_MOST_CHARACTERS = 800
_LEAST_WORDS = 5

Note = Sequence[str]


def page_notes(tree: HtmlElement) -> list[Note]:
    """Return the paragraphs of each note of a correction that a page shows anywhere."""
    own = without_beside(tree, kept=_is_kept)
    for link in list(own.iter("a")):
        parent = link.getparent()
        # A line that is only a link is the headline of another story.
        if (
            parent is not None
            and _is_told(link)
            and letters_of(shown_text(link)) == letters_of(shown_text(parent))
        ):
            link.drop_tree()
    named = (
        tree_paragraphs(element)
        for element in own.iter(etree.Element)
        if _is_named(element) and not any(map(_is_named, element.iterancestors()))
    )
    return [note for note in (*named, *_told(tree_paragraphs(own))) if _is_note(note)]


def outside_text(notes: Sequence[Note], *, text: str, title: str) -> list[str]:
    """Return the notes that are not in a text, as one line each and each once."""
    known, found = letters_of(f"{title} {text}"), list[str]()
    for note in notes:
        if any(_words(part) >= _LEAST_WORDS and letters_of(part) not in known for part in note):
            found.append(" ".join(note))
            known += letters_of(found[-1])
    return found


def _told(paragraphs: Sequence[str]) -> Iterator[Note]:
    """Yield paragraphs that say themselves that they are notes, with the heading above them."""
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:], fillvalue=""):
        if is_correction_note(paragraph):
            yield (paragraph,) if _words(paragraph) >= _LEAST_WORDS else (paragraph, following)


def _is_note(note: Note) -> bool:
    whole = " ".join(note)
    return (
        len(whole) <= _MOST_CHARACTERS
        and _words(whole) >= _LEAST_WORDS
        and not _INVITES.search(whole)
    )


def _is_kept(element: HtmlElement) -> bool:
    """Say whether an element that may stand beside the article is, or is in, a note."""
    if any(_is_named(one) for one in (element, *element.iterancestors(), *element.iter())):
        return True
    if element.tag != "aside":
        return False
    text = shown_text(element)
    return _is_note([text]) and is_correction_note(text)


def _is_named(element: HtmlElement) -> bool:
    return (
        isinstance(element.tag, str)
        and element.tag not in ("html", "body")
        and (_CLASSES.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None)
    )


def _is_told(element: HtmlElement) -> bool:
    return _words(shown_text(element)) >= _LEAST_WORDS


def _words(text: str) -> int:
    return len(text.split())

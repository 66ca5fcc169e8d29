"""Defines what `locate` returns: a place in an article, and how the text differs from it."""

from dataclasses import dataclass

from rag.records import Copy, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Words of the text that the article has not, or has otherwise.

    `given` are the words of the text and `original` those of the article, each empty if there are
    none. `start` and `end` are their place in the text, `original_start` and `original_end` in the
    article.
    """

    given: str
    original: str
    start: int
    end: int
    original_start: int
    original_end: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Located(Source):
    """A place in an article from which a text comes, or a part of the text.

    The words stand in `article.text[start:end]`, which is `text`. `part` is the place in the text
    that was asked for, as offsets. If `verbatim`, they are the same but for white space and the
    forms of quotation marks and dashes; else `differences` has what was changed. `likeness` is the
    share of the words of the part that stand there, 0 to 1. If the text is `stitched`, its parts
    come from several places, and each place is one `Located`. If it is `partial`, several words in
    a row stand in no article; if only one place has the others, these are among its `differences`.
    If the words stand only `in_headline`, which is `title`, then `text` is empty. `copies` are
    other articles of the story that have the words, or the same in other words.
    """

    start: int
    end: int
    text: str
    part: tuple[int, int]
    verbatim: bool
    likeness: float
    differences: tuple[Difference, ...] = ()
    stitched: bool = False
    partial: bool = False
    in_headline: bool = False
    copies: tuple[Copy, ...] = ()
    note: str = ""

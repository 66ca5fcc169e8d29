"""What stands above a passage when the next reader reads it: headline, and how the article opens.

A passage from the middle of an article says "she", "the company", "the second stoppage". The first
sentence of a news article says who and what that is. The reader that ships was trained without it,
and is given the headline alone (docs/decisions/0034-practice.md).
"""

from rag.records import Article
from rag.text.sentences import split_sentences

# The opening is cut at a word after so many characters, so that the passage has the room it needs.
_LONGEST = 220
# A first "sentence" that is shorter is a dateline or a rubric, and the next one belongs to it.
_SHORTEST = 40


def heading(article: Article, start: int) -> str:
    """Return the lines above the passage that begins at a place of the article's text."""
    opening = _opening(article.text[: 2 * _LONGEST], start)
    return "\n".join(filter(None, (article.title, opening)))


def _opening(text: str, start: int) -> str:
    """Return the first sentence of a text; empty if it is not wholly before `start`."""
    sentences = split_sentences(text)
    end = next((span.end for span in sentences if span.end >= _SHORTEST), len(text))
    if end > start:
        return ""
    opening = " ".join(text[:end].split())
    if len(opening) <= _LONGEST:
        return opening
    return opening[: _LONGEST + 1].rpartition(" ")[0]

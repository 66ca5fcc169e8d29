"""Says which articles of one story carry a passage, and which carry what was corrected in it."""

from collections.abc import Mapping
from functools import lru_cache

from rag.records import Article, Copy
from rag.text.calendar import day_in_words
from rag.text.old_wordings import repeats_old_wording
from rag.text.outlets import is_one_outlet
from rag.text.particulars import tells_otherwise
from rag.text.sentences import split_sentences
from rag.text.words import stems_of

# A sentence has a twin if this part of its content words, or more, is in one sentence of another
# text. One with fewer words than this has twins everywhere.
_TOLD = 0.6
_FEWEST_WORDS = 3


def is_corrected(article: Article, by: Article) -> bool:
    """Say whether one article of a story announces that it corrects another, earlier one."""
    is_one_story = article.cluster != "" and article.cluster == by.cluster
    is_later = not (article.published and by.published) or article.published <= by.published
    return is_one_story and by.corrects and not article.corrects and is_later


def carries(copy: Copy, article: Article, passage: str, articles: Mapping[str, Article]) -> bool:
    """Say whether another article carries a passage, perhaps in other words.

    The same outlet's version of it, such as one before a correction, does not. Neither does one
    that was cut before the passage, one with another number, date or name, nor one that repeats
    what the article said before it was changed or corrected.
    """
    is_of_outlet = copy.source != "" and is_one_outlet(copy.source, article.source)
    if copy.article_id == article.id or is_of_outlet:
        return False
    other = articles.get(copy.article_id)
    if other is None:
        return True
    if not tells_some_of(passage, other.text) or tells_otherwise(passage, other.text):
        return False
    earlier = _earlier_texts(article)
    earlier += [known.text for known in articles.values() if is_corrected(known, article)]
    return not earlier or not repeats_old_wording(
        passage, present=article.text, earlier=earlier, other=other.text
    )


def tells_some_of(passage: str, text: str) -> bool:
    """Say whether a text has a sentence of a passage, as it stands there or in other words."""
    plain = " ".join(text.split())
    sentences = _sentences(passage)
    # "He agreed." says something only if there is nothing else.
    weighty = [s for s in sentences if len(stems_of(s)) >= _FEWEST_WORDS] or sentences
    if any(" ".join(sentence.split()) in plain for sentence in weighty):
        return True
    return any(
        len(own & theirs) >= _TOLD * len(own)
        for own in map(stems_of, weighty)
        for theirs in _read(text)
    )


def is_outdated(passage: str, by: Article) -> bool:
    """Say whether a passage of a copy has a sentence that another article has replaced since."""
    earlier = _earlier_texts(by)
    return bool(earlier) and repeats_old_wording(
        by.text, present=by.text, earlier=earlier, other=passage
    )


def say_outdated(article: Article, passage: str, articles: Mapping[str, Article]) -> str:
    """Return a note on a passage whose wording another article of the story has replaced since.

    It is empty if none has.
    """
    for other in articles.values():
        is_copy = other.id != article.id and other.cluster == article.cluster != ""
        if is_copy and is_outdated(passage, other):
            day = other.updated or other.published
            on = f" on {day_in_words(day)}" if day else ""
            return (
                f"Corrected or updated since: {other.source or other.id} has replaced this "
                f"wording{on}"
            )
    return ""


def _earlier_texts(article: Article) -> list[str]:
    return [version.text for version in article.versions]


# A search compares several passages with each of the few articles of a story.
@lru_cache(maxsize=64)
def _read(text: str) -> tuple[frozenset[int], ...]:
    """Return the stems of each sentence of a text."""
    return tuple(frozenset(stems_of(sentence)) for sentence in _sentences(text))


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]

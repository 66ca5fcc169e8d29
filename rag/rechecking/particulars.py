"""Compares what a citation tells about its article with what the archive tells about it now.

An outlet may correct a headline and leave the text, or mark it: "RETRACTED: Bridge to close". A day
in an answer often counts from the day of publication, so that another one is told as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rag.rechecking.records import RecheckStatus
from rag.rechecking.typesetting import is_set_otherwise
from rag.records import Article, Citation
from rag.text.calendar import day_in_words
from rag.text.retractions import announced_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is told otherwise about an article: what that makes of a quote, and notes in words."""

    status: RecheckStatus = "there"
    notes: tuple[str, ...] = ()


def compare_particulars(citation: Citation, article: Article) -> Particulars:
    """Return what is told otherwise about an article than when it was cited."""
    return Particulars(
        status=_status(citation, article),
        notes=(*_notes_on_headline(citation, article), *_notes_on_day(citation, article)),
    )


def _status(citation: Citation, article: Article) -> RecheckStatus:
    if is_set_otherwise(citation.title, article.title):
        return "there"
    announced = announced_in(article.title)
    if announced and announced != announced_in(citation.title):
        return announced
    return "altered" if citation.is_headline else "there"


def _notes_on_headline(citation: Citation, article: Article) -> Iterator[str]:
    was, now = (" ".join(title.split()) for title in (citation.title, article.title))
    if is_set_otherwise(was, now):
        return
    if was:
        yield (
            f"Its headline was “{was}” and is “{now}” now."
            if now
            else (f"Its headline was “{was}”, and it has none now.")
        )
    elif announced_in(now):
        yield f"Its headline is “{now}” now."


def _notes_on_day(citation: Citation, article: Article) -> Iterator[str]:
    was, now = citation.published, article.published
    if was != now:
        before, after = (day_in_words(day) if day else "not known" for day in (was, now))
        counted = " A day that the answer counts from it may be another one now." if was else ""
        yield f"Its day of publication was {before} and is {after} now.{counted}"

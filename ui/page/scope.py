"""Say in words which part of the archive is asked. No Streamlit here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rag.errors import DatelineError, QuestionError
from rag.text.calendar import day_in_words
from ui.page.conversation import PageFilters, Readable

Kind = Literal["outlet", "section", "since", "until", "as_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pill:
    """One thing to which questions are restricted, and the filters without it."""

    kind: Kind
    text: str
    without: PageFilters


def pills(filters: PageFilters) -> Iterator[Pill]:
    """Yield what the filters restrict questions to, one by one."""
    for outlet in filters.outlets or ():
        rest = [one for one in filters.outlets or () if one != outlet] or None
        yield Pill(kind="outlet", text=outlet, without=replace(filters, outlets=rest))
    for section in filters.sections or ():
        rest = [one for one in filters.sections or () if one != section] or None
        yield Pill(kind="section", text=section, without=replace(filters, sections=rest))
    if filters.since:
        text = f"since {day_in_words(filters.since)}"
        yield Pill(kind="since", text=text, without=replace(filters, since=None))
    if filters.until:
        text = f"until {day_in_words(filters.until)}"
        yield Pill(kind="until", text=text, without=replace(filters, until=None))
    if filters.as_of:
        text = f"as of {day_in_words(filters.as_of)}"
        yield Pill(kind="as_of", text=text, without=replace(filters, as_of=None))


def say_count(archive: Readable, filters: PageFilters) -> str:
    """Return how many articles are asked, such as "28 of 96 articles", or what hinders that."""
    every = archive.manifest.articles
    articles = f"{every:,} article{'' if every == 1 else 's'}"
    try:
        asked = archive.count(
            since=filters.since,
            until=filters.until,
            sources=filters.outlets,
            sections=filters.sections,
            as_of=filters.as_of,
        )
    except QuestionError:
        return say_impossible(filters) or articles
    except DatelineError:
        return ""  # the page says elsewhere what is wrong with the archive
    return articles if asked == every else f"{asked:,} of {articles}"


def say_impossible(filters: PageFilters) -> str:
    """Return why no article can be under these filters; empty if one can."""
    if filters.since and filters.until and filters.since > filters.until:
        return (
            f"No article is asked: {day_in_words(filters.since)} is after "
            f"{day_in_words(filters.until)}."
        )
    return ""


def say_overridden(filters: PageFilters, named: str) -> str:
    """Return that the days of the filters count and not those that a question names."""
    days = [pill.text for pill in pills(filters) if pill.kind in ("since", "until")]
    return f"The question names {named}, and the days that you set were asked: {', '.join(days)}."

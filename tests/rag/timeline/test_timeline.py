import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.errors import QuoteError
from rag.evidence.retrieval import FoundPassage
from rag.question.asked import read_part
from rag.records import Article, Copy, TimeWindow
from rag.timeline.build import Moment, build_timeline, find_moments
from tests.fakes import HashingEmbedder, open_small
from tests.rag.stories import TOPIC, asked, found, story


def moments(
    *articles: Article, topic: str = TOPIC, window: TimeWindow | None = None, most: int = 30
) -> list[Moment]:
    items = [found(article) for article in articles]
    return find_moments(asked(topic), items, {}, passages=100, window=window, most=most)


def days(told: Sequence[Moment]) -> list[str]:
    return [str(moment.best.first) for moment in told]


def test_entries_are_in_the_order_of_their_days() -> None:
    told = moments(
        story("The northern truce ended on 20 November 2020.", name="late", published=None),
        story("The northern truce was signed on 9 November 2020.", name="early", published=None),
        story("The northern truce was broken in November 2020.", name="month", published=None),
    )
    assert days(told) == ["2020-11-01", "2020-11-09", "2020-11-20"]
    assert all(one.best.first <= other.best.first for one, other in pairwise(told))


def test_what_another_story_tells_is_left_out() -> None:
    other = story("Shares in oil fell on Monday.", name="markets", title="Oil falls")
    assert days(moments(story("The northern truce began on Tuesday."), other)) == ["2020-11-10"]


def test_the_year_of_a_topic_need_not_stand_in_the_story() -> None:
    article = story("The northern truce began on Tuesday.")
    assert days(moments(article, topic="northern truce November 2020")) == ["2020-11-10"]


def test_copies_of_a_story_are_one_source() -> None:
    copy = Copy(
        article_id="reprint", title="", source="r.example", url="", published=date(2020, 11, 12)
    )
    text = "The northern truce took effect at midnight on Tuesday."
    items = [
        found(story(text, cluster="wire"), copies=(copy,)),
        found(story(f"{text} More was not known.", name="reprint", cluster="wire")),
    ]
    [told] = find_moments(asked(), items, {}, passages=100)
    assert len(told.told) == 1


def test_a_plan_is_told_until_the_story_goes_on_after_its_day() -> None:
    plan = story("The northern truce will end on 20 November 2020.")
    [told] = moments(plan)
    assert (str(told.best.first), told.best.planned) == ("2020-11-20", True)
    later = story(
        "The northern truce was broken on Monday.", name="post", published=date(2020, 11, 25)
    )
    assert days(moments(plan, later)) == ["2020-11-23"]


def test_what_was_years_ago_must_be_told_in_the_words_of_the_topic() -> None:
    article = story(
        "The northern truce began on Tuesday. The northern truce of old began on 3 May 1994. "
        "A western truce began on 4 May 1994."
    )
    assert days(moments(article)) == ["1994-05-03", "2020-11-10"]
    asked_for = TimeWindow(until=date(1999, 12, 31))
    assert days(moments(article, window=asked_for)) == ["1994-05-03", "1994-05-04"]


def test_a_window_restricts_the_days_of_the_events() -> None:
    text = "The northern truce began on 1 October 2020. The northern truce ended on Tuesday."
    window = TimeWindow(since=date(2020, 11, 10), until=date(2020, 11, 11))
    assert days(moments(story(text), window=window)) == ["2020-11-10"]
    assert moments(story(text), window=TimeWindow(since=date(2020, 11, 11))) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The northern truce was broken in October 2020.", "2020-10-01", "2020-10-31"),
        (
            "The northern truce talks were held from 3 to 5 October 2020.",
            "2020-10-03",
            "2020-10-05",
        ),
    ],
)
def test_an_event_that_reaches_across_the_edge_of_a_window_is_in_it(
    text: str, first: str, last: str
) -> None:
    began, ended = date.fromisoformat(first), date.fromisoformat(last)
    a_day = timedelta(days=1)
    for window in (TimeWindow(since=ended), TimeWindow(until=began)):
        [told] = moments(story(text), window=window)
        assert told.best.days == (began, ended)
    assert moments(story(text), window=TimeWindow(since=ended + a_day)) == []
    assert moments(story(text), window=TimeWindow(until=began - a_day)) == []


def test_at_most_so_many_are_kept_and_none_of_nothing() -> None:
    text = " ".join(f"The northern truce was broken on {day} October 2020." for day in range(1, 9))
    assert len(moments(story(text), most=3)) == 3
    assert find_moments(asked(), [], {}, passages=0) == []


# -- withdrawn and corrected ------------------------------------------------------------------

BEGAN = "The northern truce began in Holm on Tuesday."
TITLE = "Northern truce begins in Holm"
KILL = story(
    "Please kill the story “Northern truce begins in Holm” of 10 November. It is wrong.",
    name="kill",
    source="wire.example",
    title="MANDATORY KILL: Northern truce",
    published=date(2020, 11, 13),
)
COLUMN = story(
    "In a report on 12 November on the northern truce we said that it began in Holm with 340 "
    "soldiers. It began there with 290 soldiers.",
    name="column",
    source="wire.example",
    title="Corrections and clarifications",
    published=date(2020, 11, 14),
)


@pytest.mark.parametrize("is_found", [True, False])
def test_a_killed_story_and_its_kill_notice_tell_no_event(is_found: bool) -> None:
    killed = story(BEGAN, title=TITLE)
    other = story("The northern truce was signed on Monday.", name="post", title="Truce signed")
    items = [found(killed), found(other)]
    further = [found(KILL)]
    told = find_moments(
        asked(),
        [*items, *further] if is_found else items,
        {},
        passages=100,
        notices=[] if is_found else further,
    )
    assert days(told) == ["2020-11-09"]


def test_a_column_of_corrections_tells_no_event_and_its_article_is_noted() -> None:
    article = story("The northern truce began in Holm on Tuesday with 340 soldiers.")
    [told] = moments(article, COLUMN)
    assert told.best.piece.found.article.id == article.id
    assert told.best.piece.found.hit.note.startswith("Corrected on 14 November 2020: In a report")


def test_a_note_that_corrects_its_own_article_tells_no_event() -> None:
    note = "Correction: An earlier version of this story said the northern truce began on 1 May."
    assert days(moments(story(f"{BEGAN}\n\n{note}"))) == ["2020-11-10"]


def test_satire_tells_no_event_and_an_opinion_is_quoted_after_news() -> None:
    satire = story("The northern truce bored all of Holm on Monday.", name="joke", section="Satire")
    opinion = story(f"{BEGAN} Shame.", name="column", section="Opinion")
    news = story(BEGAN, name="wire")
    assert moments(satire) == []
    [told] = moments(opinion)
    assert told.best.piece.found.hit.genre == "opinion"
    [told] = moments(opinion, news, satire)
    assert [one.piece.found.article.id for one in told.told] == ["wire", "column"]


def test_a_kill_notice_of_a_later_day_is_searched_for(tmp_path: Path) -> None:
    killed = story(BEGAN, title=TITLE)
    embedder = HashingEmbedder(dimension=64)
    with open_small(tmp_path / "killed", killed, KILL, embedder=embedder) as opened:
        assert opened.timeline("northern truce", "2020-11-10", "2020-11-10") == []
    with open_small(tmp_path / "standing", killed, embedder=embedder) as opened:
        assert len(opened.timeline("northern truce", "2020-11-10", "2020-11-10")) == 1


# -- cited ------------------------------------------------------------------------------------


def stored(archive: Archive, *names: str) -> list[FoundPassage]:
    embedder = HashingEmbedder(dimension=64)
    return [found(archive.article(name), embedder=embedder) for name in names]


def test_quotes_are_verbatim_and_numbered_in_their_order(archive: Archive) -> None:
    question = read_part("truce", HashingEmbedder(dimension=64))
    items = stored(archive, "southern", "truce", "truce-copy")
    entries = build_timeline(question, items, archive._answering.store)
    assert [str(entry.first) for entry in entries] == ["2020-11-10", "2021-05-21"]
    citations = [c for entry in entries for c in (entry.citation, *entry.also)]
    assert [c.number for c in citations] == list(range(1, len(citations) + 1))
    for c in citations:
        assert archive.article(c.article_id).text[c.start : c.end] == c.quote
        assert all(c.start <= time.start and time.end <= c.end for time in c.times)


def test_outlets_that_tell_the_same_are_counted_once_each(archive: Archive) -> None:
    question = read_part("northern truce", HashingEmbedder(dimension=64))
    [entry] = build_timeline(
        question, stored(archive, "truce", "truce-copy"), archive._answering.store
    )
    assert (entry.sources, len(entry.also)) == (2, 1)
    same = dataclasses.replace(entry.also[0], source=entry.citation.source)
    assert dataclasses.replace(entry, also=(same,)).sources == 1


def test_a_quote_that_is_not_in_the_store_is_never_shown(archive: Archive) -> None:
    changed = dataclasses.replace(
        archive.article("truce"), text="The northern truce took effect at noon on 9 November."
    )
    item = found(changed, embedder=HashingEmbedder(dimension=64))
    question = read_part("northern truce", HashingEmbedder(dimension=64))
    with pytest.raises(QuoteError):
        build_timeline(question, [item], archive._answering.store)

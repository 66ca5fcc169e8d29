import dataclasses
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest

from rag.archive import Archive
from rag.errors import QuoteError
from rag.event_times import with_times
from rag.records import Article, Copy, Hit, Passage, TimeWindow
from rag.retrieval import Found, Question, understand
from rag.sentences import split_sentences
from rag.timeline import Moment, build_timeline, find_moments
from tests.fakes import HashingEmbedder

EMBEDDER = HashingEmbedder(dimension=256)
TOPIC = "northern truce"
THURSDAY = date(2020, 11, 12)


def story(
    text: str,
    *,
    name: str = "wire",
    published: date | None = THURSDAY,
    cluster: str = "",
    title: str = "Northern truce",
) -> Article:
    return Article(
        id=name,
        title=title,
        source=f"{name}.example",
        published=published,
        text=text,
        cluster=cluster,
    )


def found(
    article: Article, *, copies: tuple[Copy, ...] = (), embedder: HashingEmbedder = EMBEDDER
) -> Found:
    """Return the whole article as one passage that was found."""
    spans = tuple(split_sentences(article.text))
    passage = Passage(
        article_id=article.id, start=spans[0].start, end=spans[-1].end, sentences=spans
    )
    [passage] = with_times(article, [passage])
    hit = Hit(
        article_id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        start=passage.start,
        end=passage.end,
        text=article.text[passage.start : passage.end],
        score=1.0,
        sentences=spans,
        copies=copies,
        times=passage.times,
    )
    vectors = embedder.embed([article.text[s.start : s.end] for s in spans])
    return Found(hit=hit, article=article, vectors=vectors)


def asked(topic: str = TOPIC) -> Question:
    return understand(topic, EMBEDDER)


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


def test_an_entry_has_the_day_of_the_event_and_not_of_publication() -> None:
    [told] = moments(story("The northern truce took effect on Tuesday."))
    assert told.best.first == told.best.last == date(2020, 11, 10)
    assert told.best.value == "2020-11-10"


def test_a_sentence_without_a_date_is_no_entry() -> None:
    assert moments(story("The northern truce took effect. Nobody in the north fired.")) == []
    assert moments(story("The northern truce lasted for three weeks.")) == []


def test_a_span_longer_than_a_month_is_no_entry() -> None:
    assert moments(story("The northern truce of 2014 is remembered.")) == []


def test_a_day_after_publication_is_a_plan_and_no_event() -> None:
    assert moments(story("The northern truce will end on 20 November.")) == []
    assert moments(story("Districts are handed over under the northern truce by Nov. 20.")) == []


def test_what_another_story_tells_is_left_out() -> None:
    other = story("Shares in oil fell on Monday.", name="markets", title="Oil falls")
    assert days(moments(story("The northern truce began on Tuesday."), other)) == ["2020-11-10"]


def test_the_year_of_a_topic_need_not_stand_in_the_story() -> None:
    article = story("The northern truce began on Tuesday.")
    assert days(moments(article, topic="northern truce November 2020")) == ["2020-11-10"]


def test_a_dateline_dates_nothing_where_the_sentence_has_a_day() -> None:
    [told] = moments(story("YOKO, Nov 12 (Wire) — The northern truce took effect on Tuesday."))
    assert told.best.first == date(2020, 11, 10)


@pytest.mark.parametrize("dateline", ["YOKO, Nov. 12 —", "YOKO, Nov 12 (Wire) -", "Yoko, Nov 12 –"])
def test_a_dateline_counts_where_the_sentence_has_nothing_else(dateline: str) -> None:
    [told] = moments(story(f"{dateline} The northern truce has held so far."))
    assert told.best.first == date(2020, 11, 12)


def test_a_length_keeps_the_dateline_from_dating_a_sentence_with_a_month() -> None:
    told = moments(story("YOKO, Nov 12 — The northern truce has been kept since 1994."))
    assert days(told) == ["2020-11-12"]


def test_the_expression_of_the_main_clause_comes_first() -> None:
    [told] = moments(
        story("Leaders met on Tuesday over the northern truce, which began on 1 November 2020.")
    )
    assert told.best.first == date(2020, 11, 10)


def test_each_main_clause_has_a_day_of_its_own() -> None:
    told = moments(
        story("They signed the northern truce on Monday, and it took effect on Tuesday.")
    )
    assert days(told) == ["2020-11-09", "2020-11-10"]


def test_an_hour_alone_does_not_take_its_day_from_another_sentence() -> None:
    text = "The northern truce failed on 1 October 2020. It was broken at noon."
    assert days(moments(story(text))) == ["2020-10-01"]


def test_a_holiday_that_is_declared_is_no_event_of_that_day() -> None:
    told = moments(
        story("On Monday the leader of the northern truce made 8 November a public holiday.")
    )
    assert days(told) == ["2020-11-09"]


def test_retellings_share_an_entry_and_name_the_others() -> None:
    [told] = moments(
        story("The northern truce took effect at midnight on Tuesday."),
        story("The northern truce took effect at midnight on 10 November.", name="post"),
    )
    assert {one.piece.found.article.id for one in told.told} == {"wire", "post"}


def test_other_events_of_a_day_are_entries_of_their_own() -> None:
    told = moments(
        story("The northern truce took effect on Tuesday."),
        story(
            "Crowds stormed parliament in fury on Tuesday over a northern deal called truce.",
            name="post",
        ),
    )
    assert days(told) == ["2020-11-10", "2020-11-10"]


def test_what_is_told_in_passing_supports_an_entry_of_its_day() -> None:
    [told] = moments(
        story("The northern truce took effect on Tuesday.", published=date(2020, 11, 11)),
        story("The northern truce, which took effect on Tuesday, is kept.", name="post"),
    )
    assert [one.aside for one in told.told] == [False, True]


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


def test_a_window_restricts_the_days_of_the_events() -> None:
    text = "The northern truce began on 1 October 2020. The northern truce ended on Tuesday."
    window = TimeWindow(since=date(2020, 11, 10), until=date(2020, 11, 11))
    assert days(moments(story(text), window=window)) == ["2020-11-10"]
    assert moments(story(text), window=TimeWindow(since=date(2020, 11, 11))) == []


def test_a_month_is_in_a_window_only_as_a_whole() -> None:
    article = story("The northern truce was broken in October 2020.")
    assert moments(article, window=TimeWindow(since=date(2020, 10, 2))) == []
    assert len(moments(article, window=TimeWindow(since=date(2020, 10, 1)))) == 1


def test_at_most_so_many_are_kept_and_none_of_nothing() -> None:
    text = " ".join(f"The northern truce was broken on {day} October 2020." for day in range(1, 9))
    assert len(moments(story(text), most=3)) == 3
    assert find_moments(asked(), [], {}, passages=0) == []


# -- cited ------------------------------------------------------------------------------------


def stored(archive: Archive, *names: str) -> list[Found]:
    embedder = HashingEmbedder(dimension=64)
    return [found(archive.article(name), embedder=embedder) for name in names]


def test_quotes_are_verbatim_and_numbered_in_their_order(archive: Archive) -> None:
    question = understand("truce", HashingEmbedder(dimension=64))
    items = stored(archive, "southern", "truce", "truce-copy")
    entries = build_timeline(question, items, archive._store)
    assert [str(entry.first) for entry in entries] == ["2020-11-10", "2021-05-21"]
    citations = [c for entry in entries for c in (entry.citation, *entry.also)]
    assert [c.number for c in citations] == list(range(1, len(citations) + 1))
    for c in citations:
        assert archive.article(c.article_id).text[c.start : c.end] == c.quote
        assert all(c.start <= time.start and time.end <= c.end for time in c.times)


def test_outlets_that_tell_the_same_are_counted_once_each(archive: Archive) -> None:
    question = understand("northern truce", HashingEmbedder(dimension=64))
    [entry] = build_timeline(question, stored(archive, "truce", "truce-copy"), archive._store)
    assert (entry.sources, len(entry.also)) == (2, 1)
    same = dataclasses.replace(entry.also[0], source=entry.citation.source)
    assert dataclasses.replace(entry, also=(same,)).sources == 1


def test_a_quote_that_is_not_in_the_store_is_never_shown(archive: Archive) -> None:
    changed = dataclasses.replace(
        archive.article("truce"), text="The northern truce took effect at noon on 9 November."
    )
    item = found(changed, embedder=HashingEmbedder(dimension=64))
    question = understand("northern truce", HashingEmbedder(dimension=64))
    with pytest.raises(QuoteError):
        build_timeline(question, [item], archive._store)
